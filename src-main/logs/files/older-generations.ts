import { type LogFile, type LogFileStat, statLogFile } from '../../platform/log-file';
import { findSiblings } from '../../platform/log-files-found';
import { isCompressedName, isRotatedName } from '../../platform/rotated-name';
import { Generation, holdsPosition } from './generation';
import { type FilePosition, identityKey, isSameFile } from './position';
import type { Positions } from './positions';

/** A rotation that goes on while the directory is being read hides a file; then it is read again. */
const maxListings = 3;

export interface OlderGenerations {
  /** Oldest first. */
  readonly generations: readonly Generation[];
  /** Whose rest is nowhere beside the file any more (deleted or compressed), or was overwritten. */
  readonly missing: readonly FilePosition[];
}

/** Null: it cannot be opened. */
export type OpenFile = (path: string) => LogFile | null;

interface Sibling {
  readonly path: string;
  readonly stat: LogFileStat;
}

/**
 * What bore the name of a file before it did and was not read to its end: those that `pending` knows, and those in between
 * that came and went unseen, told by their births.
 */
export function openOlderGenerations(
  path: string,
  current: LogFileStat,
  pending: readonly FilePosition[],
  lastSeenBirthAtMs: number | null,
  positions: Positions,
  open: OpenFile,
): OlderGenerations {
  const generations: Generation[] = [];
  const missing: FilePosition[] = [];
  for (const position of pending) {
    const found = openSibling(path, position, open);
    if (found !== null && holdsPosition(found.file, position)) {
      generations.push(new Generation(path, found.file, found.stat, position.offset));
    } else {
      missing.push(position);
      found?.file.close();
    }
  }
  const met = new Set<string>();
  // Listed twice: a file that is renamed meanwhile may be in neither place of one listing.
  for (const sibling of [...listSiblings(path), ...listSiblings(path)]) {
    const key = identityKey(sibling.stat);
    if (met.has(key) || !isBetween(sibling, lastSeenBirthAtMs, current) || positions.find(path, sibling.stat) !== null) continue;
    met.add(key);
    const found = openSibling(path, sibling.stat, open);
    if (found !== null) generations.push(new Generation(path, found.file, found.stat, 0));
  }
  generations.sort((a, b) => (a.stat.birthAtMs ?? 0) - (b.stat.birthAtMs ?? 0));
  return { generations, missing };
}

function listSiblings(path: string): readonly Sibling[] {
  return findSiblings(path)
    .filter((name) => !isCompressedName(name))
    .flatMap((name) => {
      const outcome = statLogFile(name);
      return outcome.kind === 'file' ? [{ path: name, stat: outcome.stat }] : [];
    });
}

function isBetween({ path, stat }: Sibling, lastSeenBirthAtMs: number | null, current: LogFileStat): boolean {
  if (!isRotatedName(path) || identityKey(stat) === identityKey(current)) return false;
  const { birthAtMs } = stat;
  if (birthAtMs === null || lastSeenBirthAtMs === null || current.birthAtMs === null) return false;
  return birthAtMs >= lastSeenBirthAtMs && birthAtMs <= current.birthAtMs;
}

/** Null: it is not there, or gets another name faster than it can be opened. */
function openSibling(path: string, wanted: Pick<FilePosition, 'dev' | 'inode' | 'birthAtMs'>, open: OpenFile) {
  for (let listing = 0; listing < maxListings; listing += 1) {
    const sibling = listSiblings(path).find(({ stat }) => isSameFile(wanted, stat));
    const file = sibling === undefined ? null : open(sibling.path);
    if (file === null) continue;
    const stat = file.stat();
    if (isSameFile(wanted, stat)) return { file, stat };
    file.close();
  }
  return null;
}
