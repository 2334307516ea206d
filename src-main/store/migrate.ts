import type { Migration } from './migrations/migration';
import type { SqliteConnection } from './sqlite';

/** The schema version of an open file; 0 for a new one. */
export function readSchemaVersion(connection: SqliteConnection): number {
  return Number(connection.rows('PRAGMA user_version')[0]?.user_version ?? 0);
}

/** Runs the steps the file does not have yet, each with its version number in one transaction. */
export function migrate(connection: SqliteConnection, steps: readonly Migration[]): void {
  const version = readSchemaVersion(connection);
  for (const step of steps.filter((candidate) => candidate.version > version)) {
    connection.transaction(() => {
      connection.execute(step.sql);
      connection.execute(`PRAGMA user_version = ${step.version}`);
    });
  }
}
