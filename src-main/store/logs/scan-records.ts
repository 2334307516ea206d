import type { LogPage, LogTimeline, NewerRecords } from '../../../src-shared/contract/logs';
import type { LogOrigin, LogRecord } from '../../../src-shared/logs/log-record';
import type { LogLevel } from '../../../src-shared/logs/parsed-line';
import type { LogSearch } from './log-store';
import type { RecordFilter } from './record-filter';
import { runWithin } from './run-within';

/** An expression may take this long before its search is ended, in ms. */
const regexLimitMs = 250;

type OriginOf = (key: string) => LogOrigin | null;

/** Sources of records, by key. */
export function originsOf(records: readonly LogRecord[], originOf: OriginOf): Readonly<Record<string, LogOrigin>> {
  const origins: Record<string, LogOrigin> = {};
  for (const { origin: key } of records) {
    if (Object.hasOwn(origins, key)) continue;
    const origin = originOf(key);
    if (origin !== null) Object.defineProperty(origins, key, { value: origin, enumerable: true, writable: true, configurable: true });
  }
  return origins;
}

/** Runs `work`, ended when it holds an expression that takes too long. */
export function guarded<T>(filter: RecordFilter, work: () => T): { readonly value: T } | null {
  return filter.hasRegex ? runWithin(regexLimitMs, work) : { value: work() };
}

export interface FoundRecords {
  /** Newest first. */
  readonly records: readonly LogRecord[];
  /** There may be older ones among the given records. */
  readonly more: boolean;
  readonly cutShort: LogPage['cutShort'];
}

/** The newest of `records` (oldest first) that a search asks for. */
export function searchRecords(records: readonly LogRecord[], search: LogSearch, filter: RecordFilter): FoundRecords {
  const found: LogRecord[] = [];
  const { beforeId, fromMs, toMs, limit } = search;
  const done = guarded(filter, () => {
    for (let at = records.length - 1; at >= 0; at -= 1) {
      const record = records[at];
      if (record === undefined || (beforeId !== null && record.id >= beforeId)) continue;
      if ((fromMs !== null && record.atMs < fromMs) || (toMs !== null && record.atMs > toMs) || !filter.matches(record)) continue;
      found.push(record);
      if (found.length >= limit) return at > 0;
    }
    return false;
  });
  return { records: found, more: done?.value ?? false, cutShort: done === null ? 'regex-time' : null };
}

/** The newest `limit` of the records after `afterId`, oldest first; `records` oldest first. */
export function newerRecords(
  records: readonly LogRecord[],
  input: { readonly afterId: number; readonly limit: number },
  filter: RecordFilter,
): Pick<NewerRecords, 'records' | 'skippedCount'> {
  const found: LogRecord[] = [];
  let skippedCount = 0;
  guarded(filter, () => {
    for (let at = records.length - 1; at >= 0; at -= 1) {
      const record = records[at];
      if (record === undefined || record.id <= input.afterId) return;
      if (!filter.matches(record)) continue;
      if (found.length < input.limit) found.push(record);
      else skippedCount += 1;
    }
  });
  return { records: found.reverse(), skippedCount };
}

/** Lines of the same source around one, oldest first; nothing when it is not among them. */
export function recordsAround(
  records: readonly LogRecord[],
  input: { readonly id: number; readonly before: number; readonly after: number },
): readonly LogRecord[] {
  const center = records.find((record) => record.id === input.id);
  if (center === undefined) return [];
  const same = records.filter((record) => record.origin === center.origin);
  const at = same.indexOf(center);
  return same.slice(Math.max(0, at - input.before), at + input.after + 1);
}

/** Counts by level in equal stretches of time; the last one ends at `toMs`. */
export interface BucketCounts {
  count(atMs: number, level: LogLevel | null): void;
  timeline(cutShort: LogTimeline['cutShort']): LogTimeline;
}

export function createBucketCounts(input: { readonly fromMs: number; readonly toMs: number; readonly buckets: number }): BucketCounts {
  const bucketMs = Math.max(1, Math.ceil((input.toMs - input.fromMs) / input.buckets));
  const buckets: Partial<Record<LogLevel | 'none', number>>[] = Array.from({ length: input.buckets }, () => ({}));
  return {
    count(atMs, level) {
      if (atMs < input.fromMs || atMs > input.toMs) return;
      const bucket = buckets[Math.min(input.buckets - 1, Math.floor((atMs - input.fromMs) / bucketMs))];
      if (bucket !== undefined) bucket[level ?? 'none'] = (bucket[level ?? 'none'] ?? 0) + 1;
    },
    timeline: (cutShort) => ({ fromMs: input.fromMs, bucketMs, buckets, cutShort }),
  };
}
