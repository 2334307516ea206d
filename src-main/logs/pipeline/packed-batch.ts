import { isAscii } from 'node:buffer';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { decodeLine } from '../decode';
import type { LineBlock } from './packed-lines';
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
  /** A newline stands behind each line. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of each line: where it ends in `bytes`, before its newline; its origin's index, cut bytes, time (NaN: none). */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly originIndexes: Uint16Array<ArrayBuffer>;
  readonly cutBytes: Uint32Array<ArrayBuffer>;
  readonly atMs: Float64Array<ArrayBuffer>;
  /** Of the few lines that have it, by index. */
  readonly stated: readonly (readonly [index: number, stated: NonNullable<RawLine['stated']>])[];
}

const newline = 10;
const carriageReturn = 13;

/** Lines of one source. */
export function packedBlock(origin: LogOrigin, block: LineBlock, position: string | null): PackedBatch {
  return {
    ...block,
    reader: origin.key,
    position,
    past: null,
    origins: [origin],
    originIndexes: new Uint16Array(block.ends.length),
    stated: [],
  };
}

export function isPacked(batch: RawBatch | PackedBatch): batch is PackedBatch {
  return 'bytes' in batch;
}

export function packBatch({ reader, position, past = null, lines }: RawBatch): PackedBatch {
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.bytes.length + 1, 0));
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
    bytes[end] = newline;
    ends[index] = end;
    end += 1;
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

/** A line of a packed batch; its text is decoded as `decodeLine` does it. */
export interface UnpackedLine extends Omit<RawLine, 'bytes'> {
  readonly text: string;
}

/** Lines of a block by their index. */
export class PackedReader {
  private readonly block: Buffer;
  private readonly stated: ReadonlyMap<number, NonNullable<RawLine['stated']>>;
  /** Of most blocks the bytes are the characters, and what a line is without is in none of its lines. */
  private readonly isPlain: boolean;

  constructor(private readonly packed: PackedBatch) {
    const { bytes } = packed;
    this.block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.stated = new Map(packed.stated);
    this.isPlain = isAscii(this.block) && !this.block.includes(carriageReturn);
  }

  startOf(index: number): number {
    return index === 0 ? 0 : (this.packed.ends[index - 1] ?? 0) + 1;
  }

  textOf(index: number): string {
    const start = this.startOf(index);
    const end = this.packed.ends[index] ?? start;
    return this.isPlain ? this.block.toString('latin1', start, end) : decodeLine(this.block.subarray(start, end));
  }

  lineOf(index: number): UnpackedLine {
    const { origins, originIndexes, cutBytes, atMs } = this.packed;
    const origin = origins[originIndexes[index] ?? 0];
    if (origin === undefined) throw new Error('a packed batch names an origin that it does not hold');
    const time = atMs[index] ?? Number.NaN;
    return {
      origin,
      text: this.textOf(index),
      cutBytes: cutBytes[index] ?? 0,
      atMs: Number.isNaN(time) ? null : time,
      stated: this.stated.size === 0 ? null : (this.stated.get(index) ?? null),
    };
  }
}

export function* unpackLines(packed: PackedBatch): Generator<UnpackedLine> {
  const reader = new PackedReader(packed);
  for (let index = 0; index < packed.ends.length; index += 1) yield reader.lineOf(index);
}
