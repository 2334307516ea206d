import type { Migration } from './migration';

/**
 * Times are epoch milliseconds. Columns are declared INTEGER because the driver binds every number as REAL.
 * `minute.at_ms` is the start of the minute, `count` the number of samples behind its mean.
 * `alert.body` is the whole alert as JSON; the columns beside it are what is searched by.
 */
export const historyAndAlerts: Migration = {
  version: 1,
  sql: `
    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      metric TEXT NOT NULL,
      subject TEXT NOT NULL,
      UNIQUE (metric, subject)
    );
    CREATE TABLE sample (
      series_id INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      value REAL NOT NULL,
      PRIMARY KEY (series_id, at_ms)
    ) WITHOUT ROWID;
    CREATE TABLE minute (
      series_id INTEGER NOT NULL,
      at_ms INTEGER NOT NULL,
      mean REAL NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (series_id, at_ms)
    ) WITHOUT ROWID;
    CREATE TABLE alert (
      id TEXT PRIMARY KEY,
      raised_at_ms INTEGER NOT NULL,
      last_change_at_ms INTEGER NOT NULL,
      body TEXT NOT NULL
    );
    CREATE INDEX alert_by_raised ON alert (raised_at_ms);
  `,
};
