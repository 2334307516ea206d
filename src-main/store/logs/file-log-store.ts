import type { LogPage } from '../../../src-shared/contract/logs';
import type { LogOrigin, LogRecord } from '../../../src-shared/logs/log-record';
import { createRetentionClock } from '../retention-clock';
import { SqliteFailure } from '../sqlite';
import { addTimelines } from './add-timelines';
import type { Catalog } from './catalog';
import type { AppendOutcome, LogAppend, LogRetention, LogStore } from './log-store';
import { originFromKey } from './parse-origin';
import { isFileProblem } from './read-bytes';
import { createRecordFilter } from './record-filter';
import { createRecordTail, type RecordTail } from './record-tail';
import { retainStep } from './retain-segments';
import { createBucketCounts, guarded, newerRecords, originsOf, recordsAround, searchRecords } from './scan-records';
import type { SearchClient } from './search-client';
import { recordId, type Segment } from './segment';
import { isFull, type SegmentKeeper } from './segment-keeper';
import { storageOf } from './storage-of';

export interface FileLogStoreParts {
  readonly directory: string;
  /** Null: nothing can be written; what comes is remembered in memory. */
  readonly catalog: Catalog | null;
  readonly makeKeeper: ((originOf: (key: string) => LogOrigin) => SegmentKeeper) | null;
  /** What is there when nothing can be written. */
  readonly segments: readonly Segment[];
  readonly positions: ReadonlyMap<string, string>;
  readonly notes: ReadonlyMap<string, string>;
  readonly origins: readonly LogOrigin[];
  readonly client: SearchClient;
  readonly kind: 'file' | 'read-only';
  readonly detail: string | null;
  readonly lostCount: number;
  readonly nextNumber: number;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
}

/** Besides files, the newest entries are at hand; without them, all that fits. */
const cacheLimits = { records: 4_000, textUnits: 2 * 1024 * 1024 };
const memoryLimits = { records: 50_000, textUnits: 16 * 1024 * 1024 };

/** Entries in segment files. Goes on in memory when the files fail for another reason than space. */
export function createFileLogStore(parts: FileLogStoreParts): LogStore {
  const { client, directory, nowMs, monotonicMs } = parts;
  const retentionNowMs = createRetentionClock({ nowMs, monotonicMs }, parts.segments.at(-1)?.lastStoredAtMs ?? null);
  const origins = new Map(parts.origins.map((origin) => [origin.key, origin]));
  const positions = new Map(parts.positions);
  const notes = new Map(parts.notes);
  const described = new Set<string>();
  let changedOrigins = new Map<string, LogOrigin>();
  let originsVersion = 0;
  let keeper: SegmentKeeper | null = null;
  let failure: string | null = null;
  let fullDetail: string | null = null;
  let expiredCount = 0;
  let closed = false;
  let retaining: LogRetention | null = null;

  keeper = parts.makeKeeper?.((key) => origins.get(key) ?? originFromKey(key)) ?? null;
  let lastId = keeper?.lastId ?? recordId(parts.nextNumber, 0) - 1;
  /** Everything up to this is in files, everything after it only in memory. */
  let filedId = lastId;
  let tail: RecordTail = createRecordTail(keeper === null ? memoryLimits : cacheLimits, lastId);

  const originOf = (key: string): LogOrigin | null => origins.get(key) ?? null;
  const segments = (): readonly Segment[] => keeper?.segments() ?? heldSegments;
  let heldSegments = parts.segments;
  const scope = () => ({ segments: segments(), origins, originsVersion });

  /** The files are given up for this run: what is in them stays to be read. */
  function failOver(error: Error): void {
    failure = `Log lines are kept in memory only: ${error.message}`;
    heldSegments = segments();
    void keeper?.close();
    keeper = null;
    const memory = createRecordTail(memoryLimits, filedId);
    memory.push(tail.records().filter((record) => record.id > filedId));
    tail = memory;
  }

  function remember(batch: LogAppend, firstId: number): void {
    const count = tail.take(batch, firstId);
    lastId = Math.max(lastId, firstId + count - 1);
    for (const [key, position] of batch.positions) {
      if (position === null) positions.delete(key);
      else positions.set(key, position);
    }
    for (const { origin } of batch.records) if (!origins.has(origin)) learn(originFromKey(origin));
    for (const [, { origin }] of batch.runs ?? []) if (!origins.has(origin)) learn(originFromKey(origin));
  }

  function learn(origin: LogOrigin): void {
    origins.set(origin.key, origin);
    changedOrigins.set(origin.key, origin);
    originsVersion += 1;
  }

  function append(batch: LogAppend): AppendOutcome {
    if (closed) return { kind: 'lost', detail: 'The log store is closed' };
    if (keeper !== null) {
      try {
        const firstId = keeper.append(batch);
        remember(batch, firstId);
        filedId = lastId;
        fullDetail = null;
        saveOrigins();
        return { kind: 'kept', firstId };
      } catch (error) {
        if (!(error instanceof SqliteFailure) && !isFileProblem(error)) throw error;
        if (isFull(error)) {
          fullDetail = `The disk is full: ${error.message}`;
          return { kind: 'full', detail: fullDetail };
        }
        failOver(error);
      }
    }
    const firstId = lastId + 1;
    remember(batch, firstId);
    return { kind: 'kept', firstId };
  }

  /** Beside the records: a segment names its sources by itself, so that one lost here costs only its newest name. */
  function saveOrigins(): void {
    if (changedOrigins.size === 0 || keeper === null || parts.catalog === null) return;
    const changed = [...changedOrigins.values()];
    changedOrigins = new Map();
    if (!saved(() => parts.catalog?.change({ origins: changed }))) for (const origin of changed) changedOrigins.set(origin.key, origin);
  }

  function saved(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof SqliteFailure) && !isFileProblem(error)) throw error;
      if (isFull(error)) fullDetail = `The disk is full: ${error.message}`;
      else failOver(error);
      return false;
    }
  }

  const search: LogStore['search'] = async (input) => {
    const startedAtMs = monotonicMs();
    const filter = createRecordFilter(input.query, originOf);
    // An expression is not run here over what the thread can look at.
    const near = filter.hasRegex ? memoryOnly() : tail.records();
    const nearestId = filter.hasRegex ? filedId : tail.completeAfterId;
    const newest = searchRecords(near, input, filter);
    const page = (records: readonly LogRecord[], nextBeforeId: number | null, cutShort: LogPage['cutShort']): LogPage => ({
      records,
      origins: originsOf(records, originOf),
      nextBeforeId,
      cutShort,
      tookMs: monotonicMs() - startedAtMs,
    });
    if (newest.cutShort !== null) return page(newest.records, null, newest.cutShort);
    const limit = input.limit - newest.records.length;
    if (limit === 0) return page(newest.records, newest.records.at(-1)?.id ?? null, null);
    const beforeId = Math.min(input.beforeId ?? Number.POSITIVE_INFINITY, Math.min(nearestId, filedId) + 1);
    const asked = await client.ask({ kind: 'search', search: { ...input, beforeId, limit } }, scope());
    if (asked?.kind !== 'search') return page(newest.records, beforeId, 'time');
    return page([...newest.records, ...asked.answer.records], asked.answer.nextBeforeId, asked.answer.cutShort);
  };

  function memoryOnly(): readonly LogRecord[] {
    return lastId === filedId ? [] : tail.records().filter((record) => record.id > filedId);
  }

  const newer: LogStore['newer'] = async ({ query, afterId, limit }) => {
    if (afterId === null || afterId >= lastId) return { records: [], origins: {}, lastId, skippedCount: 0 };
    const toId = lastId;
    const filter = createRecordFilter(query, originOf);
    const nearestId = filter.hasRegex ? filedId : Math.max(afterId, tail.completeAfterId);
    const newest = newerRecords(filter.hasRegex ? memoryOnly() : tail.records(), { afterId: nearestId, limit }, filter);
    let { records, skippedCount } = newest;
    if (afterId < Math.min(nearestId, filedId)) {
      const beforeId = Math.min(nearestId, filedId) + 1;
      const asked = await client.ask({ kind: 'between', query, afterId, beforeId, limit: limit - records.length }, scope());
      if (asked?.kind === 'between') {
        records = [...asked.answer.records, ...records];
        skippedCount += asked.answer.skippedCount;
      }
    }
    return { records, origins: originsOf(records, originOf), lastId: toId, skippedCount };
  };

  const around: LogStore['around'] = async (input) => {
    const startedAtMs = monotonicMs();
    const asked = input.id > filedId ? null : await client.ask({ kind: 'around', ...input }, scope());
    const answer = asked?.kind === 'around' ? asked.answer : null;
    const records = input.id > filedId ? recordsAround(memoryOnly(), input) : (answer?.records ?? []);
    return {
      records,
      origins: originsOf(records, originOf),
      nextBeforeId: null,
      cutShort: answer?.cutShort ?? null,
      tookMs: monotonicMs() - startedAtMs,
    };
  };

  const timeline: LogStore['timeline'] = async (input) => {
    const filter = createRecordFilter(input.query, originOf);
    const counts = createBucketCounts(input);
    const done = guarded(filter, () => {
      for (const record of memoryOnly()) if (filter.matches(record)) counts.count(record.atMs, record.level);
    });
    const near = counts.timeline(done === null ? 'regex-time' : null);
    const asked = await client.ask({ kind: 'timeline', ...input }, scope());
    return asked?.kind === 'timeline' ? addTimelines(asked.answer, near) : { ...near, cutShort: 'time' };
  };

  function retain(limits: LogRetention): void {
    const running = retaining !== null;
    retaining = limits;
    if (!running) retainNow();
  }

  function retainNow(): void {
    const current = keeper;
    if (retaining === null || current === null || closed) {
      retaining = null;
      return;
    }
    const limits = retaining;
    let more = false;
    const worked = saved(() => {
      const step = retainStep(directory, current, limits, retentionNowMs());
      expiredCount += step.expiredCount;
      more = step.more;
    });
    if (worked && more) {
      setImmediate(retainNow);
      return;
    }
    retaining = null;
    saved(() => forgetOrigins(current));
    void current.seal();
  }

  function forgetOrigins(current: SegmentKeeper): void {
    const needed = current.neededOrigins();
    const unneeded = [...origins.keys()].filter((key) => !needed.has(key) && !described.has(key));
    if (unneeded.length === 0) return;
    parts.catalog?.change({ forgottenOrigins: unneeded });
    for (const key of unneeded) origins.delete(key);
    originsVersion += 1;
  }

  return {
    describe(origin) {
      described.add(origin.key);
      const known = origins.get(origin.key);
      if (known?.name === origin.name && known.kind === origin.kind && known.sourceKind === origin.sourceKind) return;
      learn(origin);
    },
    append,
    positions: () => positions,
    search,
    newer,
    around,
    timeline,
    note(key, text) {
      if (keeper !== null && !saved(() => parts.catalog?.change({ notes: [[key, text]] })) && keeper !== null) return;
      if (text === null) notes.delete(key);
      else notes.set(key, text);
    },
    notes: () => notes,
    retain,
    storage() {
      const damagedCount = client.damagedCount;
      const details = [parts.detail, failure, fullDetail, keeper?.sealProblem ?? null, damagedDetail(damagedCount)];
      return storageOf(segments(), memoryOnly(), {
        kind: failure === null ? parts.kind : 'memory',
        detail: details.filter((detail) => detail !== null).join('; ') || null,
        droppedCount:
          parts.lostCount + (keeper?.damagedCount ?? 0) + (lastId === filedId ? 0 : Math.max(0, tail.completeAfterId - filedId)),
        expiredCount,
      });
    },
    async close() {
      if (closed) return;
      saveOrigins();
      closed = true;
      await client.close();
      await keeper?.close();
      try {
        parts.catalog?.close();
      } catch (error) {
        // The reason is that nothing can be written: that is known.
        if (!(error instanceof SqliteFailure)) throw error;
      }
    },
  };
}

function damagedDetail(count: number): string | null {
  return count === 0 ? null : `${count} damaged parts of old segments were left out`;
}
