import { crc32 } from 'node:zlib';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { createByteReader, createByteWriter } from './byte-stream';
import { DamagedSegment } from './damaged-segment';
import type { NewLogRecord, PlacedRun } from './log-store';
import { parseOrigin } from './parse-origin';
import { createColumns, type RecordColumns, readColumns, setRecord, setRun, writeColumns } from './record-columns';
import { countRecords, eachPart } from './record-run';

/** Names in a segment, by their index; a segment can be read by itself. */
export interface SegmentWords {
  readonly origins: readonly LogOrigin[];
  readonly patterns: readonly string[];
}

/** Names of a segment that is being written. A batch that was not kept takes back what it added. */
export interface WordsBuilder {
  readonly words: SegmentWords;
  originIndex(key: string): number;
  /** One more than the index; 0 for null. */
  patternIndex(pattern: string | null): number;
  cutBackTo(originCount: number, patternCount: number): void;
}

export function createWordsBuilder(
  originOf: (key: string) => LogOrigin,
  known: SegmentWords = { origins: [], patterns: [] },
): WordsBuilder {
  const origins = [...known.origins];
  const patterns = [...known.patterns];
  const originIndexes = new Map(origins.map((origin, index) => [origin.key, index]));
  const patternIndexes = new Map(patterns.map((pattern, index) => [pattern, index]));
  return {
    words: { origins, patterns },
    originIndex(key) {
      const index = originIndexes.get(key);
      if (index !== undefined) return index;
      originIndexes.set(key, origins.length);
      return origins.push(originOf(key)) - 1;
    },
    patternIndex(pattern) {
      if (pattern === null) return 0;
      const index = patternIndexes.get(pattern);
      if (index !== undefined) return index + 1;
      patternIndexes.set(pattern, patterns.length);
      return patterns.push(pattern);
    },
    cutBackTo(originCount, patternCount) {
      for (const { key } of origins.splice(originCount)) originIndexes.delete(key);
      for (const pattern of patterns.splice(patternCount)) patternIndexes.delete(pattern);
    },
  };
}

/** An append as it goes to the two files of an open segment. */
export interface EncodedBatch {
  readonly text: Buffer;
  /** Head, new names, columns. */
  readonly marks: Buffer;
  readonly columns: RecordColumns;
}

const headBytes = 20;
const headMagic = 0x4c53_4c42;

export function encodeBatch(records: readonly NewLogRecord[], builder: WordsBuilder, runs: readonly PlacedRun[] = []): EncodedBatch {
  const { words } = builder;
  const originCount = words.origins.length;
  const patternCount = words.patterns.length;
  const columns = createColumns(countRecords(records, runs));
  const pieces: Uint8Array[] = [];
  let texts: string[] = [];
  const endTexts = () => {
    if (texts.length === 0) return;
    texts.push('');
    pieces.push(Buffer.from(texts.join('\n')));
    texts = [];
  };
  eachPart(
    records,
    runs,
    (record, at) => {
      texts.push(record.text);
      setRecord(columns, at, record, builder.originIndex(record.origin), builder.patternIndex(record.pattern));
    },
    (run, at) => {
      endTexts();
      pieces.push(run.text);
      const patterns = run.kindList.map(({ pattern }) => builder.patternIndex(pattern));
      setRun(columns, at, run, builder.originIndex(run.origin), patterns);
    },
  );
  endTexts();
  const [only] = pieces;
  const text = pieces.length === 1 && Buffer.isBuffer(only) ? only : Buffer.concat(pieces);
  const writer = createByteWriter();
  writer.number(words.origins.length - originCount);
  for (const origin of words.origins.slice(originCount)) writer.text(JSON.stringify(origin));
  writer.number(words.patterns.length - patternCount);
  for (const pattern of words.patterns.slice(patternCount)) writer.text(pattern);
  writeColumns(writer, columns, 0, columns.count);
  const body = writer.bytes();
  const marks = Buffer.allocUnsafe(headBytes + body.length);
  marks.writeUInt32BE(headMagic, 0);
  marks.writeUInt32BE(body.length, 4);
  marks.writeUInt32BE(text.length, 8);
  marks.writeUInt32BE(crc32(text), 12);
  marks.writeUInt32BE(crc32(body), 16);
  body.copy(marks, headBytes);
  return { text, marks, columns };
}

/** One append as it stands in the marks file. */
export interface RawBatch {
  readonly textFrom: number;
  readonly textBytes: number;
  readonly textChecksum: number;
  /** Where the next one begins. */
  readonly marksTo: number;
  readonly columns: RecordColumns;
}

/**
 * The appends in a marks file, in order; their names are added to `words`. Throws DamagedSegment at the first that cannot be read:
 * none after it can be, for names stand where they are first used.
 */
export function* readBatches(marks: Buffer, words: { readonly origins: LogOrigin[]; readonly patterns: string[] }): Generator<RawBatch> {
  let textFrom = 0;
  for (let at = 0; at < marks.length; ) {
    if (at + headBytes > marks.length || marks.readUInt32BE(at) !== headMagic) throw new DamagedSegment('no append begins here');
    const bodyBytes = marks.readUInt32BE(at + 4);
    const textBytes = marks.readUInt32BE(at + 8);
    const marksTo = at + headBytes + bodyBytes;
    const body = marks.subarray(at + headBytes, marksTo);
    if (marksTo > marks.length || crc32(body) !== marks.readUInt32BE(at + 16))
      throw new DamagedSegment('the marks of an append are damaged');
    const reader = createByteReader(body);
    for (let left = reader.number(); left > 0; left -= 1) words.origins.push(parseOrigin(reader.text()));
    for (let left = reader.number(); left > 0; left -= 1) words.patterns.push(reader.text());
    yield { textFrom, textBytes, textChecksum: marks.readUInt32BE(at + 12), marksTo, columns: readColumns(reader) };
    textFrom += textBytes;
    at = marksTo;
  }
}
