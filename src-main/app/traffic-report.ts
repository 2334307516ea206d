import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { isGzip } from '../platform/gunzip';
import { createSecretHash } from '../platform/secret-hash';
import type { TimeRange } from '../traffic/aggregate/traffic-aggregate';
import { TrafficRun } from '../traffic/traffic-run';

export { formatNames } from '../traffic/formats/detect-format';
export { FormatStringProblem } from '../traffic/formats/log-format-string';
export { trafficHtml } from '../traffic/report/html';
export { trafficMarkdown } from '../traffic/report/markdown';
export type { TrafficRun } from '../traffic/traffic-run';

const pieceBytes = 1024 * 1024;
/** Signals and whatever else waits get their turn this often. */
const pauseEveryBytes = 4 * pieceBytes;

/** `fromAtMs` on and before `toAtMs`; null: no limit. */
export interface ReportRange {
  readonly fromAtMs: number | null;
  readonly toAtMs: number | null;
}

/** A report to be filled with logs. `format`: `auto`, a name or a format string; one that cannot be read throws FormatStringProblem with the first line. */
export function createTrafficRun(format: string, { fromAtMs, toAtMs }: ReportRange): TrafficRun {
  const range: TimeRange = {
    fromSecond: fromAtMs === null ? Number.NEGATIVE_INFINITY : fromAtMs / 1000,
    toSecond: toAtMs === null ? Number.POSITIVE_INFINITY : toAtMs / 1000,
  };
  return new TrafficRun({ format, range, hash: createSecretHash() });
}

/**
 * Reads a plain file to its present end, piece by piece into the same megabyte, where lines are looked for in place: half the cost of a stream. Null: it is no plain file, or
 * compressed, and nothing was read. False: no format reads it. Rejects with what opening and reading throw, and with the reason of `interrupted`.
 */
export async function readPlainLog(
  file: string,
  run: TrafficRun,
  onPiece: (readBytes: number, totalBytes: number) => void,
  interrupted: AbortSignal,
): Promise<boolean | null> {
  const descriptor = openSync(file, 'r');
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) return null;
    const piece = Buffer.allocUnsafe(pieceBytes);
    let at = 0;
    for (;;) {
      const room = run.room ?? piece;
      const count = readSync(descriptor, room, 0, room.length, at);
      if (count === 0) return run.endLog();
      const bytes = room.subarray(0, count);
      if (at === 0 && isGzip(bytes)) return null;
      at += count;
      if (!run.write(bytes)) return false;
      onPiece(at, found.size);
      if (at % pauseEveryBytes < count) await setImmediate();
      interrupted.throwIfAborted();
    }
  } finally {
    closeSync(descriptor);
  }
}
