import type { Migration } from './migration';

/**
 * What people decided about programs, what they asked for, what was seen, and what was ended.
 * `policy.body` is the whole policy as JSON; `policy_change.body` too, null when it was removed. The two histories only ever grow:
 * triggers refuse every change of a row, also the one hidden in INSERT OR REPLACE. `day` is the number of the day since 1970 (UTC).
 */
export const processes: Migration = {
  version: 3,
  sql: `
    CREATE TABLE policy (
      exe TEXT PRIMARY KEY,
      body TEXT NOT NULL,
      updated_at_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE policy_change (
      id INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      exe TEXT NOT NULL,
      author TEXT NOT NULL,
      body TEXT
    );
    CREATE INDEX policy_change_by_exe ON policy_change (exe);
    CREATE TABLE role_ask (
      name TEXT PRIMARY KEY,
      count INTEGER NOT NULL,
      last_at_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE seen_unknown (
      name TEXT NOT NULL,
      day INTEGER NOT NULL,
      exe TEXT,
      at_ms INTEGER NOT NULL,
      PRIMARY KEY (name, day)
    ) WITHOUT ROWID;
    CREATE TABLE seen_listener (
      exe TEXT NOT NULL,
      open_port INTEGER NOT NULL,
      first_seen_at_ms INTEGER NOT NULL,
      PRIMARY KEY (exe, open_port)
    ) WITHOUT ROWID;
    CREATE TABLE stop_audit (
      id INTEGER PRIMARY KEY,
      at_ms INTEGER NOT NULL,
      pid INTEGER NOT NULL,
      start_ticks INTEGER,
      name TEXT NOT NULL,
      exe TEXT,
      user TEXT,
      kill_class TEXT NOT NULL,
      signal TEXT NOT NULL,
      outcome TEXT NOT NULL,
      door TEXT NOT NULL
    );
    ${['policy_change', 'stop_audit'].map(appendOnly).join('')}
  `,
};

function appendOnly(table: string): string {
  const refuse = `SELECT RAISE(ABORT, '${table} is append-only')`;
  return `
    CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN ${refuse}; END;
    CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN ${refuse}; END;
    CREATE TRIGGER ${table}_no_replace BEFORE INSERT ON ${table}
      WHEN EXISTS (SELECT 1 FROM ${table} WHERE id = NEW.id) BEGIN ${refuse}; END;`;
}
