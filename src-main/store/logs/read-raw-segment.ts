import { crc32 } from 'node:zlib';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { DamagedSegment } from './damaged-segment';
import { type RawBatch, readBatches, type SegmentWords } from './raw-batch';
import { readStart } from './read-bytes';
import { createColumns, joinColumns, type RecordColumns } from './record-columns';
import { type Segment, segmentFiles } from './segment';

/** All of an open segment, checked. */
export interface RawSegment {
  readonly words: SegmentWords;
  readonly columns: RecordColumns;
  /** Each record ended by \n; of a damaged append the places of its records stay, without text. */
  readonly text: string;
  /** What can be read, from the start. */
  readonly marksBytes: number;
  readonly textBytes: number;
  /** Records that cannot be read, of those the catalog counts. */
  readonly damagedCount: number;
}

export interface RawCheck {
  /** Appends that are as written, up to the first whose marks are not. */
  readonly batches: readonly (RawBatch & { readonly whole: boolean })[];
  readonly words: { readonly origins: readonly LogOrigin[]; readonly patterns: readonly string[] };
  readonly textBytes: Buffer;
}

/** Reads and checks up to the lengths given; files that are not there count as empty. */
export function checkRawSegment(directory: string, segment: Pick<Segment, 'number' | 'textBytes' | 'marksBytes'>): RawCheck {
  const files = segmentFiles(directory, segment.number);
  const text = readStart(files.text, segment.textBytes) ?? Buffer.alloc(0);
  const marks = readStart(files.marks, segment.marksBytes) ?? Buffer.alloc(0);
  const words = { origins: [], patterns: [] };
  const batches: (RawBatch & { readonly whole: boolean })[] = [];
  try {
    for (const batch of readBatches(marks, words)) {
      const bytes = text.subarray(batch.textFrom, batch.textFrom + batch.textBytes);
      batches.push({ ...batch, whole: bytes.length === batch.textBytes && crc32(bytes) === batch.textChecksum });
    }
  } catch (error) {
    if (!(error instanceof DamagedSegment)) throw error;
  }
  return { batches, words, textBytes: text };
}

export function readRawSegment(directory: string, segment: Segment): RawSegment {
  const { batches, words, textBytes: bytes } = checkRawSegment(directory, segment);
  const texts: string[] = [];
  const columns: RecordColumns[] = [];
  let readCount = 0;
  for (const batch of batches) {
    const text = batch.whole ? bytes.toString('utf8', batch.textFrom, batch.textFrom + batch.textBytes) : null;
    if (text === null) {
      columns.push(emptyPlaces(batch.columns.count));
      texts.push('\n'.repeat(batch.columns.count));
    } else {
      columns.push(batch.columns);
      texts.push(text);
      readCount += batch.columns.count;
    }
  }
  const last = batches.at(-1);
  return {
    words,
    columns: joinColumns(columns),
    text: texts.join(''),
    marksBytes: last?.marksTo ?? 0,
    textBytes: last === undefined ? 0 : last.textFrom + last.textBytes,
    damagedCount: Math.max(0, segment.recordCount - readCount),
  };
}

/** Records of no source: no search admits them. */
function emptyPlaces(count: number): RecordColumns {
  const columns = createColumns(count);
  columns.origin.fill(0xffffffff);
  return columns;
}
