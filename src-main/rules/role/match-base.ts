import type { RoleEntry, RolePlatform } from '../../../src-shared/roles/role-entry';
import type { ProcessFacts } from '../../../src-shared/snapshots';
import { beginsText, standsInText } from './bounded-text';
import { baseName, compileFolders, normalisePath, type StandsIn } from './stands-in';
import { rolePlatformOf, systemFolders, usualFolders } from './usual-folders';

/** What a match is made by. */
export interface MatchSubject
  extends Pick<ProcessFacts, 'name' | 'exe' | 'command' | 'user' | 'uid' | 'unit' | 'container' | 'kernelThread'> {
  readonly platform: NodeJS.Platform;
  /** Base name of its parent; null: unknown. */
  readonly parentName: string | null;
  /** Its file belongs to an installed package: wherever that stands, it is in its place. */
  readonly packaged: boolean;
}

export interface BaseMatch {
  readonly entry: RoleEntry;
  /** It only bears the name: it runs from elsewhere, or its file is not visible and no unit speaks for it. */
  readonly claimed: boolean;
}

export interface RoleBase {
  readonly entryOf: (id: string) => RoleEntry | null;
  /** Entries that a program of this name can be, on any platform; kernel threads among them. */
  readonly named: (name: string) => readonly RoleEntry[];
  /** The entry that says best what it is, by all of the entry's fields; null: none. */
  readonly match: (subject: MatchSubject) => BaseMatch | null;
  /**
   * The entry its file alone stands for, whatever it calls itself and was given as arguments; null: none, or the file is not where
   * only the administrator writes. What protection may be built on.
   */
  readonly matchFile: (subject: MatchSubject) => RoleEntry | null;
}

interface Row {
  readonly entry: RoleEntry;
  readonly order: number;
  readonly narrow: boolean;
  readonly standsIn: StandsIn;
  readonly units: (unit: string) => boolean;
}

interface Index {
  readonly exact: ReadonlyMap<string, readonly Row[]>;
  readonly prefixes: readonly { readonly prefix: string; readonly row: Row }[];
}

/** Makes the base ready to be asked: rows by name, folders compiled. */
export function createRoleBase(entries: readonly RoleEntry[]): RoleBase {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const rows = entries.map(makeRow);
  const platforms: readonly RolePlatform[] = ['linux', 'darwin', 'win32'];
  const programs = new Map(
    platforms.map((platform) => [
      platform,
      makeIndex(rows.filter(({ entry }) => entry.platform === platform && entry.category !== 'kernel')),
    ]),
  );
  const kernel = makeIndex(rows.filter(({ entry }) => entry.category === 'kernel' && entry.platform === 'linux'));
  const isSystemFile = new Map(platforms.map((platform) => [platform, compileFolders(systemFolders[platform], platform)]));

  function match(subject: MatchSubject): BaseMatch | null {
    if (subject.kernelThread) return matchKernelThread(kernel, subject.name);
    const platform = rolePlatformOf(subject.platform);
    const index = platform === null ? undefined : programs.get(platform);
    if (platform === null || index === undefined) return null;
    const path = subject.exe === null ? null : normalisePath(subject.exe, platform);
    const name = nameOf(path === null ? subject.name : baseName(path), platform);
    const rowsOfName = find(index, name).filter((row) => isNarrowed(row, subject));
    const inPlace = best(rowsOfName.filter((row) => isInPlace(row, path, subject)));
    if (inPlace !== null) return { entry: inPlace.entry, claimed: false };
    const named = best(rowsOfName) ?? (path === null ? null : byTitle(index, subject, name, platform));
    return named === null ? null : { entry: named.entry, claimed: true };
  }

  function matchFile(subject: MatchSubject): RoleEntry | null {
    const platform = rolePlatformOf(subject.platform);
    const index = platform === null ? undefined : programs.get(platform);
    if (platform === null || index === undefined || subject.exe === null || subject.kernelThread) return null;
    const path = normalisePath(subject.exe, platform);
    if (isSystemFile.get(platform)?.(path) !== true) return null;
    const found = find(index, nameOf(baseName(path), platform)).filter((row) => !row.narrow && row.standsIn(path));
    return best(found)?.entry ?? null;
  }

  function named(name: string): readonly RoleEntry[] {
    const bare = baseName(name.trim());
    const found = [...programs].flatMap(([platform, index]) => find(index, nameOf(bare, platform)));
    return [...found, ...find(kernel, bare)].map(({ entry }) => entry);
  }

  return { entryOf: (id) => byId.get(id) ?? null, named, match, matchFile };
}

function makeRow(entry: RoleEntry, order: number): Row {
  const units = (entry.units ?? []).map((pattern) => matcher(pattern));
  return {
    entry,
    order,
    narrow: entry.arguments !== undefined || entry.titles !== undefined || entry.parents !== undefined,
    standsIn: compileFolders(entry.folders ?? usualFolders[entry.platform], entry.platform),
    units: (unit) => units.some((matches) => matches(unit)),
  };
}

function matcher(pattern: string): (text: string) => boolean {
  if (!pattern.endsWith('*')) return (text) => text === pattern;
  const prefix = pattern.slice(0, -1);
  return (text) => text.startsWith(prefix);
}

function makeIndex(rows: readonly Row[]): Index {
  const exact = new Map<string, Row[]>();
  const prefixes: { prefix: string; row: Row }[] = [];
  for (const row of rows) {
    for (const name of row.entry.names) {
      if (name.endsWith('*')) {
        prefixes.push({ prefix: name.slice(0, -1), row });
        continue;
      }
      const bare = row.entry.platform === 'win32' ? nameOf(baseName(name), 'win32') : name;
      const same = exact.get(bare);
      if (same === undefined) exact.set(bare, [row]);
      else same.push(row);
    }
  }
  return { exact, prefixes };
}

function find({ exact, prefixes }: Index, name: string): readonly Row[] {
  const found = exact.get(name) ?? [];
  const more = prefixes.filter(({ prefix }) => name.startsWith(prefix));
  return more.length === 0 ? found : [...found, ...more.map(({ row }) => row)];
}

/** One with a narrower field before one without, then as they stand in the base. */
function best(rows: readonly Row[]): Row | null {
  let found: Row | null = null;
  for (const row of rows) {
    if (found === null || (row.narrow && !found.narrow) || (row.narrow === found.narrow && row.order < found.order)) found = row;
  }
  return found;
}

/** Every narrower field it has must hold; of arguments and titles one is enough. */
function isNarrowed({ entry }: Row, { command, parentName }: MatchSubject): boolean {
  if (entry.parents !== undefined && (parentName === null || !entry.parents.includes(parentName))) return false;
  if (entry.arguments === undefined && entry.titles === undefined) return true;
  return (
    (entry.arguments?.some((needle) => standsInText(command, needle)) ?? false) ||
    (entry.titles?.some((needle) => beginsText(command, needle)) ?? false)
  );
}

function isInPlace(row: Row, path: string | null, subject: MatchSubject): boolean {
  if (path !== null) return subject.packaged || row.standsIn(path);
  // A file that these rights do not show: a unit of the system speaks for it, since only the administrator starts those. Control
  // groups below a user's own manager are the user's to fill, so only accounts of the system count.
  return subject.unit !== null && subject.container === null && isSystemAccount(subject) && row.units(bareUnit(subject.unit));
}

function isSystemAccount({ uid }: Pick<MatchSubject, 'uid'>): boolean {
  return uid !== null && uid < 1000;
}

/** `nginx.service` -> `nginx`. */
export function bareUnit(unit: string): string {
  const dot = unit.lastIndexOf('.');
  return dot > 0 ? unit.slice(0, dot) : unit;
}

/** A process that only calls itself so (its own title) is told as what it claims to be. */
function byTitle(index: Index, subject: MatchSubject, exeName: string, platform: RolePlatform): Row | null {
  const title = nameOf(subject.name, platform);
  if (title === '' || title === exeName) return null;
  return best(find(index, title).filter((row) => row.entry.stop !== 'K3' && isNarrowed(row, subject)));
}

function matchKernelThread(kernel: Index, name: string): BaseMatch | null {
  const found = best(find(kernel, name));
  return found === null ? null : { entry: found.entry, claimed: false };
}

function nameOf(name: string, platform: RolePlatform): string {
  return platform === 'win32' ? name.toLowerCase() : name;
}
