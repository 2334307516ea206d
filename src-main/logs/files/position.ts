import { createHash } from 'node:crypto';
import type { LogFileStat } from '../../platform/log-file';

/** How much of a file's beginning is remembered, to know it again. */
export const maxPrefixBytes = 1024;

/**
 * How far one file was read. Stored together with the lines read up to `offset`, it makes a restart go on with exactly the rest.
 * One path has several while a rotation is going on, one for each file that bore its name.
 */
export interface FilePosition {
  /** The path under which it was followed; after a rotation the file itself has another one. */
  readonly path: string;
  readonly dev: number;
  readonly inode: number;
  /** Null: the file system keeps none. */
  readonly birthAtMs: number | null;
  /** Behind the last whole line that was given out. */
  readonly offset: number;
  /** SHA-256 in hex of the first `prefixLength` bytes; grows with the file up to 1 KiB. */
  readonly prefixHash: string;
  readonly prefixLength: number;
  /** Rotated away and read to its end: nothing more is expected of it. */
  readonly isDone: boolean;
}

/** The same for as long as a file exists, and for another one that gets its number afterwards: see `isSameBirth`. */
export function identityKey(of: { readonly dev: number; readonly inode: number }): string {
  return `${of.dev}:${of.inode}`;
}

/** False: another file got the number. Unknown births prove nothing. */
export function isSameBirth(a: number | null, b: number | null): boolean {
  return a === null || b === null || a === b;
}

export function isSameFile(position: Pick<FilePosition, 'dev' | 'inode' | 'birthAtMs'>, stat: LogFileStat): boolean {
  return identityKey(position) === identityKey(stat) && isSameBirth(position.birthAtMs, stat.birthAtMs);
}

export function hashPrefix(prefix: Buffer): string {
  return createHash('sha256').update(prefix).digest('hex');
}
