import type { Alert } from '../../src-shared/alerts';
import type { MetricPoint, MetricSample } from '../../src-shared/metrics';
import type { RememberedRun } from '../../src-shared/runs';
import { parseAlertBody } from './alert-row';
import { insertRecord, retainRecords } from './process-rows';
import type { StoreRecord } from './process-store';
import { insertRun, retainRuns } from './run-rows';
import { bucketWidthMs } from './samples';
import type { SqliteConnection } from './sqlite';
import { maxRangePoints, type RangeQuery } from './store';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long things are kept. Samples past `samplesMs` become means of a minute. */
export const retention = { samplesMs: 2 * hourMs, minutesMs: 7 * dayMs, alertsMs: 30 * dayMs } as const;

export interface Batch {
  readonly samples: readonly MetricSample[];
  readonly alerts: readonly Alert[];
  readonly runs: readonly RememberedRun[];
  readonly records: readonly StoreRecord[];
}

/** Writes a batch in one transaction; throws SqliteFailure and leaves nothing behind when any of it does not fit. */
export function writeBatch(connection: SqliteConnection, batch: Batch): void {
  // Alerts, decisions and audit rows are events that nobody measures again: unlike samples they must survive a power cut.
  const lasting = batch.alerts.length > 0 || batch.records.length > 0;
  if (lasting) connection.execute('PRAGMA synchronous = FULL');
  try {
    connection.transaction(() => {
      insertSamples(connection, batch.samples);
      for (const alert of batch.alerts) insertAlert(connection, alert);
      for (const run of batch.runs) insertRun(connection, run);
      for (const record of batch.records) insertRecord(connection, record);
    });
  } finally {
    if (lasting) connection.execute('PRAGMA synchronous = NORMAL');
  }
}

/** One JSON text for the whole batch: binding row by row costs twice as much in this driver. */
function insertSamples(connection: SqliteConnection, samples: readonly MetricSample[]): void {
  if (samples.length === 0) return;
  const rows = JSON.stringify(samples.map(({ metric, subject, atMs, value }) => [metric, subject, Math.round(atMs), value]));
  connection.run(
    `INSERT OR IGNORE INTO series (metric, subject)
     SELECT DISTINCT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)`,
    rows,
  );
  connection.run(
    `INSERT OR REPLACE INTO sample (series_id, at_ms, value)
     SELECT series.id, json_extract(row.value, '$[2]'), json_extract(row.value, '$[3]')
     FROM json_each(?) AS row
     JOIN series ON series.metric = json_extract(row.value, '$[0]') AND series.subject = json_extract(row.value, '$[1]')`,
    rows,
  );
}

function insertAlert(connection: SqliteConnection, alert: Alert): void {
  connection.run(
    'INSERT OR REPLACE INTO alert (id, raised_at_ms, last_change_at_ms, body) VALUES (?, ?, ?, ?)',
    alert.id,
    alert.raisedAtMs,
    alert.clearedAtMs ?? alert.raisedAtMs,
    JSON.stringify(alert),
  );
}

/** See Store.range. Samples and minute means never overlap, so each counts by the number of samples behind it. */
export function readRange(connection: SqliteConnection, query: RangeQuery): readonly MetricPoint[] {
  const { metric, subject, fromMs, toMs } = query;
  if (toMs < fromMs) return [];
  const rows = connection.rows(
    `WITH chosen AS (SELECT id FROM series WHERE metric = ? AND subject = ?),
          point AS (
            SELECT at_ms, value AS mean, 1 AS count FROM sample
            WHERE series_id = (SELECT id FROM chosen) AND at_ms BETWEEN ? AND ?
            UNION ALL
            SELECT at_ms, mean, count FROM minute
            WHERE series_id = (SELECT id FROM chosen) AND at_ms BETWEEN ? AND ?)
     SELECT CAST(round(avg(at_ms)) AS INTEGER) AS at_ms, sum(mean * count) / sum(count) AS value
     FROM point GROUP BY CAST((at_ms - ?) / ? AS INTEGER) ORDER BY at_ms`,
    ...[metric, subject, fromMs, toMs, fromMs, toMs, fromMs, bucketWidthMs(fromMs, toMs, maxRangePoints)],
  );
  return rows.map((row) => ({ atMs: Number(row.at_ms), value: Number(row.value) }));
}

/** Newest raised first; rows that this version cannot read are left out. */
export function readRecentAlerts(connection: SqliteConnection, limit: number): readonly Alert[] {
  return connection
    .rows('SELECT body FROM alert ORDER BY raised_at_ms DESC, id DESC LIMIT CAST(? AS INTEGER)', limit)
    .map((row) => parseAlertBody(String(row.body)))
    .filter((alert) => alert !== null);
}

/** Turns old samples into minute means, forgets what is too old and gives the space back to the disk. */
export function applyRetention(connection: SqliteConnection, nowMs: number): void {
  const samplesBeforeMs = Math.floor((nowMs - retention.samplesMs) / minuteMs) * minuteMs;
  connection.transaction(() => {
    connection.run(
      `INSERT INTO minute (series_id, at_ms, mean, count)
       SELECT series_id, at_ms - at_ms % ${minuteMs}, avg(value), count(*) FROM sample WHERE at_ms < ? GROUP BY 1, 2
       ON CONFLICT (series_id, at_ms) DO UPDATE SET
         mean = (mean * count + excluded.mean * excluded.count) / (count + excluded.count), count = count + excluded.count`,
      samplesBeforeMs,
    );
    connection.run('DELETE FROM sample WHERE at_ms < ?', samplesBeforeMs);
    // By series, so that the primary key finds the few rows instead of a scan over a week.
    connection.run('DELETE FROM minute WHERE series_id IN (SELECT id FROM series) AND at_ms < ?', nowMs - retention.minutesMs);
    connection.run('DELETE FROM alert WHERE last_change_at_ms < ?', nowMs - retention.alertsMs);
    retainRuns(connection, nowMs);
    retainRecords(connection, nowMs);
    connection.run(
      `DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM sample WHERE series_id = series.id)
         AND NOT EXISTS (SELECT 1 FROM minute WHERE series_id = series.id)`,
    );
  });
  connection.execute('PRAGMA incremental_vacuum');
}
