import { closeSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { errorCodeOf } from './proc-errors';

export interface CacheLimits {
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

export interface CacheEntry {
  readonly sizeBytes: number;
  /** How many bytes came. */
  read(into: Uint8Array, offset: number): number;
  close(): void;
}

/** Files that can be lost at any time: what cannot be written or read is not there. Only their owner may read them. */
export interface CacheDirectory {
  /** Null: it is not there. */
  open(name: string): CacheEntry | null;
  /** Whole or not at all. `rest` is waited for between pieces. False: it could not be written (a full disk, no rights). */
  write(name: string, pieces: Iterable<Uint8Array>, rest: () => Promise<void> | undefined): Promise<boolean>;
  remove(name: string): void;
}

const unfinished = '.unfinished';
let writeCount = 0;

/** A directory of such files; what is too old or too much is removed with each writing, the oldest first. */
export function createCacheDirectory(directory: string, limits: CacheLimits, nowMs: () => number): CacheDirectory {
  function prune(): void {
    const files = readdirSync(directory).flatMap((name) => {
      const stat = statSync(join(directory, name), { throwIfNoEntry: false });
      return stat?.isFile() ? [{ name, sizeBytes: stat.size, atMs: stat.mtimeMs }] : [];
    });
    let leftBytes = limits.maxBytes;
    for (const { name, sizeBytes, atMs } of files.sort((a, b) => b.atMs - a.atMs)) {
      leftBytes -= sizeBytes;
      const isLeft = name.endsWith(unfinished) && nowMs() - atMs > 3_600_000;
      if (leftBytes < 0 || isLeft || nowMs() - atMs > limits.maxAgeMs) rmSync(join(directory, name), { force: true });
    }
  }

  return {
    open(name) {
      return orNull(() => {
        const path = join(directory, name);
        const { size, mtimeMs } = statSync(path);
        if (nowMs() - mtimeMs > limits.maxAgeMs) return null;
        const descriptor = openSync(path, 'r');
        return {
          sizeBytes: size,
          read: (into, offset) => readSync(descriptor, into, 0, into.byteLength, offset),
          close: () => closeSync(descriptor),
        };
      });
    },
    async write(name, pieces, rest) {
      writeCount += 1;
      const path = join(directory, `${name}.${process.pid}-${writeCount}${unfinished}`);
      const descriptor = orNull(() => {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        return openSync(path, 'wx', 0o600);
      });
      if (descriptor === null) return false;
      let isWhole = false;
      try {
        for (const piece of pieces) {
          if (orNull(() => writeAll(descriptor, piece)) === null) return false;
          await rest();
        }
        isWhole = true;
      } finally {
        closeSync(descriptor);
        if (!isWhole) rmSync(path, { force: true });
      }
      return (
        orNull(() => {
          renameSync(path, join(directory, name));
          prune();
          return true;
        }) === true
      );
    },
    remove(name) {
      orNull(() => rmSync(join(directory, name), { force: true }));
    },
  };
}

function writeAll(descriptor: number, piece: Uint8Array): true {
  for (let at = 0; at < piece.byteLength; ) at += writeSync(descriptor, piece, at, piece.byteLength - at);
  return true;
}

/** Whatever a file system refuses; bugs are thrown on. */
function orNull<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (errorCodeOf(error) === null || errorCodeOf(error)?.startsWith('ERR_') === true) throw error;
    return null;
  }
}
