import { ColumnChunk } from '../aggregate/request-columns';

/** What is kept of a chunk besides its rows. */
export interface ChunkHead {
  readonly count: number;
  readonly firstSecond: number;
  readonly lastSecond: number;
  readonly hasUnknown: boolean;
  readonly checksum: number;
}

/** The used part of each column. */
export function columnBytes({ seconds, endpoints, clients, times, sizes, marks }: ColumnChunk, count: number): readonly Uint8Array[] {
  return [seconds, endpoints, clients, times, sizes, marks].map((column) => {
    const used = column.subarray(0, count);
    return new Uint8Array(used.buffer, used.byteOffset, used.byteLength);
  });
}

export function headOf(chunk: ColumnChunk): ChunkHead {
  const { count, firstSecond, lastSecond, hasUnknown } = chunk;
  return { count, firstSecond, lastSecond, hasUnknown, checksum: checksumOf(chunk, count) };
}

/** An empty chunk whose used columns are to be filled. */
export function chunkFor({ count, firstSecond, lastSecond, hasUnknown }: ChunkHead): ColumnChunk {
  return Object.assign(new ColumnChunk(), { count, firstSecond, lastSecond, hasUnknown });
}

/** Tells bits that a disk lost; no protection against anybody. */
export function checksumOf(chunk: ColumnChunk, count: number): number {
  let sum = count;
  for (const bytes of columnBytes(chunk, count)) {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
    for (let at = 0; at < words.length; at++) sum = (Math.imul(sum, 31) + (words[at] as number)) | 0;
  }
  return sum;
}
