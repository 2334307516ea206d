import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { readSchemaVersion } from '../migrate';
import { closeQuietly, setAside } from '../open-history';
import { openSqlite, type SqliteConnection, SqliteFailure } from '../sqlite';
import { isFileProblem, readStart } from './read-bytes';

/** Raised with every change of the tables or of the segment files. */
const logSchemaVersion = 1;

const schema = `
CREATE TABLE segments (
  number INTEGER PRIMARY KEY,
  form TEXT NOT NULL,
  archive_name TEXT,
  text_bytes INTEGER NOT NULL,
  marks_bytes INTEGER NOT NULL,
  record_count INTEGER NOT NULL,
  min_at_ms INTEGER,
  max_at_ms INTEGER,
  first_stored_at_ms INTEGER NOT NULL,
  last_stored_at_ms INTEGER NOT NULL,
  disk_bytes INTEGER NOT NULL,
  origin_keys TEXT NOT NULL
);
CREATE TABLE positions (key TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE origins (key TEXT PRIMARY KEY, origin TEXT NOT NULL) WITHOUT ROWID;
`;

export type OpenedCatalog =
  | {
      readonly kind: 'open';
      readonly connection: SqliteConnection;
      readonly readOnly: boolean;
      /** Why it is read-only; null otherwise. */
      readonly detail: string | null;
      /** The tables were made just now: segments that are there are not in them. */
      readonly fresh: boolean;
      readonly setAsideFile: string | null;
    }
  | { readonly kind: 'unavailable'; readonly detail: string };

/**
 * Opens the catalog of the logs for one process alone, as open-history does the history: a damaged one is put beside and a fresh one
 * made; one of a newer LogScope, or one another LogScope has open, is left as it is.
 */
export function openCatalog(file: string, nowMs: number): OpenedCatalog {
  const first = tryOpen(file);
  if (first.kind !== 'corrupt') return first;
  const setAsideFile = setAside(file, nowMs);
  if (setAsideFile === null)
    return { kind: 'unavailable', detail: `The log index ${file} is damaged (${first.detail}) and cannot be moved aside` };
  const second = tryOpen(file);
  if (second.kind === 'corrupt')
    return { kind: 'unavailable', detail: `The log index ${file} is damaged right after it was made: ${second.detail}` };
  return second.kind === 'open' ? { ...second, setAsideFile } : second;
}

type Attempt = OpenedCatalog | { readonly kind: 'corrupt'; readonly detail: string };

function tryOpen(file: string): Attempt {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    const version = peekSchemaVersion(file);
    if (version > logSchemaVersion) return newerVersion(file, version);
    const connection = openSqlite(file);
    return prepareOrClose(connection, () => prepareForWriting(connection, file));
  } catch (error) {
    if (error instanceof SqliteFailure && error.corrupt) return { kind: 'corrupt', detail: error.message };
    if (error instanceof SqliteFailure && error.code.startsWith('SQLITE_BUSY'))
      return { kind: 'unavailable', detail: `Another LogScope has the log index ${file} open; this one remembers until it ends` };
    // Where the index should be is something else: nothing of a store can be read either.
    if (isFileProblem(error) && error.code === 'EISDIR') return { kind: 'corrupt', detail: error.message };
    if (error instanceof SqliteFailure || isFileProblem(error)) return tryOpenReadOnly(file, error.message);
    throw error;
  }
}

function prepareForWriting(connection: SqliteConnection, file: string): Attempt {
  // Before the first access, see open-history.
  connection.execute('PRAGMA locking_mode = EXCLUSIVE');
  connection.rows('PRAGMA journal_mode = WAL');
  connection.execute('PRAGMA synchronous = NORMAL');
  connection.rows('PRAGMA journal_size_limit = 4194304');
  const check = connection.rows('PRAGMA quick_check(1)')[0]?.quick_check;
  if (check !== 'ok') throw new SqliteFailure('SQLITE_CORRUPT', String(check));
  const version = readSchemaVersion(connection);
  if (version > logSchemaVersion) return newerVersion(file, version);
  if (version === 0)
    connection.transaction(() => {
      connection.execute(schema);
      connection.execute(`PRAGMA user_version = ${logSchemaVersion}`);
    });
  return { kind: 'open', connection, readOnly: false, detail: null, fresh: version === 0, setAsideFile: null };
}

function tryOpenReadOnly(file: string, problem: string): Attempt {
  const refused: Attempt = { kind: 'unavailable', detail: `The log index ${file} cannot be opened: ${problem}` };
  // A log left by a crash is not applied in this mode: the file alone may be half of a change.
  if (!existsSync(file) || existsSync(`${file}-wal`)) return refused;
  try {
    const connection = openSqlite(file, { immutable: true });
    return prepareOrClose(connection, () => {
      if (readSchemaVersion(connection) !== logSchemaVersion) return refused;
      const detail = `The log index ${file} cannot be written: ${problem}`;
      return { kind: 'open', connection, readOnly: true, detail, fresh: false, setAsideFile: null };
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
  } finally {
    if (outcome?.kind !== 'open') closeQuietly(connection);
  }
}

function newerVersion(file: string, version: number): { readonly kind: 'unavailable'; readonly detail: string } {
  return {
    kind: 'unavailable',
    detail: `The log index ${file} was written by a newer LogScope (schema ${version}, known here: ${logSchemaVersion}); it is left as it is`,
  };
}

/** PRAGMA user_version straight from the header (offset 60, big-endian), so that a newer file is not even opened for writing. */
function peekSchemaVersion(file: string): number {
  const header = readStart(file, 64);
  return header !== null && header.length === 64 && header.toString('latin1', 0, 15) === 'SQLite format 3' ? header.readUInt32BE(60) : 0;
}
