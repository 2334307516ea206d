import type { OwningPackage } from '../../src-shared/snapshots';
import { createLineIndex, type LineIndex, maxPackages } from './packages-index';
import { createThreadSlices } from './thread-slices';

/** What finds the owners of files; one for each kind of package manager. */
export interface PackageDatabase {
  /** Differs after each installation; null: the database is not there. */
  stamp(): Promise<string | null>;
  /** The owner of each path; one that is left out is unknown. Only called by one at a time. */
  find(paths: readonly string[], stamp: string): Promise<ReadonlyMap<string, OwningPackage | null>>;
}

/** A database that keeps a listing of paths for each package. */
export interface ListingSource {
  readonly manager: OwningPackage['manager'];
  stamp(): Promise<string | null>;
  /** Names of the listings; read once for each stamp. */
  names(): Promise<readonly string[]>;
  read(name: string): Promise<Buffer | null>;
  /** A path that listings leave out on purpose: nothing can be said of it. */
  isSkipped(line: Buffer, start: number): boolean;
  /** The lines that may stand for a path (it may be listed by another name), with the listings that do not count for them. */
  linesFor(path: string): Promise<readonly { readonly line: string; readonly counts: (name: string) => boolean }[]>;
  /** Name and summary of the packages behind listings; one that is not installed any more is left out. */
  describe(names: readonly string[]): Promise<ReadonlyMap<string, Omit<OwningPackage, 'manager'>>>;
}

const stretchMs = 3;
const pieceBytes = 64 * 1024;
const lineBreak = 0x0a;

/** Reads all listings once for each state of the database, in short stretches, and then answers from the index. */
export function createListedPackages(source: ListingSource): PackageDatabase {
  let names: readonly string[] = [];
  let index: LineIndex | null = null;
  let indexStamp: string | null = null;

  async function buildIndex(): Promise<LineIndex> {
    const slices = createThreadSlices(stretchMs);
    const fresh = createLineIndex(source.isSkipped);
    names = (await source.names()).slice(0, maxPackages - 1);
    for (const [number, name] of names.entries()) {
      const bytes = await source.read(name);
      for (let start = 0; bytes !== null && start < bytes.length; ) {
        const found = bytes.indexOf(lineBreak, Math.min(start + pieceBytes, bytes.length - 1));
        const end = found < 0 ? bytes.length : found + 1;
        fresh.addLines(bytes, start, end, number);
        start = end;
        await slices.rest();
      }
    }
    return fresh;
  }

  async function listingOf(path: string, lines: LineIndex): Promise<string | null> {
    for (const { line, counts } of await source.linesFor(path)) {
      for (const number of lines.candidates(line)) {
        const name = names[number];
        if (name !== undefined && counts(name) && hasLine(await source.read(name), line)) return name;
      }
    }
    return null;
  }

  return {
    stamp: source.stamp,
    async find(paths, stamp) {
      if (index === null || indexStamp !== stamp) {
        index = await buildIndex();
        indexStamp = stamp;
      }
      const listings = new Map<string, string | null>();
      for (const path of paths) {
        if (!source.isSkipped(Buffer.from(path), 0)) listings.set(path, await listingOf(path, index));
      }
      const found = await source.describe([...new Set([...listings.values()].filter((name) => name !== null))]);
      const owners = new Map<string, OwningPackage | null>();
      for (const [path, name] of listings) {
        const described = name === null ? undefined : found.get(name);
        owners.set(path, described === undefined ? null : { ...described, manager: source.manager });
      }
      return owners;
    },
  };
}

function hasLine(bytes: Buffer | null, line: string): boolean {
  if (bytes === null) return false;
  const wanted = Buffer.from(line, 'utf8');
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) {
    const after = bytes[at + wanted.length];
    if ((at === 0 || bytes[at - 1] === lineBreak) && (after === undefined || after === lineBreak)) return true;
  }
  return false;
}

/** Starts-with test on bytes for `isSkipped`. */
export function beginsWithAny(prefixes: readonly string[]): (bytes: Buffer, start: number) => boolean {
  const wanted = prefixes.map((prefix) => Buffer.from(prefix));
  return (bytes, start) => {
    for (const prefix of wanted) {
      // The last letter first: it differs soonest among paths that begin alike.
      let index = prefix.length - 1;
      while (index >= 0 && bytes[start + index] === prefix[index]) index--;
      if (index < 0) return true;
    }
    return false;
  };
}
