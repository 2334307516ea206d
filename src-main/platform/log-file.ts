import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statfsSync, statSync } from 'node:fs';
import { type AbsenceKey, sayAbsence } from '../../src-shared/messages/say-absence';
import { errorCodeOf, isDenied, isVanished } from './proc-errors';

/** Never waits for the other end of a pipe, never becomes a controlling terminal. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** Kernel file systems whose files look ordinary but are questions to the kernel: statfs(2) `f_type`. */
const kernelFileSystems: ReadonlySet<number> = new Set([
  0x9fa0, // proc
  0x62656572, // sysfs
  0x64626720, // debugfs
  0x74726163, // tracefs
  0x27e0eb, // cgroup
  0x63677270, // cgroup2
  0x73636673, // securityfs
  0xcafe4a11, // bpf
]);

/** What stat(2) says about an ordinary file. */
export interface LogFileStat {
  readonly dev: number;
  /** Inode numbers above 2^53 lose their last digits; the other parts of the identity still tell files apart. */
  readonly inode: number;
  /** Null: the file system keeps none. */
  readonly birthAtMs: number | null;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** 0: deleted, only open handles keep it. */
  readonly linkCount: number;
}

/** Why there is nothing to read. */
export type LogFileAbsence =
  | { readonly kind: 'absent' }
  /** `groupId`: the group that may read it; null: no group may, or the directory is closed. `mode`: permission bits, null with a closed directory. */
  | { readonly kind: 'denied'; readonly groupId: number | null; readonly mode: number | null; readonly sizeBytes: number | null }
  /** `reason`: a sentence in English; `key`: the same one in the catalogue. */
  | { readonly kind: 'refused'; readonly reason: string; readonly key: AbsenceKey }
  /** This process has no descriptor left. */
  | { readonly kind: 'exhausted' };

/** An open log file. Reads are synchronous: from the page cache they cost microseconds, promise-based ones ten times that. */
export interface LogFile {
  stat(): LogFileStat;
  /** How many bytes came; 0 at the end. */
  read(buffer: Buffer, bufferOffset: number, length: number, fileOffset: number): number;
  close(): void;
}

export type StatOutcome = { readonly kind: 'file'; readonly stat: LogFileStat } | LogFileAbsence;
export type OpenOutcome = { readonly kind: 'opened'; readonly file: LogFile } | LogFileAbsence;

/** Follows symbolic links. Opens nothing. */
export function statLogFile(path: string): StatOutcome {
  try {
    // Well-known files that a machine does not have are looked for every second: an exception each would cost more than the look.
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return { kind: 'absent' };
    return refusalOf(stats) ?? { kind: 'file', stat: toStat(stats) };
  } catch (error) {
    return absenceOf(error, null);
  }
}

/** Refuses whatever is no ordinary file, without opening it: opening a pipe lets its writer start, a device may act. */
export function openLogFile(path: string): OpenOutcome {
  let stats: Stats | null = null;
  let descriptor: number | null = null;
  try {
    stats = statSync(path);
    const refusal = refusalOf(stats) ?? kernelFileRefusal(path);
    if (refusal !== null) return refusal;
    const opened = openSync(path, flags);
    descriptor = opened;
    // It may have been exchanged since.
    const exchanged = refusalOf(fstatSync(opened));
    if (exchanged !== null) return exchanged;
    descriptor = null;
    return {
      kind: 'opened',
      file: {
        stat: () => toStat(fstatSync(opened)),
        read: (buffer, bufferOffset, length, fileOffset) => readSync(opened, buffer, bufferOffset, length, fileOffset),
        close: () => closeSync(opened),
      },
    };
  } catch (error) {
    return absenceOf(error, stats);
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

function refusalOf(stats: Stats): LogFileAbsence | null {
  if (stats.isFile()) return null;
  if (stats.isDirectory()) return refused('logSource.why.directory');
  if (stats.isFIFO()) return refused('logSource.why.pipe');
  if (stats.isSocket()) return refused('logSource.why.socket');
  return refused('logSource.why.device');
}

function kernelFileRefusal(path: string): LogFileAbsence | null {
  return kernelFileSystems.has(statfsSync(path).type) ? refused('logSource.why.kernelFile') : null;
}

function refused(key: AbsenceKey): LogFileAbsence {
  return { kind: 'refused', reason: sayAbsence(key).text, key };
}

function toStat(stats: Stats): LogFileStat {
  return {
    dev: stats.dev,
    inode: stats.ino,
    birthAtMs: stats.birthtimeMs > 0 ? stats.birthtimeMs : null,
    sizeBytes: stats.size,
    modifiedAtMs: stats.mtimeMs,
    linkCount: stats.nlink,
  };
}

function absenceOf(error: unknown, stats: Stats | null): LogFileAbsence {
  const code = errorCodeOf(error);
  if (isVanished(error)) return { kind: 'absent' };
  if (code === 'ELOOP') return refused('logSource.why.linkCircle');
  if (code === 'ENXIO') return refused('logSource.why.noDriver');
  if (code === 'EMFILE' || code === 'ENFILE') return { kind: 'exhausted' };
  if (!isDenied(error)) throw error;
  if (stats === null) return { kind: 'denied', groupId: null, mode: null, sizeBytes: null };
  const groupReads = (stats.mode & 0o040) !== 0;
  return { kind: 'denied', groupId: groupReads ? stats.gid : null, mode: stats.mode & 0o7777, sizeBytes: stats.size };
}
