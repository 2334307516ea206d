import type { LogRecord } from '../../../src-shared/logs/log-record';
import { type LogLevel, logLevels } from '../../../src-shared/logs/parsed-line';
import type { ByteReader, ByteWriter } from './byte-stream';
import { DamagedSegment } from './damaged-segment';
import type { RecordRun } from './log-store';

/** Everything of some records but their texts, a column each; `count` of each column are set. */
export interface RecordColumns {
  readonly count: number;
  /** Length of the text in UTF-16 units. */
  readonly units: Uint32Array;
  readonly atMs: Float64Array;
  /** Index among the origins of the segment. */
  readonly origin: Uint32Array;
  /** Number of the level, see `levelNumber`. */
  readonly level: Uint8Array;
  /** Index among the patterns of the segment, and one; 0: none. */
  readonly pattern: Uint32Array;
  readonly masked: Uint32Array;
  readonly cut: Float64Array;
}

/** More than any batch or block holds: what claims more is damaged, and nothing is allocated for it. */
const maxCount = 1 << 24;
const patternFlag = 8;
const maskedFlag = 16;
const cutFlag = 32;

/** 0: none, else one more than the place in `logLevels`. */
function levelNumber(level: LogLevel | null): number {
  return level === null ? 0 : logLevels.indexOf(level) + 1;
}

export function levelOfNumber(number: number): LogLevel | null {
  return logLevels[number - 1] ?? null;
}

export function createColumns(count: number): RecordColumns {
  if (count > maxCount) throw new DamagedSegment(`${count} records in one block`);
  return {
    count,
    units: new Uint32Array(count),
    atMs: new Float64Array(count),
    origin: new Uint32Array(count),
    level: new Uint8Array(count),
    pattern: new Uint32Array(count),
    masked: new Uint32Array(count),
    cut: new Float64Array(count),
  };
}

export function setRecord(columns: RecordColumns, at: number, record: Omit<LogRecord, 'id'>, origin: number, pattern: number): void {
  columns.units[at] = record.text.length;
  columns.atMs[at] = Math.round(record.atMs);
  columns.origin[at] = origin;
  columns.level[at] = levelNumber(record.level);
  columns.pattern[at] = pattern;
  columns.masked[at] = record.maskedCount;
  columns.cut[at] = record.cutBytes;
}

/** `patterns`: the number of each kind's pattern. */
export function setRun(columns: RecordColumns, at: number, run: RecordRun, origin: number, patterns: readonly number[]): void {
  const { ends, atMs, kinds, kindList } = run;
  const levels = kindList.map(({ level }) => levelNumber(level));
  let start = 0;
  for (let index = 0; index < ends.length; index += 1) {
    const end = ends[index] as number;
    const kind = kinds[index] as number;
    columns.units[at + index] = end - start;
    columns.atMs[at + index] = Math.round(atMs[index] as number);
    columns.level[at + index] = levels[kind] as number;
    columns.pattern[at + index] = patterns[kind] as number;
    start = end + 1;
  }
  columns.origin.fill(origin, at, at + ends.length);
}

/** Writes the records `from` to before `to`. */
export function writeColumns(writer: ByteWriter, columns: RecordColumns, from: number, to: number): void {
  writer.number(to - from);
  let lastAtMs = 0;
  for (let at = from; at < to; at += 1) {
    const pattern = columns.pattern[at] ?? 0;
    const masked = columns.masked[at] ?? 0;
    const cut = columns.cut[at] ?? 0;
    const atMs = columns.atMs[at] ?? 0;
    const flags = (pattern > 0 ? patternFlag : 0) | (masked > 0 ? maskedFlag : 0) | (cut > 0 ? cutFlag : 0);
    writer.number((columns.level[at] ?? 0) | flags);
    writer.number(columns.units[at] ?? 0);
    writer.signed(atMs - lastAtMs);
    writer.number(columns.origin[at] ?? 0);
    if (pattern > 0) writer.number(pattern);
    if (masked > 0) writer.number(masked);
    if (cut > 0) writer.number(cut);
    lastAtMs = atMs;
  }
}

/** Throws DamagedSegment when the bytes do not make sense. */
export function readColumns(reader: ByteReader): RecordColumns {
  const columns = createColumns(reader.number());
  let atMs = 0;
  for (let at = 0; at < columns.count; at += 1) {
    const flags = reader.number();
    columns.level[at] = flags & 7;
    columns.units[at] = reader.number();
    atMs += reader.signed();
    columns.atMs[at] = atMs;
    columns.origin[at] = reader.number();
    if ((flags & patternFlag) !== 0) columns.pattern[at] = reader.number();
    if ((flags & maskedFlag) !== 0) columns.masked[at] = reader.number();
    if ((flags & cutFlag) !== 0) columns.cut[at] = reader.number();
  }
  return columns;
}

export function joinColumns(parts: readonly RecordColumns[]): RecordColumns {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const joined = createColumns(parts.reduce((sum, part) => sum + part.count, 0));
  let at = 0;
  for (const part of parts) {
    joined.units.set(part.units, at);
    joined.atMs.set(part.atMs, at);
    joined.origin.set(part.origin, at);
    joined.level.set(part.level, at);
    joined.pattern.set(part.pattern, at);
    joined.masked.set(part.masked, at);
    joined.cut.set(part.cut, at);
    at += part.count;
  }
  return joined;
}

/** What a block says of its records without being read. */
export interface ColumnSummary {
  readonly minAtMs: number;
  readonly maxAtMs: number;
  /** A bit for each number of a level. */
  readonly levelMask: number;
  /** Indexes among the origins of the segment. */
  readonly origins: readonly number[];
}

export function summarizeColumns(columns: RecordColumns, from: number, to: number): ColumnSummary {
  let minAtMs = Number.POSITIVE_INFINITY;
  let maxAtMs = Number.NEGATIVE_INFINITY;
  let levelMask = 0;
  const origins = new Set<number>();
  for (let at = from; at < to; at += 1) {
    const atMs = columns.atMs[at] ?? 0;
    if (atMs < minAtMs) minAtMs = atMs;
    if (atMs > maxAtMs) maxAtMs = atMs;
    levelMask |= 1 << (columns.level[at] ?? 0);
    origins.add(columns.origin[at] ?? 0);
  }
  return { minAtMs, maxAtMs, levelMask, origins: [...origins] };
}
