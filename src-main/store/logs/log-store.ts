import type { LogPage, LogStorage, LogTimeline, NewerRecords } from '../../../src-shared/contract/logs';
import type { LogQuery } from '../../../src-shared/logs/log-query';
import type { LogOrigin, LogRecord } from '../../../src-shared/logs/log-record';
import type { LogLevel } from '../../../src-shared/logs/parsed-line';

/** An entry on its way into the store. */
export type NewLogRecord = Omit<LogRecord, 'id'>;

/** Entries of one source that follow each other, a line each, without an object for each: nothing in them was masked or cut. */
export interface RecordRun {
  readonly origin: string;
  /** ASCII; behind each line stands a newline. */
  readonly text: Uint8Array;
  /** Where each line ends in `text`. */
  readonly ends: Uint32Array;
  readonly atMs: Float64Array;
  /** Of each line, by index. */
  readonly kinds: Uint16Array;
  readonly kindList: readonly RunKind[];
}

export interface RunKind {
  readonly level: LogLevel | null;
  readonly pattern: string | null;
}

/** A run and how many of the records of its append stand before it. */
export type PlacedRun = readonly [before: number, run: RecordRun];

/** Entries and how far their sources were read with them: kept together or not at all. */
export interface LogAppend {
  readonly records: readonly NewLogRecord[];
  /** Further entries, in runs between the records. */
  readonly runs?: readonly PlacedRun[];
  /** By source key, in the words of the reader of that source (JSON); null: forgotten. */
  readonly positions: readonly (readonly [key: string, position: string | null])[];
}

/** `full`: the disk is, nothing of the batch was kept and it may be tried again. `lost`: the store cannot write at all, the entries are counted. */
export type AppendOutcome =
  | { readonly kind: 'kept'; readonly firstId: number }
  | { readonly kind: 'full' | 'lost'; readonly detail: string };

export interface LogSearch {
  readonly query: LogQuery;
  readonly beforeId: number | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly limit: number;
}

export interface LogRetention {
  readonly days: number;
  readonly maxBytes: number;
  /** Old days are kept as compressed files, which the search still opens, instead of being deleted. */
  readonly archive: boolean;
}

/**
 * Entries of all logs in `<data>/log-store`, in the store's thread. Writing is synchronous and exact: after a crash at any point the entries and
 * the positions are those of the same append. Searching runs beside it, in a thread that can be ended.
 */
export interface LogStore {
  /** Names the source of records to come; said again when something about it changes. */
  describe(origin: LogOrigin): void;
  append(batch: LogAppend): AppendOutcome;
  /** As of the last append that was kept. */
  positions(): ReadonlyMap<string, string>;
  search(search: LogSearch): Promise<LogPage>;
  /** At once; null `afterId`: only the id to go on from. */
  newer(input: { readonly query: LogQuery; readonly afterId: number | null; readonly limit: number }): Promise<NewerRecords>;
  around(input: { readonly id: number; readonly before: number; readonly after: number }): Promise<LogPage>;
  timeline(input: {
    readonly query: LogQuery;
    readonly fromMs: number;
    readonly toMs: number;
    readonly buckets: number;
  }): Promise<LogTimeline>;
  /** Small texts beside the records (marks of patterns, the miner's state), kept with the same care. */
  note(key: string, text: string | null): void;
  notes(): ReadonlyMap<string, string>;
  /** Takes away what is too old or too much; in small steps, between appends. */
  retain(limits: LogRetention): void;
  storage(): LogStorage;
  /** Commits, ends the search thread, lets go of the files. */
  close(): Promise<void>;
}
