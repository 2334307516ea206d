import { closeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { DamagedSegment } from './damaged-segment';
import { type RawBatch, readBatches } from './raw-batch';
import { openForReading, readAt } from './read-bytes';
import { type ColumnSummary, createColumns, joinColumns, type RecordColumns, summarizeColumns } from './record-columns';
import type { SegmentFiles } from './segment';

/** Some appends of an open segment together. */
interface RawBlock extends ColumnSummary {
  readonly firstOrdinal: number;
  readonly recordCount: number;
  readonly textFrom: number;
  readonly textBytes: number;
  readonly columns: RecordColumns;
}

/** Everything of an open segment but its texts, up to a length of its marks. */
export interface RawHead {
  readonly form: 'open';
  readonly marksBytes: number;
  /** Of text and of records up to there, those left out too. */
  readonly textBytes: number;
  readonly recordCount: number;
  readonly words: { readonly origins: LogOrigin[]; readonly patterns: string[] };
  readonly blocks: readonly RawBlock[];
}

/** A block is ended above this; as many are in it as in one of a sealed segment. */
const rawBlockBytes = 64 * 1024;

/** Reads what came since `known`; null: the files are gone. What is behind damaged marks is left out. */
export function readRawHead(
  files: SegmentFiles,
  marksBytes: number,
  known: { readonly form: string } | RawHead | undefined,
): RawHead | null {
  const before = isRawHead(known) && known.marksBytes <= marksBytes ? known : null;
  if (before?.marksBytes === marksBytes) return before;
  const marksFile = openForReading(files.marks);
  if (marksFile === null) return null;
  const textFile = openForReading(files.text);
  try {
    if (textFile === null) return null;
    const from = before?.marksBytes ?? 0;
    const marks = readAt(marksFile.descriptor, from, Math.max(0, Math.min(marksBytes, marksFile.bytes) - from));
    return addBatches(before, marks, marksBytes, (offset, bytes) => readAt(textFile.descriptor, offset, bytes));
  } finally {
    closeSync(marksFile.descriptor);
    if (textFile !== null) closeSync(textFile.descriptor);
  }
}

function isRawHead(head: { readonly form: string } | RawHead | undefined): head is RawHead {
  return head !== undefined && 'marksBytes' in head;
}

function addBatches(
  before: RawHead | null,
  marks: Buffer,
  marksBytes: number,
  readText: (offset: number, bytes: number) => Buffer,
): RawHead {
  const words = before?.words ?? { origins: [], patterns: [] };
  const blocks = [...(before?.blocks ?? [])];
  const last = blocks.at(-1);
  const textFrom = before?.textBytes ?? 0;
  let textTo = textFrom;
  // The last block may not be full yet.
  let open =
    last !== undefined && last.textBytes < rawBlockBytes && last.textFrom + last.textBytes === textFrom
      ? { ...last, parts: [last.columns] }
      : null;
  if (open !== null) blocks.pop();

  function endBlock(): void {
    if (open === null) return;
    const columns = joinColumns(open.parts);
    const { firstOrdinal, textFrom: from, textBytes } = open;
    const summary = summarizeColumns(columns, 0, columns.count);
    blocks.push({ ...summary, firstOrdinal, recordCount: columns.count, textFrom: from, textBytes, columns });
    open = null;
  }

  let ordinal = before?.recordCount ?? 0;
  try {
    for (const batch of readBatches(marks, words)) {
      const from = textFrom + batch.textFrom;
      textTo = from + batch.textBytes;
      if (!isWhole(batch, readText(from, batch.textBytes))) {
        // Nothing of it is found, and nothing of what stands there is shown.
        endBlock();
        ordinal += batch.columns.count;
        continue;
      }
      open ??= { ...emptyBlock, firstOrdinal: ordinal, textFrom: from, parts: [] };
      open.parts.push(batch.columns);
      open = { ...open, textBytes: from + batch.textBytes - open.textFrom };
      ordinal += batch.columns.count;
      if (open.textBytes >= rawBlockBytes) endBlock();
    }
  } catch (error) {
    if (!(error instanceof DamagedSegment)) throw error;
  }
  endBlock();
  return { form: 'open', marksBytes, textBytes: textTo, recordCount: ordinal, words, blocks };
}

const emptyBlock: RawBlock = {
  ...summarizeColumns(createColumns(0), 0, 0),
  firstOrdinal: 0,
  recordCount: 0,
  textFrom: 0,
  textBytes: 0,
  columns: createColumns(0),
};

function isWhole(batch: RawBatch, text: Buffer): boolean {
  return text.length === batch.textBytes && crc32(text) === batch.textChecksum;
}
