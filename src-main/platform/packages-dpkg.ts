import { readFileSync } from 'node:fs';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import type { OwningPackage } from '../../src-shared/snapshots';
import { beginsWithAny, createListedPackages, type PackageDatabase } from './packages-listed';
import { isDenied, isVanished } from './proc-errors';

/** Folders without programs, which hold most paths of a machine. */
const skippedFolders = [
  '/usr/share/doc/',
  '/usr/share/man/',
  '/usr/share/locale/',
  '/usr/share/icons/',
  '/usr/share/fonts/',
  '/usr/share/zoneinfo/',
  '/usr/share/help/',
  '/usr/share/i18n/',
  '/usr/include/',
  '/usr/src/',
  '/lib/modules/',
  '/usr/lib/modules/',
  '/lib/firmware/',
  '/usr/lib/firmware/',
];
/** Folders that a merged /usr moved; packages may still list the old place (deb(5), usrmerge). */
const mergedFolder = /^\/(?:usr\/)?(bin|sbin|lib|lib32|lib64|libx32)\//;

/** Debian's own database below `root`; dpkg itself is not run, which would take a process for each question. */
export function createDpkgPackages(root: string): PackageDatabase {
  const folder = `${root}/var/lib/dpkg`;
  let diversions: readonly Diversion[] = [];
  let merged = false;

  return createListedPackages({
    manager: 'dpkg',
    async stamp() {
      const times = await Promise.all([changedAtMs(`${folder}/info`), changedAtMs(`${folder}/status`)]);
      return times[0] === null || times[1] === null ? null : times.join();
    },
    async names() {
      merged = (await isLink(`${root}/bin`)) === true;
      diversions = parseDiversions((await bytesIfThere(`${folder}/diversions`))?.toString('utf8') ?? '');
      const names = await readdir(`${folder}/info`);
      return names.filter((name) => name.endsWith('.list')).sort();
    },
    read: async (name) => smallFileIfThere(`${folder}/info/${name}`),
    isSkipped: beginsWithAny(skippedFolders),
    async linesFor(path) {
      return aliasesOf(path, merged).flatMap((alias) => {
        const lines = [];
        // Moved aside: the line still names the first place, and the package that moved it has another file there.
        for (const diversion of diversions) {
          if (diversion.to === alias)
            lines.push({ line: diversion.from, counts: (name: string) => packageOfListing(name) !== diversion.by });
        }
        const moved = diversions.find((diversion) => diversion.from === alias);
        const counts = (name: string) => moved === undefined || packageOfListing(name) === moved.by;
        return [...lines, { line: alias, counts }];
      });
    },
    async describe(names) {
      const bytes = await bytesIfThere(`${folder}/status`);
      const found = new Map<string, Omit<OwningPackage, 'manager'>>();
      for (const name of names) {
        const described = bytes === null ? null : findInStatus(bytes, packageOfListing(name));
        if (described !== null) found.set(name, described);
      }
      return found;
    },
  });
}

/** `libc6:amd64.list` is of libc6. */
function packageOfListing(name: string): string {
  return name.slice(0, -'.list'.length).split(':', 1)[0] ?? name;
}

/** The names a path may be listed by: /usr/bin/x and /bin/x are one where /usr is merged. */
export function aliasesOf(path: string, merged: boolean): readonly string[] {
  if (!merged || !mergedFolder.test(path)) return [path];
  return path.startsWith('/usr/') ? [path, path.slice('/usr'.length)] : [path, `/usr${path}`];
}

export interface Diversion {
  readonly from: string;
  readonly to: string;
  /** Package that moved the file; `:` for the administrator. */
  readonly by: string;
}

/** Three lines each: dpkg-divert(1). */
export function parseDiversions(text: string): readonly Diversion[] {
  const lines = text.split('\n');
  const found: Diversion[] = [];
  for (let index = 0; index + 2 < lines.length; index += 3) {
    const [from = '', to = '', by = ''] = lines.slice(index, index + 3);
    if (from !== '' && to !== '' && by !== '') found.push({ from, to, by });
  }
  return found;
}

const longestSummary = 300;

/** Name and first line of the description of an installed package, from the bytes of dpkg's status file; null: not installed. */
export function findInStatus(bytes: Buffer, name: string): Omit<OwningPackage, 'manager'> | null {
  const start = Buffer.from(`Package: ${name}\n`);
  for (let at = bytes.indexOf(start); at >= 0; at = bytes.indexOf(start, at + 1)) {
    if (at > 0 && bytes[at - 1] !== 0x0a) continue;
    const end = bytes.indexOf('\n\n', at);
    const stanza = bytes.toString('utf8', at, end < 0 ? bytes.length : end);
    if (!/^Status: \S+ \S+ (?:installed|unpacked|half-configured|triggers-\w+)$/m.test(stanza)) continue;
    const summary = /^Description(?:-\w+)?: (.+)$/m.exec(stanza)?.[1]?.trim() ?? '';
    return { name, summary: summary === '' ? null : summary.slice(0, longestSummary) };
  }
  return null;
}

/** A listing is read in 0.03 ms; by the thread pool each of the thousands of them would cost ten times that. */
function smallFileIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}

async function bytesIfThere(path: string): Promise<Buffer | null> {
  return orNull(readFile(path));
}

async function changedAtMs(path: string): Promise<number | null> {
  return orNull(stat(path).then((one) => one.mtimeMs));
}

async function isLink(path: string): Promise<boolean | null> {
  return orNull(lstat(path).then((one) => one.isSymbolicLink()));
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}
