import { open, rename, rm } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { createByteWriter } from './byte-stream';
import { addToFilter, createGramFilter, encodeFilter, maxBlocks, shrinkFilter } from './gram-filter';
import { readRawSegment } from './read-raw-segment';
import { type RecordColumns, summarizeColumns, writeColumns } from './record-columns';
import { type Codec, encodeIndex, type PackedPart, pack, type SealedBlock } from './sealed-format';
import { type Segment, segmentFiles } from './segment';
import { syncDirectory } from './segment-writer';

/** Smaller ones compress worse, larger ones cost more for each that is read: see ADR 0013. */
const blockUnits = 64 * 1024;
/** What fills a segment so fast is compressed in a quarter of the time: see ADR 0013. */
const stormMs = 60_000;
/** What else runs in this thread waits for so many, about 5 ms. */
const blocksAtOnce = 3;

export interface SealedSegment {
  readonly segment: Segment;
  /** Records whose text was damaged: their places stay empty. */
  readonly damagedCount: number;
}

/**
 * Writes the sealed form of an open segment beside it, whole or not at all: temporary file, its bytes on the disk, then its name. The
 * raw files stay. Works in steps of a few ms. Throws what the system says of the files.
 */
export async function sealSegment(directory: string, segment: Segment): Promise<SealedSegment> {
  const files = segmentFiles(directory, segment.number);
  const raw = readRawSegment(directory, segment);
  const { columns, text, words, damagedCount } = raw;
  const stretches = cutToBlocks(columns);
  const filter = createGramFilter(Math.max(...stretches.map((stretch) => stretch.unitsTo - stretch.unitsFrom), 1), stretches.length);
  const codec: Codec = segment.lastStoredAtMs - segment.firstStoredAtMs < stormMs ? 'brotli' : 'deflate';
  const blocks: SealedBlock[] = [];
  const parts: Buffer[] = [];
  let offset = 0;
  const add = (bytes: Buffer): PackedPart => {
    parts.push(bytes);
    offset += bytes.length;
    return { offset: offset - bytes.length, bytes: bytes.length, checksum: crc32(bytes), codec };
  };
  for (let first = 0; first < stretches.length; first += blocksAtOnce) {
    const group = stretches.slice(first, first + blocksAtOnce);
    for (const [at, { from, to, unitsFrom, unitsTo }] of group.entries()) {
      const blockText = text.slice(unitsFrom, unitsTo);
      const packedText = pack(Buffer.from(blockText), codec);
      const packedColumns = pack(encodeColumns(columns, from, to), codec);
      addToFilter(filter, first + at, blockText);
      const places = { firstOrdinal: from, recordCount: to - from, text: add(packedText), columns: add(packedColumns) };
      blocks.push({ ...summarizeColumns(columns, from, to), ...places });
    }
    await nextTurn();
  }
  const small = shrinkFilter(filter, stretches.length);
  const { offset: filterOffset } = add(encodeFilter(small));
  const { number, recordCount, textBytes, firstStoredAtMs, lastStoredAtMs } = segment;
  const place = { offset: filterOffset, bits: small.bits };
  add(encodeIndex({ number, recordCount, textBytes, firstStoredAtMs, lastStoredAtMs, words, codec, blocks, filter: place }, offset));
  await writeWhole(files.sealing, parts);
  await rename(files.sealing, files.sealed);
  syncDirectory(directory);
  const originKeys = words.origins.map((origin) => origin.key);
  return { segment: { ...segment, form: 'sealed', marksBytes: 0, diskBytes: offset, originKeys }, damagedCount };
}

function encodeColumns(columns: RecordColumns, from: number, to: number): Buffer {
  const writer = createByteWriter();
  writeColumns(writer, columns, from, to);
  return writer.bytes();
}

/** Its bytes are on the disk when it resolves. */
async function writeWhole(path: string, parts: readonly Buffer[]): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(Buffer.concat(parts));
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
  await file.close();
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly unitsFrom: number;
  readonly unitsTo: number;
}

/** Blocks of about `blockUnits`, of more where there would be too many. */
function cutToBlocks(columns: RecordColumns): readonly Stretch[] {
  let total = 0;
  for (const units of columns.units) total += units + 1;
  const target = Math.max(blockUnits, Math.ceil(total / (maxBlocks - 1)));
  const stretches: Stretch[] = [];
  let from = 0;
  let unitsFrom = 0;
  let unitsTo = 0;
  for (let at = 0; at < columns.count; at += 1) {
    unitsTo += (columns.units[at] ?? 0) + 1;
    if (unitsTo - unitsFrom < target && at < columns.count - 1) continue;
    stretches.push({ from, to: at + 1, unitsFrom, unitsTo });
    from = at + 1;
    unitsFrom = unitsTo;
  }
  return stretches;
}
