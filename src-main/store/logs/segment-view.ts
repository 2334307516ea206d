import { closeSync } from 'node:fs';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { createByteReader } from './byte-stream';
import { DamagedSegment } from './damaged-segment';
import { type BlockMask, narrowBlocks } from './gram-filter';
import { readBatches, type SegmentWords } from './raw-batch';
import { openForReading, readAt, readStart } from './read-bytes';
import { type ColumnSummary, joinColumns, type RecordColumns, readColumns, summarizeColumns } from './record-columns';
import { type PackedPart, parseIndex, parseTail, type SealedIndex, tailBytes, unpack } from './sealed-format';
import { archivedFile, type Segment, segmentFiles } from './segment';

export interface BlockSummary extends ColumnSummary {
  readonly firstOrdinal: number;
  readonly recordCount: number;
}

/** A segment for reading. Methods throw DamagedSegment for what cannot be read, and what the system says of a file. */
export interface SegmentView {
  readonly words: SegmentWords;
  /** Oldest first. */
  readonly blocks: readonly BlockSummary[];
  /** Takes blocks out of `mask` that do not hold all of the hashes. */
  narrow(mask: BlockMask, hashes: readonly number[]): void;
  columns(block: number): RecordColumns;
  /** Texts of a block, each ended by \n. */
  text(block: number): string;
  close(): void;
}

/** What of a segment is kept between searches. */
export type SegmentHead =
  | { readonly form: 'sealed'; readonly index: SealedIndex }
  | { readonly form: 'open'; readonly marksBytes: number; readonly words: SegmentWords; readonly blocks: readonly RawBlock[] };

interface RawBlock extends BlockSummary {
  readonly textFrom: number;
  readonly textBytes: number;
  readonly columns: RecordColumns;
}

const rawBlockBytes = 64 * 1024;

/** Opens a segment in the form it has now; null: it is gone. `known` spares reading its head again. */
export function openSegment(
  directory: string,
  segment: Segment,
  known: SegmentHead | undefined,
): { readonly view: SegmentView; readonly head: SegmentHead } | null {
  const files = segmentFiles(directory, segment.number);
  const opened = [
    ...(segment.archiveName === null ? [] : [archivedFile(directory, segment.archiveName)]),
    ...(segment.form === 'open' ? [] : [files.sealed]),
  ];
  for (const file of opened) {
    const found = openSealed(file, known);
    if (found !== null) return found;
  }
  // It may have been sealed since the catalog was asked, and its raw files removed.
  return openRaw(directory, segment, known) ?? openSealed(files.sealed, known);
}

function openSealed(file: string, known: SegmentHead | undefined): { readonly view: SegmentView; readonly head: SegmentHead } | null {
  const opened = openForReading(file);
  if (opened === null) return null;
  const { descriptor } = opened;
  const read = (part: PackedPart) => unpack(part, readAt(descriptor, part.offset, Math.min(part.bytes, opened.bytes)));
  try {
    const index = known?.form === 'sealed' ? known.index : readIndex(descriptor, opened.bytes);
    const view: SegmentView = {
      words: index.words,
      blocks: index.blocks,
      narrow(mask, hashes) {
        const { offset: from, bits } = index.filter;
        narrowBlocks(mask, hashes, { bits, blockCount: index.blocks.length }, (offset, bytes) => readAt(descriptor, from + offset, bytes));
      },
      columns: (block) => readColumns(createByteReader(read(blockAt(index.blocks, block).columns))),
      text: (block) => read(blockAt(index.blocks, block).text).toString(),
      close: () => closeSync(descriptor),
    };
    return { view, head: { form: 'sealed', index } };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** The index of a sealed file; throws DamagedSegment when it has none. */
export function readIndex(descriptor: number, fileBytes: number): SealedIndex {
  const tail = parseTail(readAt(descriptor, Math.max(0, fileBytes - tailBytes), Math.min(tailBytes, fileBytes)), fileBytes);
  return parseIndex(unpack(tail, readAt(descriptor, tail.offset, tail.bytes)).toString());
}

function openRaw(
  directory: string,
  segment: Segment,
  known: SegmentHead | undefined,
): { readonly view: SegmentView; readonly head: SegmentHead } | null {
  const files = segmentFiles(directory, segment.number);
  const opened = openForReading(files.text);
  if (opened === null) return null;
  const { descriptor } = opened;
  try {
    const head = known?.form === 'open' && known.marksBytes === segment.marksBytes ? known : readRawHead(files.marks, segment.marksBytes);
    if (head === null) {
      closeSync(descriptor);
      return null;
    }
    const view: SegmentView = {
      words: head.words,
      blocks: head.blocks,
      narrow() {},
      columns: (block) => blockAt(head.blocks, block).columns,
      text(block) {
        const { textFrom, textBytes } = blockAt(head.blocks, block);
        return readAt(descriptor, textFrom, textBytes).toString();
      },
      close: () => closeSync(descriptor),
    };
    return { view, head };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Appends gathered to blocks; those behind a damage are left out. */
function readRawHead(marksFile: string, marksBytes: number): Extract<SegmentHead, { form: 'open' }> | null {
  const marks = readStart(marksFile, marksBytes);
  if (marks === null) return null;
  const words: { readonly origins: LogOrigin[]; readonly patterns: string[] } = { origins: [], patterns: [] };
  const blocks: RawBlock[] = [];
  let parts: RecordColumns[] = [];
  let textFrom = 0;
  let textTo = 0;
  let firstOrdinal = 0;

  function endBlock(): void {
    if (parts.length === 0) return;
    const columns = joinColumns(parts);
    const summary = summarizeColumns(columns, 0, columns.count);
    blocks.push({ ...summary, firstOrdinal, recordCount: columns.count, textFrom, textBytes: textTo - textFrom, columns });
    firstOrdinal += columns.count;
    textFrom = textTo;
    parts = [];
  }

  try {
    for (const batch of readBatches(marks, words)) {
      parts.push(batch.columns);
      textTo = batch.textFrom + batch.textBytes;
      if (textTo - textFrom >= rawBlockBytes) endBlock();
    }
  } catch (error) {
    if (!(error instanceof DamagedSegment)) throw error;
  }
  endBlock();
  return { form: 'open', marksBytes, words, blocks };
}

function blockAt<T>(blocks: readonly T[], block: number): T {
  const found = blocks[block];
  if (found === undefined) throw new DamagedSegment(`there is no block ${block}`);
  return found;
}
