import type { LogRecord } from '../../../src-shared/logs/log-record';
import { type LogLevel, logLevels } from '../../../src-shared/logs/parsed-line';
import { everyBlock, hasBlock, needleHashes } from './gram-filter';
import { levelOfNumber, type RecordColumns } from './record-columns';
import type { RecordFilter } from './record-filter';
import { guarded } from './scan-records';
import { recordId, type Segment } from './segment';
import type { SegmentShelf } from './segment-shelf';
import type { BlockSummary, SegmentView } from './segment-view';
import { admittedRows } from './text-rows';

export interface ScanCriteria {
  readonly filter: RecordFilter;
  readonly afterId: number | null;
  readonly beforeId: number | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly oldestFirst: boolean;
}

/** A record that fits. Its text is read only when the record is asked for. */
export interface ScannedRow {
  readonly atMs: number;
  readonly level: LogLevel | null;
  /** Null: its text is damaged. */
  record(): LogRecord | null;
}

/** Yields after each block that was read; told true there, it ends with `time`. */
export type Scan<T> = Generator<undefined, T, boolean>;

/** `time` and `regex-time` carry the id before which to go on. */
export type ScanEnd = { readonly kind: 'done' | 'stopped' } | { readonly kind: 'time' | 'regex-time'; readonly reachedId: number };

const done: ScanEnd = { kind: 'done' };

/** Hands what fits to `visit`, which says whether to go on. */
export function* scanSegments(
  shelf: SegmentShelf,
  segments: readonly Segment[],
  criteria: ScanCriteria,
  visit: (row: ScannedRow) => boolean,
): Scan<ScanEnd> {
  const ordered = [...segments].sort((one, other) => (criteria.oldestFirst ? one.number - other.number : other.number - one.number));
  const hashes = criteria.filter.needles.map(needleHashes).filter((list) => list.length > 0);
  for (const segment of ordered) {
    if (segment.recordCount === 0 || !overlaps(criteria, segment) || !holdsIds(criteria, segment.number, 0, segment.recordCount)) continue;
    const view = shelf.open(segment);
    if (view === null) continue;
    try {
      const end = yield* scanSegment(shelf, segment.number, view, hashes, criteria, visit);
      if (end.kind !== 'done') return end;
    } finally {
      view.close();
    }
  }
  return done;
}

function* scanSegment(
  shelf: SegmentShelf,
  number: number,
  view: SegmentView,
  hashes: readonly (readonly number[])[],
  criteria: ScanCriteria,
  visit: (row: ScannedRow) => boolean,
): Scan<ScanEnd> {
  const { filter, oldestFirst } = criteria;
  const origins = view.words.origins.map((origin) => filter.admitsOrigin(origin.key));
  if (!origins.includes(true)) return done;
  const patterns = [filter.admitsPattern(null), ...view.words.patterns.map((pattern) => filter.admitsPattern(pattern))];
  if (!patterns.includes(true)) return done;
  const levels = [null, ...logLevels].map((level) => filter.admitsLevel(level));
  const levelMask = levels.reduce((mask, admitted, level) => (admitted ? mask | (1 << level) : mask), 0);
  const mask = everyBlock();
  shelf.attempt(() => {
    for (const list of hashes) view.narrow(mask, list);
  });
  const count = view.blocks.length;
  for (let step = 0; step < count; step += 1) {
    const at = oldestFirst ? step : count - 1 - step;
    const block = view.blocks[at];
    if (block === undefined || !hasBlock(mask, at)) continue;
    if ((block.levelMask & levelMask) === 0 || !overlaps(criteria, block) || !block.origins.some((origin) => origins[origin])) continue;
    if (!holdsIds(criteria, number, block.firstOrdinal, block.recordCount)) continue;
    const end = scanBlock(shelf, number, view, at, block, { origins, patterns, levels }, criteria, visit);
    if (end.kind !== 'done') return end;
    const stop = yield;
    if (stop) return { kind: 'time', reachedId: recordId(number, block.firstOrdinal) };
  }
  return done;
}

interface Admitted {
  readonly origins: readonly boolean[];
  readonly patterns: readonly boolean[];
  readonly levels: readonly boolean[];
}

function scanBlock(
  shelf: SegmentShelf,
  number: number,
  view: SegmentView,
  at: number,
  block: BlockSummary,
  admitted: Admitted,
  criteria: ScanCriteria,
  visit: (row: ScannedRow) => boolean,
): ScanEnd {
  const columns = shelf.attempt(() => view.columns(at));
  if (columns === null) return done;
  const rows = rowsByColumns(columns, recordId(number, block.firstOrdinal), admitted, criteria);
  if (rows.length === 0) return done;
  let text: BlockText | null = null;
  const textOnce = (): BlockText => {
    text ??= readText(shelf, view, at, columns);
    return text;
  };
  let fitting = rows;
  if (!criteria.filter.columnsOnly) {
    const { text: whole, starts } = textOnce();
    if (whole === null) return done;
    const found = guarded(criteria.filter, () => admittedRows(whole, starts, rows, criteria.filter));
    if (found === null) return { kind: 'regex-time', reachedId: recordId(number, block.firstOrdinal) };
    fitting = found.value;
  }
  for (let step = 0; step < fitting.length; step += 1) {
    const row = fitting[criteria.oldestFirst ? step : fitting.length - 1 - step] ?? 0;
    const scanned: ScannedRow = {
      atMs: columns.atMs[row] ?? 0,
      level: levelOfNumber(columns.level[row] ?? 0),
      record: () => recordAt(number, view, block, columns, textOnce(), row),
    };
    if (!visit(scanned)) return { kind: 'stopped' };
  }
  return done;
}

interface BlockText {
  /** Null: damaged. */
  readonly text: string | null;
  /** Where each record begins, in UTF-16 units. */
  readonly starts: Uint32Array;
}

function readText(shelf: SegmentShelf, view: SegmentView, at: number, columns: RecordColumns): BlockText {
  const starts = new Uint32Array(columns.count + 1);
  let start = 0;
  for (let row = 0; row < columns.count; row += 1) {
    starts[row] = start;
    start += (columns.units[row] ?? 0) + 1;
  }
  starts[columns.count] = start;
  const text = shelf.attempt(() => view.text(at));
  return { text: text !== null && text.length === start ? text : null, starts };
}

function rowsByColumns(columns: RecordColumns, firstId: number, admitted: Admitted, criteria: ScanCriteria): readonly number[] {
  const { afterId, beforeId, fromMs, toMs } = criteria;
  const rows: number[] = [];
  const from = afterId === null ? 0 : Math.max(0, afterId - firstId + 1);
  const to = beforeId === null ? columns.count : Math.min(columns.count, beforeId - firstId);
  for (let row = from; row < to; row += 1) {
    const atMs = columns.atMs[row] ?? 0;
    if ((fromMs !== null && atMs < fromMs) || (toMs !== null && atMs > toMs)) continue;
    if (!admitted.levels[columns.level[row] ?? 0] || !admitted.origins[columns.origin[row] ?? 0]) continue;
    if (admitted.patterns[columns.pattern[row] ?? 0]) rows.push(row);
  }
  return rows;
}

function recordAt(
  number: number,
  view: SegmentView,
  block: BlockSummary,
  columns: RecordColumns,
  { text, starts }: BlockText,
  row: number,
): LogRecord | null {
  if (text === null) return null;
  const start = starts[row] ?? 0;
  return {
    id: recordId(number, block.firstOrdinal + row),
    atMs: columns.atMs[row] ?? 0,
    origin: view.words.origins[columns.origin[row] ?? 0]?.key ?? '',
    level: levelOfNumber(columns.level[row] ?? 0),
    // A slice of the block's text would keep all of it in memory for as long as the record.
    text: Buffer.from(text.slice(start, start + (columns.units[row] ?? 0))).toString(),
    pattern: view.words.patterns[(columns.pattern[row] ?? 0) - 1] ?? null,
    maskedCount: columns.masked[row] ?? 0,
    cutBytes: columns.cut[row] ?? 0,
  };
}

function overlaps({ fromMs, toMs }: ScanCriteria, { minAtMs, maxAtMs }: { readonly minAtMs: number; readonly maxAtMs: number }): boolean {
  return (fromMs === null || maxAtMs >= fromMs) && (toMs === null || minAtMs <= toMs);
}

function holdsIds({ afterId, beforeId }: ScanCriteria, number: number, firstOrdinal: number, count: number): boolean {
  const firstId = recordId(number, firstOrdinal);
  return (beforeId === null || firstId < beforeId) && (afterId === null || firstId + count - 1 > afterId);
}
