import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { LogAppend } from './log-store';
import { encodeBatch, type WordsBuilder } from './raw-batch';
import { writeAt } from './read-bytes';
import { summarizeColumns } from './record-columns';
import { type Segment, segmentFiles } from './segment';

/** The open segment. What is written counts only once it is kept, after the catalog knows. */
export interface SegmentWriter {
  /** As last kept. */
  readonly segment: Segment;
  readonly builder: WordsBuilder;
  /** Writes behind what is kept; gives the segment as it will be. Throws what the system says; nothing is changed then. */
  write(batch: Pick<LogAppend, 'records' | 'runs'>, nowMs: number): Segment;
  keep(segment: Segment): void;
  /** Forgets what was written but not kept. */
  forget(): void;
  close(): void;
}

export function createSegmentWriter(directory: string, start: Segment, builder: WordsBuilder): SegmentWriter {
  const files = segmentFiles(directory, start.number);
  const textDescriptor = openSync(files.text, 'r+');
  const marksDescriptor = openSync(files.marks, 'r+');
  let segment = start;
  let keptOrigins = builder.words.origins.length;
  let keptPatterns = builder.words.patterns.length;

  function forget(): void {
    builder.cutBackTo(keptOrigins, keptPatterns);
  }

  return {
    get segment() {
      return segment;
    },
    builder,
    write({ records, runs }, nowMs) {
      const batch = encodeBatch(records, builder, runs);
      const { count } = batch.columns;
      try {
        writeAt(textDescriptor, segment.textBytes, batch.text);
        writeAt(marksDescriptor, segment.marksBytes, batch.marks);
      } catch (error) {
        forget();
        throw error;
      }
      const { minAtMs, maxAtMs } = summarizeColumns(batch.columns, 0, count);
      const textBytes = segment.textBytes + batch.text.length;
      const marksBytes = segment.marksBytes + batch.marks.length;
      return {
        ...segment,
        textBytes,
        marksBytes,
        recordCount: segment.recordCount + count,
        minAtMs: Math.min(segment.minAtMs, minAtMs),
        maxAtMs: Math.max(segment.maxAtMs, maxAtMs),
        lastStoredAtMs: nowMs,
        diskBytes: textBytes + marksBytes,
      };
    },
    keep(next) {
      segment = next;
      keptOrigins = builder.words.origins.length;
      keptPatterns = builder.words.patterns.length;
    },
    forget,
    close() {
      closeSync(textDescriptor);
      closeSync(marksDescriptor);
    },
  };
}

/** Makes the empty files of a new segment; the names of old ones are taken over. */
export function createSegmentFiles(directory: string, number: number): void {
  const files = segmentFiles(directory, number);
  closeSync(openSync(files.text, 'w', 0o600));
  closeSync(openSync(files.marks, 'w', 0o600));
}

/** Names in a directory survive a power cut only once it is written itself. */
export function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
