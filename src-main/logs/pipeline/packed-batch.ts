import type { LogOrigin } from '../../../src-shared/logs/log-record';
import type { PastBounds, RawBatch, RawLine } from './raw-batch';

/**
 * A batch as it goes from thread to thread: one block of bytes that changes hands, instead of a copy for each line. A clone of a
 * Buffer takes the whole pool along that it is a window of.
 */
export interface PackedBatch {
  readonly reader: string;
  readonly position: string | null;
  readonly past: PastBounds | null;
  readonly origins: readonly LogOrigin[];
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of each line: where it ends in `bytes`, its origin's index, cut bytes, time (NaN: none). */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly originIndexes: Uint16Array<ArrayBuffer>;
  readonly cutBytes: Uint32Array<ArrayBuffer>;
  readonly atMs: Float64Array<ArrayBuffer>;
  /** Of the few lines that have it, by index. */
  readonly stated: readonly (readonly [index: number, stated: NonNullable<RawLine['stated']>])[];
}

export function packBatch({ reader, position, past = null, lines }: RawBatch): PackedBatch {
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.bytes.length, 0));
  const ends = new Uint32Array(lines.length);
  const originIndexes = new Uint16Array(lines.length);
  const cutBytes = new Uint32Array(lines.length);
  const atMs = new Float64Array(lines.length);
  const stated: (readonly [number, NonNullable<RawLine['stated']>])[] = [];
  const origins: LogOrigin[] = [];
  const indexes = new Map<string, number>();
  let end = 0;
  for (const [index, line] of lines.entries()) {
    bytes.set(line.bytes, end);
    end += line.bytes.length;
    ends[index] = end;
    cutBytes[index] = Math.min(line.cutBytes, 0xffff_ffff);
    atMs[index] = line.atMs ?? Number.NaN;
    if (line.stated !== null) stated.push([index, line.stated]);
    let originIndex = indexes.get(line.origin.key);
    if (originIndex === undefined) {
      originIndex = origins.push(line.origin) - 1;
      indexes.set(line.origin.key, originIndex);
    }
    originIndexes[index] = originIndex;
  }
  return { reader, position, past, origins, bytes, ends, originIndexes, cutBytes, atMs, stated };
}

/** What may change hands instead of being copied. */
export function transferablesOf({ bytes, ends, originIndexes, cutBytes, atMs }: PackedBatch): readonly ArrayBuffer[] {
  return [bytes.buffer, ends.buffer, originIndexes.buffer, cutBytes.buffer, atMs.buffer];
}

export function unpackBatch(packed: PackedBatch): RawBatch {
  const { reader, position, past, origins, bytes, ends, originIndexes, cutBytes, atMs } = packed;
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stated = new Map(packed.stated);
  const lines: RawLine[] = [];
  let start = 0;
  for (const [index, end] of ends.entries()) {
    const origin = origins[originIndexes[index] ?? 0];
    if (origin === undefined) throw new Error('a packed batch names an origin that it does not hold');
    const time = atMs[index] ?? Number.NaN;
    lines.push({
      origin,
      bytes: block.subarray(start, end),
      cutBytes: cutBytes[index] ?? 0,
      atMs: Number.isNaN(time) ? null : time,
      stated: stated.get(index) ?? null,
    });
    start = end;
  }
  return { reader, position, past, lines };
}
