import { brotliCompressSync, brotliDecompressSync, constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { DamagedSegment } from './damaged-segment';
import { checkOrigin, parseJson } from './parse-origin';
import type { SegmentWords } from './raw-batch';
import type { ColumnSummary } from './record-columns';

/** Where a compressed part lies in the file, with the checksum of its compressed bytes. */
export interface PackedPart {
  readonly offset: number;
  readonly bytes: number;
  readonly checksum: number;
  readonly codec: Codec;
}

/** `brotli`: of what came in a flood, compressed as fast as can be. */
export type Codec = 'deflate' | 'brotli';

export interface SealedBlock extends ColumnSummary {
  readonly firstOrdinal: number;
  readonly recordCount: number;
  readonly text: PackedPart;
  readonly columns: PackedPart;
}

/** The end of a sealed file: all that is needed to read the rest of it without a catalog. */
export interface SealedIndex {
  readonly number: number;
  readonly recordCount: number;
  readonly textBytes: number;
  readonly firstStoredAtMs: number;
  readonly lastStoredAtMs: number;
  readonly words: SegmentWords;
  /** Of all blocks. */
  readonly codec: Codec;
  readonly blocks: readonly SealedBlock[];
  readonly filter: { readonly offset: number; readonly bits: number };
}

/** By codec: what knows only the first does not take the second for damaged text. */
const versions: Readonly<Record<Codec, number>> = { deflate: 1, brotli: 2 };
const tailMagic = 'LSLOGSEG';
export const tailBytes = 24;
/** A block holds 64 KiB as a rule, one oversized entry each at worst; more is no block. */
const maxPartBytes = 256 * 1024 * 1024;

/** What a block holds as a rule: room is made for so much at once. */
const usualBytes = 64 * 1024;
const deflateLevel = 6;
const brotliParameters = { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 16 };

/** Quality 1 of Brotli takes two fifths of the time of deflate 2, and makes it smaller: see ADR 0013. */
export function pack(bytes: Uint8Array, codec: Codec): Buffer {
  // Not in the thread pool: there, setting up and handing over each block costs as much as a fast compression.
  if (codec === 'brotli') return brotliCompressSync(bytes, { params: brotliParameters, chunkSize: usualBytes });
  return deflateRawSync(bytes, { level: deflateLevel, memLevel: 9 });
}

export function encodeIndex(index: SealedIndex, offset: number): Buffer {
  const { codec, ...rest } = index;
  const json = JSON.stringify({
    version: versions[codec],
    ...rest,
    blocks: index.blocks.map((block) => [
      block.firstOrdinal,
      block.recordCount,
      block.minAtMs,
      block.maxAtMs,
      block.levelMask,
      block.text.offset,
      block.text.bytes,
      block.text.checksum,
      block.columns.offset,
      block.columns.bytes,
      block.columns.checksum,
      ...block.origins,
    ]),
  });
  const packed = deflateRawSync(json);
  const tail = Buffer.alloc(tailBytes);
  tail.writeUIntBE(offset, 0, 6);
  tail.writeUIntBE(packed.length, 6, 6);
  tail.writeUInt32BE(crc32(packed), 12);
  tail.write(tailMagic, 16, 'latin1');
  return Buffer.concat([packed, tail]);
}

/** Where the index lies; throws DamagedSegment when the file does not end as one does. */
export function parseTail(tail: Buffer, fileBytes: number): PackedPart {
  if (tail.length !== tailBytes || tail.toString('latin1', 16) !== tailMagic) throw new DamagedSegment('no sealed segment');
  const part = { offset: tail.readUIntBE(0, 6), bytes: tail.readUIntBE(6, 6), checksum: tail.readUInt32BE(12), codec: 'deflate' } as const;
  if (part.offset + part.bytes + tailBytes !== fileBytes) throw new DamagedSegment('the index is not where it should be');
  return part;
}

/** Unpacks a part that was read; throws DamagedSegment when it is not what was written. */
export function unpack(part: PackedPart, packed: Buffer): Buffer {
  if (packed.length !== part.bytes || crc32(packed) !== part.checksum) throw new DamagedSegment('a part is damaged');
  try {
    return part.codec === 'brotli'
      ? brotliDecompressSync(packed, { maxOutputLength: maxPartBytes, chunkSize: usualBytes })
      : inflateRawSync(packed, { maxOutputLength: maxPartBytes, chunkSize: usualBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new DamagedSegment(`a part cannot be unpacked: ${error.message}`);
    throw error;
  }
}

export function parseIndex(json: string): SealedIndex {
  const value = parseJson(json) as Partial<Record<keyof SealedIndex | 'version', unknown>> | null;
  if (value === null || typeof value !== 'object') throw new DamagedSegment('the index is none');
  const codec = value.version === versions.deflate ? 'deflate' : value.version === versions.brotli ? 'brotli' : null;
  if (codec === null) throw new DamagedSegment('the index is of another version');
  const words = value.words as { readonly origins?: unknown; readonly patterns?: unknown } | undefined;
  const filter = value.filter as { readonly offset?: unknown; readonly bits?: unknown } | undefined;
  return {
    number: asNumber(value.number),
    recordCount: asNumber(value.recordCount),
    textBytes: asNumber(value.textBytes),
    firstStoredAtMs: asNumber(value.firstStoredAtMs),
    lastStoredAtMs: asNumber(value.lastStoredAtMs),
    words: { origins: asList(words?.origins).map(checkOrigin), patterns: asList(words?.patterns).map(String) },
    codec,
    blocks: asList(value.blocks).map((row) => parseBlock(asList(row).map(asNumber), codec)),
    filter: { offset: asNumber(filter?.offset), bits: asNumber(filter?.bits) },
  };
}

function parseBlock(row: readonly number[], codec: Codec): SealedBlock {
  const [firstOrdinal, recordCount, minAtMs, maxAtMs, levelMask, ...rest] = row;
  const [textOffset, textBytes, textChecksum, columnsOffset, columnsBytes, columnsChecksum, ...origins] = rest;
  return {
    firstOrdinal: asNumber(firstOrdinal),
    recordCount: asNumber(recordCount),
    minAtMs: asNumber(minAtMs),
    maxAtMs: asNumber(maxAtMs),
    levelMask: asNumber(levelMask),
    origins,
    text: { offset: asNumber(textOffset), bytes: asNumber(textBytes), checksum: asNumber(textChecksum), codec },
    columns: { offset: asNumber(columnsOffset), bytes: asNumber(columnsBytes), checksum: asNumber(columnsChecksum), codec },
  };
}

function asNumber(value: unknown): number {
  if (typeof value !== 'number') throw new DamagedSegment('the index lacks a number');
  return value;
}

function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new DamagedSegment('the index lacks a list');
  return value;
}
