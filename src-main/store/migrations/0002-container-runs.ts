import type { Migration } from './migration';

/** `body` is the whole run as JSON (src-shared/runs.ts); values of environment variables are salted hashes in it. */
export const containerRuns: Migration = {
  version: 2,
  sql: `
    CREATE TABLE container_run (
      identity TEXT NOT NULL,
      started_at_ms INTEGER NOT NULL,
      kept_at_ms INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (identity, started_at_ms)
    ) WITHOUT ROWID;
    CREATE INDEX container_run_by_kept ON container_run (kept_at_ms);
  `,
};
