import { z } from 'zod';
import type { LogOrigin, LogRecord } from '../logs/log-record';
import type { LogLevel } from '../logs/parsed-line';
import { request } from './request';

const query = z.string().max(2_000);
const recordId = z.number().int().min(0);
const timeMs = z.number().int();
const limit = z.number().int().min(1).max(1_000);

/** Longest stretch a timeline is cut into. */
export const maxTimelineBuckets = 240;

/**
 * Kept lines of every source. `query` is what a person types (see log-query.ts); a query that makes no sense is refused with `bad-input`
 * and the place. Texts are masked before they are kept: none of these can bring back a secret.
 */
export const logRequests = {
  /** Newest first. Older pages by `beforeId` = `nextBeforeId` of the page before. */
  'logs.search': request<LogPage>()(
    z.object({ query, beforeId: recordId.nullable(), fromMs: timeMs.nullable(), toMs: timeMs.nullable(), limit }).strict(),
  ),
  /** What came after `afterId` (null: from now on), oldest first; answers as soon as there is something, or with nothing after 10 s. */
  'logs.newer': request<NewerRecords>()(z.object({ query, afterId: recordId.nullable(), limit }).strict()),
  /** The lines of the same source around one, oldest first. */
  'logs.around': request<LogPage>()(
    z.object({ id: recordId, before: z.number().int().min(0).max(500), after: z.number().int().min(0).max(500) }).strict(),
  ),
  /** Counts by level over equal stretches of time, oldest first. */
  'logs.timeline': request<LogTimeline>()(
    z.object({ query, fromMs: timeMs, toMs: timeMs, buckets: z.number().int().min(1).max(maxTimelineBuckets) }).strict(),
  ),
  /** Pinned first, then those that are new, then by count. */
  'logs.patterns': request<LogPatterns>()(z.object({ limit: z.number().int().min(1).max(2_000) }).strict()),
  /** A muted pattern is kept but neither warned about nor among the newest errors. Null takes the mark away. */
  'logs.mark-pattern': request<{ readonly marked: boolean }>()(
    z.object({ pattern: z.string().max(64), mark: z.enum(['muted', 'pinned']).nullable() }).strict(),
  ),
  /** Opens a place that an entry of `origin` names in the person's editor; a path of a container through its bind mounts. */
  'logs.open-frame': request<OpenedFrame>()(
    z
      .object({
        path: z.string().min(1).max(1_024),
        line: z.number().int().min(1).max(9_999_999),
        column: z.number().int().min(1).max(9_999_999).nullable(),
        origin: z.string().min(1).max(5_000),
      })
      .strict(),
    { destructive: true },
  ),
  'logs.storage': request<LogStorage>()(z.undefined().or(z.null()).or(z.object({}).strict())),
} as const;

export interface LogPage {
  readonly records: readonly LogRecord[];
  /** Of the records, by key. */
  readonly origins: Readonly<Record<string, LogOrigin>>;
  /** Null: there is nothing older. */
  readonly nextBeforeId: number | null;
  /** The search was ended before everything was looked at (time, an expression that takes too long); null: it was not. */
  readonly cutShort: 'time' | 'regex-time' | null;
  readonly tookMs: number;
}

export interface NewerRecords {
  readonly records: readonly LogRecord[];
  readonly origins: Readonly<Record<string, LogOrigin>>;
  /** To ask with next. */
  readonly lastId: number;
  /** Records between that fit the query but not the limit. */
  readonly skippedCount: number;
}

export interface LogTimeline {
  readonly fromMs: number;
  readonly bucketMs: number;
  readonly buckets: readonly Readonly<Partial<Record<LogLevel | 'none', number>>>[];
  readonly cutShort: 'time' | 'regex-time' | null;
}

/** Lines that say the same with other values. Template and example are hostile text, masked. */
export interface LogPatternSummary {
  readonly id: string;
  /** `<*>` or a typed mask such as `<ip>` where the lines differ. */
  readonly template: string;
  readonly example: string;
  /** The worst seen. */
  readonly level: LogLevel | null;
  /** Since it was first seen. */
  readonly count: number;
  /** Lines in each of the last 60 minutes, oldest first. */
  readonly perMinute: readonly number[];
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  /** The first few that wrote it; `otherSourceCount` more are not named. */
  readonly origins: readonly LogOrigin[];
  readonly otherSourceCount: number;
  /** What happened shortly before it was first seen and may be why; null: it is not new, or nothing did. */
  readonly newSince: NewSince | null;
  readonly mark: 'muted' | 'pinned' | null;
}

export interface NewSince {
  /** `start`: LogScope itself began to watch: nothing older is known. */
  readonly kind: 'restart' | 'deploy' | 'checkout' | 'start';
  readonly atMs: number;
  /** What restarted, was deployed or checked out: container, unit, or branch; hostile text. */
  readonly name: string;
}

export interface LogPatterns {
  readonly patterns: readonly LogPatternSummary[];
  readonly totalCount: number;
  /** Forgotten because there were too many, the longest unseen first. */
  readonly forgottenCount: number;
}

/** What came of opening a place in a source file. */
export interface OpenedFrame {
  /**
   * `no-file`: this machine has no such source file, or it is only in the container; `no-editor`: none is known here, or there is no
   * display to show it on.
   */
  readonly outcome: 'opened' | 'no-editor' | 'no-file' | 'failed';
  /** What the editor said when it failed, English; null: nothing to add. */
  readonly detail: string | null;
  /** Path on this machine that was opened or looked for; null: it has none. */
  readonly path: string | null;
}

/** What the log store holds and costs. */
export interface LogStorage {
  readonly kind: 'file' | 'read-only' | 'memory';
  /** Why it is not `file`, or what keeps it from writing, one sentence; null: nothing. */
  readonly detail: string | null;
  readonly recordCount: number;
  readonly textBytes: number;
  readonly diskBytes: number;
  readonly archivedBytes: number;
  readonly oldestAtMs: number | null;
  readonly newestAtMs: number | null;
  /** Entries that could not be kept since the start (disk full, damaged file). */
  readonly droppedCount: number;
  /** Taken away by age or size since the start. */
  readonly expiredCount: number;
}
