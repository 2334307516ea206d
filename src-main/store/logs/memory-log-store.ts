import type { LogOrigin, LogRecord } from '../../../src-shared/logs/log-record';
import type { AppendOutcome, LogStore } from './log-store';
import { createRecordFilter } from './record-filter';
import { allRecords } from './record-run';
import { asKept, createRecordTail } from './record-tail';
import { createBucketCounts, guarded, newerRecords, originsOf, recordsAround, searchRecords } from './scan-records';

export interface MemoryLogStoreOptions {
  /** Why nothing is kept in a file; null: as intended. */
  readonly detail?: string | null;
  readonly kind?: 'memory' | 'read-only';
  readonly maxRecords?: number;
  readonly maxTextBytes?: number;
  readonly nowMs?: () => number;
}

/** Entries in memory: bounded, the oldest make room and count as dropped. The same answers as the store in files gives. */
export function createMemoryLogStore(options: MemoryLogStoreOptions = {}): LogStore {
  const origins = new Map<string, LogOrigin>();
  const positions = new Map<string, string>();
  const notes = new Map<string, string>();
  // A unit of a string takes one byte or two.
  const tail = createRecordTail({ records: options.maxRecords ?? 50_000, textUnits: (options.maxTextBytes ?? 32 * 1024 * 1024) / 2 }, 0);
  let lastId = 0;
  let expiredCount = 0;
  let ageLimitMs = Number.NEGATIVE_INFINITY;

  const originOf = (key: string): LogOrigin | null => origins.get(key) ?? null;

  function kept(): readonly LogRecord[] {
    const records = tail.records();
    return ageLimitMs === Number.NEGATIVE_INFINITY ? records : records.filter((record) => record.atMs >= ageLimitMs);
  }

  function append(batch: Parameters<LogStore['append']>[0]): AppendOutcome {
    const firstId = lastId + 1;
    const records = allRecords(batch.records, batch.runs);
    tail.push(records.map((record, index) => asKept(record, firstId + index)));
    lastId += records.length;
    for (const [key, position] of batch.positions) {
      if (position === null) positions.delete(key);
      else positions.set(key, position);
    }
    return { kind: 'kept', firstId };
  }

  return {
    describe: (origin) => void origins.set(origin.key, origin),
    append,
    positions: () => positions,
    async search(search) {
      const startedAtMs = performance.now();
      const found = searchRecords(kept(), search, createRecordFilter(search.query, originOf));
      return {
        records: found.records,
        origins: originsOf(found.records, originOf),
        nextBeforeId: found.more ? (found.records.at(-1)?.id ?? null) : null,
        cutShort: found.cutShort,
        tookMs: performance.now() - startedAtMs,
      };
    },
    async newer({ query, afterId, limit }) {
      if (afterId === null) return { records: [], origins: {}, lastId, skippedCount: 0 };
      const found = newerRecords(tail.records(), { afterId, limit }, createRecordFilter(query, originOf));
      return { ...found, origins: originsOf(found.records, originOf), lastId };
    },
    async around(input) {
      const startedAtMs = performance.now();
      const records = recordsAround(kept(), input);
      return {
        records,
        origins: originsOf(records, originOf),
        nextBeforeId: null,
        cutShort: null,
        tookMs: performance.now() - startedAtMs,
      };
    },
    async timeline(input) {
      const counts = createBucketCounts(input);
      const filter = createRecordFilter(input.query, originOf);
      const done = guarded(filter, () => {
        for (const record of kept()) if (filter.matches(record)) counts.count(record.atMs, record.level);
      });
      return counts.timeline(done === null ? 'regex-time' : null);
    },
    note(key, text) {
      if (text === null) notes.delete(key);
      else notes.set(key, text);
    },
    notes: () => notes,
    retain({ days }) {
      const before = kept().length;
      ageLimitMs = (options.nowMs ?? Date.now)() - days * 86_400_000;
      expiredCount += before - kept().length;
    },
    storage() {
      const records = kept();
      const times = timesOf(records);
      return {
        kind: options.kind ?? 'memory',
        detail: options.detail ?? null,
        recordCount: records.length,
        textBytes: tail.textUnits,
        diskBytes: 0,
        archivedBytes: 0,
        ...times,
        droppedCount: tail.fallenOutCount,
        expiredCount,
      };
    },
    async close() {},
  };
}

function timesOf(records: readonly LogRecord[]): { readonly oldestAtMs: number | null; readonly newestAtMs: number | null } {
  let oldestAtMs: number | null = null;
  let newestAtMs: number | null = null;
  for (const { atMs } of records) {
    if (oldestAtMs === null || atMs < oldestAtMs) oldestAtMs = atMs;
    if (newestAtMs === null || atMs > newestAtMs) newestAtMs = atMs;
  }
  return { oldestAtMs, newestAtMs };
}
