import type { LogPage, LogTimeline, NewerRecords } from '../../../src-shared/contract/logs';
import type { LogQuery } from '../../../src-shared/logs/log-query';
import type { LogOrigin, LogRecord } from '../../../src-shared/logs/log-record';
import type { LogSearch } from './log-store';
import { createRecordFilter, type RecordFilter } from './record-filter';
import { createBucketCounts } from './scan-records';
import { type Scan, type ScanCriteria, type ScanEnd, type ScannedRow, scanSegments } from './scan-segments';
import { type Segment, segmentOfId } from './segment';
import type { SegmentShelf } from './segment-shelf';

/** Where questions are answered from: the catalog as it was when they were asked. */
export interface QuestionScope {
  readonly shelf: SegmentShelf;
  readonly segments: readonly Segment[];
  readonly originOf: (key: string) => LogOrigin | null;
}

export type LogQuestion =
  | { readonly kind: 'search'; readonly search: LogSearch }
  /** The newest `limit` between the ids, and how many more fit. */
  | {
      readonly kind: 'between';
      readonly query: LogQuery;
      readonly afterId: number;
      readonly beforeId: number | null;
      readonly limit: number;
    }
  | { readonly kind: 'around'; readonly id: number; readonly before: number; readonly after: number }
  | { readonly kind: 'timeline'; readonly query: LogQuery; readonly fromMs: number; readonly toMs: number; readonly buckets: number };

interface LogAnswers {
  readonly search: Pick<LogPage, 'records' | 'cutShort' | 'nextBeforeId'>;
  readonly between: Pick<NewerRecords, 'records' | 'skippedCount'>;
  readonly around: Pick<LogPage, 'records' | 'cutShort'>;
  readonly timeline: LogTimeline;
}

export type LogAnswer = { [K in LogQuestion['kind']]: { readonly kind: K; readonly answer: LogAnswers[K] } }[LogQuestion['kind']];

const everything: Omit<ScanCriteria, 'filter'> = { afterId: null, beforeId: null, fromMs: null, toMs: null, oldestFirst: false };

export function* answerQuestion(scope: QuestionScope, question: LogQuestion): Scan<LogAnswer> {
  switch (question.kind) {
    case 'search':
      return { kind: 'search', answer: yield* search(scope, question.search) };
    case 'between':
      return { kind: 'between', answer: yield* between(scope, question) };
    case 'around':
      return { kind: 'around', answer: yield* around(scope, question) };
    case 'timeline':
      return { kind: 'timeline', answer: yield* timeline(scope, question) };
  }
}

function* search(scope: QuestionScope, { query, limit, ...bounds }: LogSearch): Scan<LogAnswers['search']> {
  const records: LogRecord[] = [];
  const criteria = { ...everything, ...bounds, filter: createRecordFilter(query, scope.originOf) };
  const end = yield* scanSegments(scope.shelf, scope.segments, criteria, (row) => put(records, row) < limit);
  const nextBeforeId = 'reachedId' in end ? end.reachedId : end.kind === 'stopped' ? (records.at(-1)?.id ?? null) : null;
  return { records, nextBeforeId, cutShort: cutShortBy(end) };
}

function* between(scope: QuestionScope, input: Extract<LogQuestion, { kind: 'between' }>): Scan<LogAnswers['between']> {
  const { afterId, beforeId, limit } = input;
  const records: LogRecord[] = [];
  let skippedCount = 0;
  const criteria = { ...everything, afterId, beforeId, filter: createRecordFilter(input.query, scope.originOf) };
  yield* scanSegments(scope.shelf, scope.segments, criteria, (row) => {
    if (records.length < limit) put(records, row);
    else skippedCount += 1;
    return true;
  });
  return { records: records.reverse(), skippedCount };
}

function* around(scope: QuestionScope, input: Extract<LogQuestion, { kind: 'around' }>): Scan<LogAnswers['around']> {
  const { id } = input;
  const anything = createRecordFilter({ terms: [] }, scope.originOf);
  const found: LogRecord[] = [];
  const own = scope.segments.filter((segment) => segment.number === segmentOfId(id));
  yield* scanSegments(scope.shelf, own, { ...everything, filter: anything, afterId: id - 1, beforeId: id + 1 }, (row) => {
    put(found, row);
    return true;
  });
  const [center] = found;
  if (center === undefined) return { records: [], cutShort: null };
  const filter: RecordFilter = { ...anything, admitsOrigin: (key) => key === center.origin };
  const earlier = yield* take(scope, { ...everything, filter, beforeId: id }, input.before);
  const later = yield* take(scope, { ...everything, filter, afterId: id, oldestFirst: true }, input.after);
  return { records: [...[...earlier.records].reverse(), center, ...later.records], cutShort: earlier.cutShort ?? later.cutShort };
}

function* take(scope: QuestionScope, criteria: ScanCriteria, limit: number): Scan<LogAnswers['around']> {
  const records: LogRecord[] = [];
  if (limit === 0) return { records, cutShort: null };
  const end = yield* scanSegments(scope.shelf, scope.segments, criteria, (row) => put(records, row) < limit);
  return { records, cutShort: cutShortBy(end) };
}

function* timeline(scope: QuestionScope, input: Extract<LogQuestion, { kind: 'timeline' }>): Scan<LogTimeline> {
  const counts = createBucketCounts(input);
  const { fromMs, toMs } = input;
  const criteria = { ...everything, fromMs, toMs, filter: createRecordFilter(input.query, scope.originOf) };
  const end = yield* scanSegments(scope.shelf, scope.segments, criteria, (row) => {
    counts.count(row.atMs, row.level);
    return true;
  });
  return counts.timeline(cutShortBy(end));
}

/** Gives how many there are now. */
function put(records: LogRecord[], row: ScannedRow): number {
  const record = row.record();
  if (record !== null) records.push(record);
  return records.length;
}

function cutShortBy(end: ScanEnd): LogPage['cutShort'] {
  return end.kind === 'time' || end.kind === 'regex-time' ? end.kind : null;
}
