import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { migrate, readSchemaVersion } from './migrate';
import { migrations, schemaVersion } from './migrations';
import { openSqlite, type SqliteConnection, SqliteFailure } from './sqlite';

export type OpenedHistory =
  | {
      readonly kind: 'open';
      readonly connection: SqliteConnection;
      /** The medium cannot be written: what is there can be read, nothing can be added. */
      readonly readOnly: boolean;
      /** Why it is read-only; null otherwise. */
      readonly detail: string | null;
      /** Where a damaged file was put. */
      readonly setAsideFile: string | null;
    }
  | { readonly kind: 'unavailable'; readonly detail: string; readonly setAsideFile: string | null };

/**
 * Opens the history file for one process alone, creating or migrating it as needed. A damaged file is put beside with
 * the time in its name and a fresh one made; a file of a newer LogScope, or one another LogScope has open, is left as it is.
 */
export function openHistory(file: string, nowMs: number): OpenedHistory {
  const first = tryOpen(file);
  if (first.kind !== 'corrupt') return { ...first, setAsideFile: null };
  const aside = setAside(file, nowMs);
  if (aside === null) {
    return {
      kind: 'unavailable',
      detail: `The history file ${file} is damaged (${first.detail}) and cannot be moved aside`,
      setAsideFile: null,
    };
  }
  const second = tryOpen(file);
  if (second.kind !== 'corrupt') return { ...second, setAsideFile: aside };
  return {
    kind: 'unavailable',
    detail: `The history file ${file} is damaged right after it was made: ${second.detail}`,
    setAsideFile: aside,
  };
}

type Attempt =
  | Omit<Extract<OpenedHistory, { kind: 'open' }>, 'setAsideFile'>
  | Omit<Extract<OpenedHistory, { kind: 'unavailable' }>, 'setAsideFile'>
  | { readonly kind: 'corrupt'; readonly detail: string };

function tryOpen(file: string): Attempt {
  try {
    createPrivately(file);
    const version = peekSchemaVersion(file);
    if (version > schemaVersion) return newerVersion(file, version);
    const connection = openSqlite(file);
    return prepareOrClose(connection, () => prepareForWriting(connection, file));
  } catch (error) {
    if (!isExpected(error)) throw error;
    if (error instanceof SqliteFailure && error.corrupt) return { kind: 'corrupt', detail: error.message };
    if (codeOf(error).startsWith('SQLITE_BUSY')) {
      return { kind: 'unavailable', detail: `Another LogScope has the history file ${file} open; this one remembers until it ends` };
    }
    return tryOpenReadOnly(file, error.message);
  }
}

function prepareForWriting(connection: SqliteConnection, file: string): Attempt {
  // Before the first access: then no shared-memory file is made, a second LogScope is refused instead of becoming a
  // second writer (SQLite below 3.51.3 can damage a file that two connections checkpoint at once), and kill -9 frees it.
  connection.execute('PRAGMA locking_mode = EXCLUSIVE');
  connection.execute('PRAGMA auto_vacuum = INCREMENTAL');
  connection.rows('PRAGMA journal_mode = WAL');
  connection.execute('PRAGMA synchronous = NORMAL');
  connection.rows('PRAGMA journal_size_limit = 4194304');
  const check = connection.rows('PRAGMA quick_check(1)')[0]?.quick_check;
  if (check !== 'ok') throw new SqliteFailure('SQLITE_CORRUPT', String(check));
  const version = readSchemaVersion(connection);
  if (version > schemaVersion) throw new NewerVersion(newerVersion(file, version).detail);
  migrate(connection, migrations);
  return { kind: 'open', connection, readOnly: false, detail: null };
}

function tryOpenReadOnly(file: string, problem: string): Attempt {
  const refused: Attempt = { kind: 'unavailable', detail: `The history file ${file} cannot be opened: ${problem}` };
  // A log left by a crash is not applied in this mode: the file alone may be half of a change.
  if (!existsSync(file) || existsSync(`${file}-wal`)) return refused;
  try {
    const connection = openSqlite(file, { immutable: true });
    return prepareOrClose(connection, () => {
      if (readSchemaVersion(connection) !== schemaVersion) return refused;
      return { kind: 'open', connection, readOnly: true, detail: `The history file ${file} cannot be written: ${problem}` };
    });
  } catch (error) {
    if (error instanceof SqliteFailure) return refused;
    throw error;
  }
}

/** Closes a connection that did not become a usable one, so that its lock does not stay behind. */
function prepareOrClose(connection: SqliteConnection, prepare: () => Attempt): Attempt {
  let outcome: Attempt | null = null;
  try {
    outcome = prepare();
    return outcome;
  } catch (error) {
    if (error instanceof NewerVersion) return { kind: 'unavailable', detail: error.message };
    throw error;
  } finally {
    if (outcome?.kind !== 'open') closeQuietly(connection);
  }
}

/** The reason for closing is already known; that closing fails too adds nothing. */
export function closeQuietly(connection: SqliteConnection): void {
  try {
    connection.close();
  } catch (error) {
    if (!(error instanceof SqliteFailure)) throw error;
  }
}

class NewerVersion extends Error {}

function newerVersion(file: string, version: number): { readonly kind: 'unavailable'; readonly detail: string } {
  return {
    kind: 'unavailable',
    detail: `The history file ${file} was written by a newer LogScope (schema ${version}, known here: ${schemaVersion}); it is left as it is`,
  };
}

/**
 * By the clock of then; null: it was never written. The file system knows, the newest row does not: one stamped by a clock that ran ahead
 * stays the newest for years.
 */
export function lastWrittenAtMs(file: string): number | null {
  return writtenAtMs(`${file}-wal`) ?? writtenAtMs(file);
}

function writtenAtMs(file: string): number | null {
  try {
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
  } catch (error) {
    if (isFileProblem(error)) return null;
    throw error;
  }
}

/** Host names, commands and alerts are nobody else's business: the file belongs to its user alone. */
function createPrivately(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
}

/** PRAGMA user_version straight from the header (offset 60, big-endian), so that a newer file is not even opened for writing. */
function peekSchemaVersion(file: string): number {
  const descriptor = openSync(file, 'r');
  try {
    const header = Buffer.alloc(64);
    const readBytes = readSync(descriptor, header, 0, header.length, 0);
    return readBytes === header.length && header.toString('latin1', 0, 15) === 'SQLite format 3' ? header.readUInt32BE(60) : 0;
  } finally {
    closeSync(descriptor);
  }
}

/** Moves a damaged file and what belongs to it out of the way; null when that is not possible. */
export function setAside(file: string, nowMs: number): string | null {
  const aside = `${file}.corrupt-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    renameSync(file, aside);
    for (const suffix of ['-wal', '-shm', '-journal']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
    return aside;
  } catch (error) {
    if (isFileProblem(error)) return null;
    throw error;
  }
}

function isExpected(error: unknown): error is Error {
  return error instanceof SqliteFailure || isFileProblem(error);
}

function isFileProblem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

function codeOf(error: Error): string {
  return error instanceof SqliteFailure ? error.code : '';
}
