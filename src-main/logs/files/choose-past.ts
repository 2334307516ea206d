import { basename, dirname, join } from 'node:path';
import { isGzip } from '../../platform/gunzip';
import { type LogFile, type LogFileStat, openLogFile, statLogFile } from '../../platform/log-file';
import { isCompressedName, isRotationOf } from '../../platform/rotated-name';
import type { FirstMeeting } from './file-batch';
import type { PastPosition } from './past-position';
import { hashPrefix, maxPrefixBytes } from './position';

export interface PastLimits {
  /** Files last written before it are left out. */
  readonly notBeforeMs: number;
  /** Of text, unpacked, over all files of the path; the newest have the first claim. */
  readonly maxBytes: number;
}

export interface PastChoice {
  /** Oldest first. */
  readonly files: readonly PastPosition[];
  /** Too old, or beyond the bytes that were wanted. */
  readonly leftOutCount: number;
  /** Compressed in another way than gzip. */
  readonly unsupportedCount: number;
}

/** Text of a log packs to a tenth, at most to a fiftieth of itself; what holds more is no log. */
const usualUnpackedRatio = 10;
const mostUnpackedRatio = 50;
/** A rotated file grows until its writer has opened the new one. */
const growthBytes = 1024 * 1024;
const longestSearchBytes = 64 * 1024;

/**
 * What was written to a path before it was followed: what rotations left beside it (`app.log.1`, `app.log.2.gz`, `app.log-20261121`)
 * and the file itself up to where following begins. `isKnown`: read already, or being followed.
 */
export function choosePast(
  meeting: FirstMeeting,
  siblings: readonly string[],
  { notBeforeMs, maxBytes }: PastLimits,
  isKnown: (stat: LogFileStat) => boolean,
): PastChoice {
  const files: PastPosition[] = [];
  let leftOutCount = 0;
  let unsupportedCount = 0;
  let leftBytes = maxBytes;
  const take = (position: PastPosition | null) => {
    if (position === null) return;
    leftBytes -= position.wantedBytes;
    files.unshift(position);
  };
  if (meeting.offset > 0 && !isKnown(meeting.stat)) {
    const { path, file, stat, offset } = meeting;
    if (stat.modifiedAtMs >= notBeforeMs && leftBytes > 0) take(placeIn(meeting, path, file, stat, offset, offset, leftBytes));
    else leftOutCount += 1;
  }
  for (const { path, stat } of newestFirst(meeting.path, siblings)) {
    if (stat.sizeBytes === 0 || isKnown(stat)) continue;
    if (stat.modifiedAtMs < notBeforeMs || leftBytes <= 0) {
      leftOutCount += 1;
      continue;
    }
    const opened = openLogFile(path);
    if (opened.kind !== 'opened') {
      leftOutCount += 1;
      continue;
    }
    try {
      const { file } = opened;
      const size = file.stat().sizeBytes;
      if (isGzip(readAt(file, 0, 3))) take(packed(meeting, path, file, file.stat(), leftBytes));
      else if (isCompressedName(path)) unsupportedCount += 1;
      else take(placeIn(meeting, path, file, file.stat(), size, size + growthBytes, leftBytes));
    } finally {
      opened.file.close();
    }
  }
  return { files, leftOutCount, unsupportedCount };
}

/** The last part of it that is not too much, from the start of a line. */
function placeIn(
  { path, kind }: FirstMeeting,
  at: string,
  file: LogFile,
  stat: LogFileStat,
  sizeBytes: number,
  endBytes: number,
  maxBytes: number,
): PastPosition {
  const fromBytes = sizeBytes <= maxBytes ? 0 : lineStartFrom(file, sizeBytes - maxBytes);
  const wantedBytes = Math.max(0, sizeBytes - fromBytes);
  const place = { path, file: at, kind, fromBytes, takenBytes: fromBytes, endBytes, wantedBytes };
  return placed(file, stat, place, Math.min(sizeBytes, maxPrefixBytes));
}

/** RFC 1952: the last four bytes tell the size of the text, of the last member and modulo 2^32. Only an estimate, so it is bounded. */
function packed({ path, kind }: FirstMeeting, at: string, file: LogFile, stat: LogFileStat, maxBytes: number): PastPosition {
  const { sizeBytes } = stat;
  const told = sizeBytes < 18 ? 0 : readAt(file, sizeBytes - 4, 4).readUInt32LE(0);
  const estimate = told < sizeBytes ? sizeBytes * usualUnpackedRatio : Math.min(told, sizeBytes * mostUnpackedRatio);
  const wantedBytes = Math.min(maxBytes, Math.max(estimate, 1024));
  return placed(file, stat, { path, file: at, kind, fromBytes: 0, takenBytes: 0, endBytes: wantedBytes, wantedBytes });
}

type Place = Pick<PastPosition, 'path' | 'file' | 'kind' | 'fromBytes' | 'takenBytes' | 'endBytes' | 'wantedBytes'>;

/** Written out: thousands of them joined by spreading have a hidden class each (500 bytes). */
function placed(
  file: LogFile,
  { dev, inode, birthAtMs, modifiedAtMs, sizeBytes }: LogFileStat,
  { path, file: at, kind, fromBytes, takenBytes, endBytes, wantedBytes }: Place,
  prefixBytes = Math.min(sizeBytes, maxPrefixBytes),
): PastPosition {
  const prefix = readAt(file, 0, prefixBytes);
  return {
    dev,
    inode,
    birthAtMs,
    writtenByMs: modifiedAtMs,
    prefixHash: hashPrefix(prefix),
    prefixLength: prefix.length,
    isDone: false,
    path,
    file: at,
    kind,
    fromBytes,
    takenBytes,
    endBytes,
    wantedBytes,
  };
}

/** Behind the first newline from there on; there itself within a very long line. */
function lineStartFrom(file: LogFile, offset: number): number {
  const newline = readAt(file, offset - 1, longestSearchBytes).indexOf(10);
  return newline === -1 ? offset : offset + newline;
}

export function readAt(file: LogFile, offset: number, length: number): Buffer {
  const part = Buffer.alloc(length);
  return part.subarray(0, file.read(part, 0, length, offset));
}

/** By the last write, which gzip keeps; of equal ones (a copy made at once) the lower number is the newer. */
function newestFirst(path: string, siblings: readonly string[]) {
  return siblings
    .filter((file) => isRotationOf(path, file))
    .flatMap((file) => {
      const outcome = statLogFile(file);
      return outcome.kind === 'file' ? [{ path: file, stat: outcome.stat }] : [];
    })
    .sort((a, b) => b.stat.modifiedAtMs - a.stat.modifiedAtMs || naturally.compare(a.path, b.path));
}

const naturally = new Intl.Collator('en', { numeric: true });
const listedForMs = 1_000;

/** Finds what has the name of a file and goes on, in a listing that is made once for the thousands of files of one directory. */
export function createSiblingFinder(
  listNames: (directory: string) => readonly string[],
  monotonicMs: () => number,
): (path: string) => readonly string[] {
  let listed: { readonly directory: string; readonly names: readonly string[]; readonly atMs: number } | null = null;
  return (path) => {
    const directory = dirname(path);
    const nowMs = monotonicMs();
    if (listed?.directory !== directory || nowMs - listed.atMs > listedForMs) {
      listed = { directory, names: [...listNames(directory)].sort(), atMs: nowMs };
    }
    const { names } = listed;
    const name = basename(path);
    const found: string[] = [];
    // Sorted by code unit, all that begin alike stand together.
    for (let at = firstFrom(names, name); at < names.length; at += 1) {
      const other = names[at] ?? '';
      if (!other.startsWith(name)) break;
      if (other !== name) found.push(join(directory, other));
    }
    return found;
  };
}

function firstFrom(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
