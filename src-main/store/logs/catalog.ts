import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { type SqliteConnection, SqliteFailure, type SqlRow } from '../sqlite';
import { DamagedSegment } from './damaged-segment';
import { parseOrigin } from './parse-origin';
import type { Segment, SegmentForm } from './segment';

/** What the log store knows besides the entries. Everything in one change is kept together; throws SqliteFailure when it cannot be. */
export interface Catalog {
  change(change: CatalogChange): void;
  close(): void;
}

interface CatalogChange {
  readonly segments?: readonly Segment[];
  readonly removedSegments?: readonly number[];
  readonly positions?: readonly (readonly [key: string, position: string | null])[];
  readonly notes?: readonly (readonly [key: string, text: string | null])[];
  readonly origins?: readonly LogOrigin[];
  readonly forgottenOrigins?: readonly string[];
}

export interface CatalogContent {
  readonly segments: readonly Segment[];
  readonly positions: ReadonlyMap<string, string>;
  readonly notes: ReadonlyMap<string, string>;
  readonly origins: readonly LogOrigin[];
}

export function createCatalog(connection: SqliteConnection): Catalog {
  function put(table: 'positions' | 'notes', column: string, key: string, value: string | null): void {
    if (value === null) connection.run(`DELETE FROM ${table} WHERE key = ?`, key);
    else
      connection.run(
        `INSERT INTO ${table} (key, ${column}) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET ${column} = excluded.${column}`,
        key,
        value,
      );
  }

  return {
    change(change) {
      connection.transaction(() => {
        for (const segment of change.segments ?? []) putSegment(connection, segment);
        for (const number of change.removedSegments ?? []) connection.run('DELETE FROM segments WHERE number = ?', number);
        for (const [key, position] of change.positions ?? []) put('positions', 'position', key, position);
        for (const [key, text] of change.notes ?? []) put('notes', 'text', key, text);
        for (const origin of change.origins ?? [])
          connection.run('INSERT OR REPLACE INTO origins (key, origin) VALUES (?, ?)', origin.key, JSON.stringify(origin));
        for (const key of change.forgottenOrigins ?? []) connection.run('DELETE FROM origins WHERE key = ?', key);
      });
    },
    close: () => connection.close(),
  };
}

function putSegment(connection: SqliteConnection, segment: Segment): void {
  connection.run(
    `INSERT OR REPLACE INTO segments (number, form, archive_name, text_bytes, marks_bytes, record_count, min_at_ms, max_at_ms,
      first_stored_at_ms, last_stored_at_ms, disk_bytes, origin_keys) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    segment.number,
    segment.form,
    segment.archiveName,
    segment.textBytes,
    segment.marksBytes,
    segment.recordCount,
    finiteOrNull(segment.minAtMs),
    finiteOrNull(segment.maxAtMs),
    segment.firstStoredAtMs,
    segment.lastStoredAtMs,
    segment.diskBytes,
    JSON.stringify(segment.originKeys),
  );
}

/** Everything in it. Throws SqliteFailure. */
export function readCatalog(connection: SqliteConnection): CatalogContent {
  return {
    segments: connection.rows('SELECT * FROM segments ORDER BY number').map(segmentOf),
    positions: textsOf(connection.rows('SELECT key, position AS text FROM positions')),
    notes: textsOf(connection.rows('SELECT key, text FROM notes')),
    origins: connection.rows('SELECT origin FROM origins').flatMap(originOf),
  };
}

function segmentOf(row: SqlRow): Segment {
  const form = String(row.form);
  if (!isForm(form)) throw new SqliteFailure('SQLITE_CORRUPT', `a segment is ${form}`);
  return {
    number: Number(row.number),
    form,
    archiveName: row.archive_name === null ? null : String(row.archive_name),
    textBytes: Number(row.text_bytes),
    marksBytes: Number(row.marks_bytes),
    recordCount: Number(row.record_count),
    minAtMs: row.min_at_ms === null ? Number.POSITIVE_INFINITY : Number(row.min_at_ms),
    maxAtMs: row.max_at_ms === null ? Number.NEGATIVE_INFINITY : Number(row.max_at_ms),
    firstStoredAtMs: Number(row.first_stored_at_ms),
    lastStoredAtMs: Number(row.last_stored_at_ms),
    diskBytes: Number(row.disk_bytes),
    originKeys: keysOf(String(row.origin_keys)),
  };
}

function isForm(form: string): form is SegmentForm {
  return form === 'open' || form === 'sealed' || form === 'archived';
}

function keysOf(json: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.map(String) : [];
  } catch (error) {
    if (error instanceof SyntaxError) throw new SqliteFailure('SQLITE_CORRUPT', 'the sources of a segment cannot be read');
    throw error;
  }
}

function originOf(row: SqlRow): readonly LogOrigin[] {
  try {
    return [parseOrigin(String(row.origin))];
  } catch (error) {
    if (error instanceof DamagedSegment) return [];
    throw error;
  }
}

function textsOf(rows: readonly SqlRow[]): ReadonlyMap<string, string> {
  return new Map(rows.map((row) => [String(row.key), String(row.text)]));
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
