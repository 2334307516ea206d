import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { type DesktopFile, parseDesktopFile } from './desktop-file';
import { readOrdinaryFile } from './ordinary-file';
import { errorCodeOf, isDenied, isVanished } from './proc-errors';

export type { DesktopFile } from './desktop-file';

/** Texts of a program as its own desktop entry has them: untrusted, to be shown as text only. */
export type DesktopTexts = Pick<DesktopFile, 'name' | 'comment' | 'nameKorean' | 'commentKorean'>;

export interface DesktopEntries {
  /** Reads all entries again; slow (a file each), so for the start and then every few minutes. */
  refresh(): Promise<void>;
  /** By the path of the running executable, from what was read last. The same object until the next refresh; null: none. */
  find(exe: string): DesktopTexts | null;
  /** Entries that could not be taken: too many, or not valid. */
  readonly skippedCount: number;
}

export interface DesktopEntriesPlaces {
  /** XDG data folders, the most important first: `applications` below each is read. */
  readonly dataDirectories: readonly string[];
  /** Where programs named without a path are looked for. */
  readonly programDirectories: readonly string[];
}

const maxFiles = 5_000;
const maxBytes = 256 * 1024;
const usualProgramDirectories = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/games', '/usr/sbin'];
/** Programs that stand for others: an entry that starts with one of these does not say what the program is. */
const launchers = new Set(
  'env flatpak snap sh bash dash python python2 python3 perl ruby node java xdg-open gtk-launch systemctl pkexec sudo wine mono dbus-send gdbus electron'.split(
    ' ',
  ),
);

/** The places by the XDG base directory specification. */
export function desktopEntriesPlaces(env: NodeJS.ProcessEnv, home: string): DesktopEntriesPlaces {
  const listed = (value: string | undefined, fallback: string) => (value || fallback).split(':').filter(isAbsolute);
  return {
    dataDirectories: [
      ...new Set([
        ...listed(env.XDG_DATA_HOME, join(home, '.local/share')),
        ...listed(env.XDG_DATA_DIRS, '/usr/local/share:/usr/share'),
        '/usr/local/share',
        '/usr/share',
        '/var/lib/snapd/desktop',
        '/var/lib/flatpak/exports/share',
      ]),
    ],
    programDirectories: [...new Set([...listed(env.PATH, ''), ...usualProgramDirectories])],
  };
}

export function createDesktopEntries({ dataDirectories, programDirectories }: DesktopEntriesPlaces): DesktopEntries {
  let byPath = new Map<string, DesktopFile>();
  let byFolder = new Map<string, DesktopFile>();
  let skippedCount = 0;
  const shared = new Set(programDirectories.concat(usualProgramDirectories));

  async function programPath(program: string): Promise<string | null> {
    const candidates = isAbsolute(program)
      ? [program]
      : program.includes('/')
        ? []
        : programDirectories.map((folder) => join(folder, program));
    for (const candidate of candidates) {
      const path = await realPathOf(candidate);
      if (path !== null) return path;
    }
    return null;
  }

  async function refresh(): Promise<void> {
    const paths = new Map<string, DesktopFile>();
    const folders = new Map<string, DesktopFile>();
    const seen = new Set<string>();
    let skipped = 0;
    for (const directory of dataDirectories) {
      for (const name of await listEntries(join(directory, 'applications'))) {
        // The same file name in a more important folder replaces this one.
        if (seen.has(name)) continue;
        if (seen.size >= maxFiles) {
          skipped += 1;
          continue;
        }
        seen.add(name);
        const file = await readOrdinaryFile(join(directory, 'applications', name), maxBytes);
        const entry = file === null || file.cut ? null : parseDesktopFile(file.text);
        if (entry === null) {
          skipped += 1;
          continue;
        }
        if (launchers.has(basename(entry.program))) continue;
        const path = await programPath(entry.program);
        if (path === null || launchers.has(basename(path))) continue;
        takeBetter(paths, path, entry);
        // A program with a folder of its own often starts by a script beside it.
        if (!shared.has(dirname(path))) takeBetter(folders, dirname(path), entry);
      }
    }
    [byPath, byFolder, skippedCount] = [paths, folders, skipped];
  }

  return {
    refresh,
    find: (exe) => byPath.get(exe) ?? byFolder.get(dirname(exe)) ?? null,
    get skippedCount() {
      return skippedCount;
    },
  };
}

/** Of several entries of one program (an office suite) the one for the program itself: shown in menus, with the fewest arguments. */
function takeBetter(map: Map<string, DesktopFile>, key: string, entry: DesktopFile): void {
  const before = map.get(key);
  const weight = (one: DesktopFile) => one.argumentCount + (one.hidden ? 1_000 : 0);
  if (before === undefined || weight(entry) < weight(before)) map.set(key, entry);
}

async function listEntries(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith('.desktop')).sort();
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return [];
    throw error;
  }
}

async function realPathOf(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isVanished(error) || isDenied(error) || errorCodeOf(error) === 'ELOOP') return null;
    throw error;
  }
}
