import type { Alert } from '../../src-shared/alerts';
import type { MetricPoint } from '../../src-shared/metrics';
import type { RememberedRun } from '../../src-shared/runs';
import type { Clock } from '../platform/clock';
import { applyRetention, type Batch, readRange, readRecentAlerts, writeBatch } from './history';
import { closeQuietly, openHistory, setAside } from './open-history';
import { readRuns } from './run-rows';
import { type SqliteConnection, SqliteFailure } from './sqlite';
import type { RangeQuery } from './store';

/** Retention runs at most this often, right after a write. */
const retentionEveryMs = 60_000;

/** What opening gave; null detail when all is well. */
export interface KeeperOpening {
  readonly kind: 'file' | 'read-only' | 'unavailable';
  readonly detail: string | null;
  readonly setAsideFile: string | null;
}

/** The history file and what to do when it fails; synchronous, lives in the store's thread. */
export interface HistoryKeeper {
  readonly opening: KeeperOpening;
  /** Null when the batch is kept; else why not. Never throws for what the database says. */
  write(batch: Batch): string | null;
  /** Where the file was put when it turned out damaged in the middle of work; null while that did not happen. */
  readonly setAsideFile: string | null;
  range(query: RangeQuery): readonly MetricPoint[];
  recentAlerts(limit: number): readonly Alert[];
  runs(identity: string): readonly RememberedRun[];
  close(): void;
}

export function openHistoryKeeper(file: string, clock: Clock): HistoryKeeper {
  const opened = openHistory(file, clock.nowMs());
  let connection: SqliteConnection | null = opened.kind === 'open' ? opened.connection : null;
  let setAsideFile = opened.setAsideFile;
  let replaced = false;
  let retainedAtMs = Number.NEGATIVE_INFINITY;

  function write(batch: Batch): string | null {
    if (connection === null) return opened.detail;
    if (opened.kind === 'open' && opened.readOnly) return opened.detail;
    try {
      writeBatch(connection, batch);
      retain(connection);
      return null;
    } catch (error) {
      if (!(error instanceof SqliteFailure)) throw error;
      if (error.corrupt) replaceDamaged();
      return error.message;
    }
  }

  function retain(open: SqliteConnection): void {
    const nowMs = clock.monotonicMs();
    if (nowMs - retainedAtMs < retentionEveryMs) return;
    retainedAtMs = nowMs;
    applyRetention(open, clock.nowMs());
  }

  function read<T>(work: (open: SqliteConnection) => T, nothing: T): T {
    if (connection === null) return nothing;
    try {
      return work(connection);
    } catch (error) {
      if (error instanceof SqliteFailure && error.corrupt) replaceDamaged();
      throw error;
    }
  }

  /** Once: a disk that damages every file it is given would otherwise fill with damaged files. */
  function replaceDamaged(): void {
    if (connection === null) return;
    closeQuietly(connection);
    connection = null;
    if (replaced) return;
    replaced = true;
    setAsideFile = setAside(file, clock.nowMs()) ?? setAsideFile;
    const fresh = openHistory(file, clock.nowMs());
    if (fresh.kind === 'open') connection = fresh.connection;
  }

  return {
    opening: {
      kind: opened.kind === 'unavailable' ? 'unavailable' : opened.readOnly ? 'read-only' : 'file',
      detail: opened.detail,
      setAsideFile,
    },
    write,
    get setAsideFile() {
      return setAsideFile;
    },
    range: (query) => read((open) => readRange(open, query), []),
    recentAlerts: (limit) => read((open) => readRecentAlerts(open, limit), []),
    runs: (identity) => read((open) => readRuns(open, identity), []),
    close() {
      if (connection !== null) closeQuietly(connection);
      connection = null;
    },
  };
}
