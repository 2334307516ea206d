import type { Clock } from '../platform/clock';
import { applyRetention, type Batch, writeBatch } from './history';
import { closeQuietly, lastWrittenAtMs, openHistory, setAside } from './open-history';
import { createRetentionClock } from './retention-clock';
import { type SqliteConnection, SqliteFailure } from './sqlite';
import { type AnswerTo, type InputTo, type QuestionName, questionWays } from './store-questions';

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
  /** Throws SqliteFailure for what the database says. */
  ask<N extends QuestionName>(name: N, input: InputTo<N>): AnswerTo<N>;
  close(): void;
}

export function openHistoryKeeper(file: string, clock: Clock): HistoryKeeper {
  const retentionNowMs = createRetentionClock(clock, lastWrittenAtMs(file));
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
    applyRetention(open, retentionNowMs());
  }

  function ask<N extends QuestionName>(name: N, input: InputTo<N>): AnswerTo<N> {
    const way = questionWays[name];
    if (connection === null) return way.nothing;
    try {
      return way.fromFile(connection, input);
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
    ask,
    close() {
      if (connection !== null) closeQuietly(connection);
      connection = null;
    },
  };
}
