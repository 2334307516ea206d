import { closeSync } from 'node:fs';
import { createByteReader } from './byte-stream';
import { DamagedSegment } from './damaged-segment';
import { type BlockMask, narrowBlocks } from './gram-filter';
import type { SegmentWords } from './raw-batch';
import { type RawHead, readRawHead } from './raw-head';
import { openForReading, readAt } from './read-bytes';
import { type ColumnSummary, type RecordColumns, readColumns } from './record-columns';
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
export type SegmentHead = { readonly form: 'sealed'; readonly index: SealedIndex } | RawHead;

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
    const head = readRawHead(files, segment.marksBytes, known);
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

function blockAt<T>(blocks: readonly T[], block: number): T {
  const found = blocks[block];
  if (found === undefined) throw new DamagedSegment(`there is no block ${block}`);
  return found;
}
