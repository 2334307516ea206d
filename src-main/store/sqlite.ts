import { pathToFileURL } from 'node:url';
import Database from 'libsql';

export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, unknown>>;

/** One connection. Every method throws SqliteFailure for what the database says, and nothing else. */
export interface SqliteConnection {
  /** Runs statements without values. */
  execute(sql: string): void;
  /** Prepared once per text; for writes (the rows of a RETURNING clause are thrown away). */
  run(sql: string, ...values: readonly SqlValue[]): void;
  rows(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[];
  /** All or nothing. */
  transaction(work: () => void): void;
  close(): void;
}

/** What the database refused; `code` as SQLite spells it (SQLITE_FULL, SQLITE_BUSY…), SQLITE_CANTOPEN when it does not say. */
export class SqliteFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'SqliteFailure';
  }

  /** The file itself is damaged or no database. */
  get corrupt(): boolean {
    return this.code.startsWith('SQLITE_CORRUPT') || this.code === 'SQLITE_NOTADB';
  }
}

export interface SqliteOptions {
  /** Reads a file on a medium that cannot be written, without locks and without its write-ahead log. */
  readonly immutable?: boolean;
  readonly busyTimeoutMs?: number;
}

/** Opens `file`, which is created when missing. */
export function openSqlite(file: string, options: SqliteOptions = {}): SqliteConnection {
  const target = options.immutable ? `${pathToFileURL(file).href}?immutable=1` : file;
  const database = attempt(() => new Database(target, { timeout: options.busyTimeoutMs ?? 1_000 }));
  const prepared = new Map<string, Database.Statement>();

  function prepare(sql: string): Database.Statement {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  }

  function rows(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[] {
    // .get() of libsql 0.5 adds a _metadata column to the row; .all() does not.
    return attempt(() => prepare(sql).all(...values) as SqlRow[]);
  }

  function transaction(work: () => void): void {
    attempt(() => {
      database.exec('BEGIN IMMEDIATE');
      try {
        work();
        database.exec('COMMIT');
      } catch (error) {
        // On a full disk SQLite has rolled back itself; the driver's own transaction() then throws "no transaction is
        // active" over the reason (libsql 0.5.29).
        if (database.inTransaction) database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  function close(): void {
    // The driver never finalises statements, so the connection and its lock outlive close() until they are collected.
    // Leaving WAL mode is the one way out of an exclusive lock, and leaves a single file behind.
    try {
      if (!options.immutable) rows('PRAGMA journal_mode = DELETE');
      rows('PRAGMA locking_mode = NORMAL');
      rows('SELECT count(*) FROM sqlite_schema');
    } finally {
      prepared.clear();
      attempt(() => database.close());
    }
  }

  return {
    execute: (sql) => attempt(() => void database.exec(sql)),
    run: (sql, ...values) => attempt(() => void prepare(sql).run(...values)),
    rows,
    transaction,
    close,
  };
}

function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SqliteFailure || !(error instanceof Error)) throw error;
    if (error instanceof Database.SqliteError) throw new SqliteFailure(error.code, error.message);
    // A file that cannot be opened at all comes as a plain Error without a code.
    if (error.message.includes('ConnectionFailed')) throw new SqliteFailure('SQLITE_CANTOPEN', cleanMessage(error.message));
    throw error;
  }
}

/** ConnectionFailed("Unable to open … : 14") without the wrapper. */
function cleanMessage(message: string): string {
  return message.replace(/^\s*ConnectionFailed\("(.*)"\)$/, '$1');
}
