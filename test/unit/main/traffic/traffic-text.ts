import { TrafficRun } from '../../../../src-main/traffic/traffic-run';
import type { TrafficReport } from '../../../../src-shared/traffic/report';

/** The same numbers for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Nearest rank. */
export function exactQuantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
}

/** Report of a text, given in pieces of `pieceBytes`. */
export function reportOf(text: string | Buffer, format = 'auto', pieceBytes = Number.POSITIVE_INFINITY): TrafficReport {
  const run = new TrafficRun({ format, hash: () => '000000' });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) run.write(bytes.subarray(at, at + pieceBytes));
  if (!run.endLog()) throw new Error('no format reads it');
  return run.report();
}

/** A line of the combined format. */
export function combined(
  request: string,
  status: number,
  more: { at?: string; client?: string; bytes?: string; agent?: string; tail?: string } = {},
): string {
  const { at = '10/Oct/2025:13:55:36 +0900', client = '10.0.0.1', bytes = '100', agent = 'curl/8', tail = '' } = more;
  return `${client} - - [${at}] "${request}" ${status} ${bytes} "-" "${agent}"${tail}\n`;
}
