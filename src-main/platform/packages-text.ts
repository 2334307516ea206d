import { readdir, readFile, stat } from 'node:fs/promises';
import type { OwningPackage } from '../../src-shared/snapshots';
import { createListedPackages, type PackageDatabase } from './packages-listed';
import { isDenied, isVanished } from './proc-errors';
import { createThreadSlices } from './thread-slices';

const longestSummary = 300;
const stretchMs = 3;

/** Alpine: one text file with all packages and their paths, small enough to be gone through for each batch. */
export function createApkPackages(root: string): PackageDatabase {
  const file = `${root}/lib/apk/db/installed`;
  return {
    stamp: () => orNull(stat(file).then((one) => String(one.mtimeMs))),
    async find(paths) {
      const owners = new Map<string, OwningPackage | null>(paths.map((path) => [path, null]));
      const text = (await orNull(readFile(file, 'utf8'))) ?? '';
      const slices = createThreadSlices(stretchMs);
      const scan = startApkScan(owners);
      for (let start = 0; start < text.length; ) {
        const found = text.indexOf('\n\n', start);
        const end = found < 0 ? text.length : found + 1;
        scan(text.slice(start, end));
        start = end + 1;
        await slices.rest();
      }
      return owners;
    },
  };
}

/** Takes one stanza at a time (apk-installed(5): P name, T summary, F folder, R file) and fills in the owners of the wanted paths. */
export function startApkScan(owners: Map<string, OwningPackage | null>): (stanza: string) => void {
  return (stanza) => {
    let name = '';
    let summary: string | null = null;
    let folder = '';
    for (const line of stanza.split('\n')) {
      const value = line.slice(2);
      if (line.startsWith('P:')) name = value;
      else if (line.startsWith('T:')) summary = value.slice(0, longestSummary);
      else if (line.startsWith('F:')) folder = value;
      else if (line.startsWith('R:') && owners.has(`/${folder === '' ? '' : `${folder}/`}${value}`)) {
        owners.set(`/${folder === '' ? '' : `${folder}/`}${value}`, { name, summary, manager: 'apk' });
      }
    }
  };
}

/** Arch: a folder for each package, with its paths in `files` and its texts in `desc`. */
export function createPacmanPackages(root: string): PackageDatabase {
  const folder = `${root}/var/lib/pacman/local`;
  return createListedPackages({
    manager: 'pacman',
    stamp: () => orNull(stat(folder).then((one) => String(one.mtimeMs))),
    names: async () => (await readdir(folder)).sort(),
    read: (name) => orNull(readFile(`${folder}/${name}/files`)),
    isSkipped: () => false,
    // Paths are listed without the first slash.
    linesFor: async (path) => [{ line: path.slice(1), counts: () => true }],
    async describe(names) {
      const found = new Map<string, Omit<OwningPackage, 'manager'>>();
      for (const name of names) {
        const described = parsePacmanDescription((await orNull(readFile(`${folder}/${name}/desc`, 'utf8'))) ?? '');
        if (described !== null) found.set(name, described);
      }
      return found;
    },
  });
}

/** Values stand below their `%KEY%`. */
export function parsePacmanDescription(text: string): Omit<OwningPackage, 'manager'> | null {
  const textBelow = (key: string) => new RegExp(`^%${key}%\\n(.+)$`, 'm').exec(text)?.[1]?.trim() ?? null;
  const name = textBelow('NAME');
  return name === null ? null : { name, summary: textBelow('DESC')?.slice(0, longestSummary) ?? null };
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}
