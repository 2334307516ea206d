import { z } from 'zod';
import type { RememberedRun } from '../../src-shared/runs';
import type { SqliteConnection } from './sqlite';

/** Runs kept of one container; older ones make room. */
export const runsPerIdentity = 5;
const runsInAll = 2_000;
export const runsKeptMs = 180 * 86_400_000;

const trait = z.object({
  what: z.enum(['image', 'image-content', 'command', 'environment', 'port', 'mount', 'limit', 'user', 'network']),
  name: z.string(),
  shown: z.string().nullable(),
  token: z.string(),
});
const runSchema: z.ZodType<RememberedRun> = z.object({
  identity: z.string(),
  containerId: z.string(),
  startedAtMs: z.number(),
  lastedMs: z.number(),
  outcome: z.enum(['good', 'crashed']),
  traits: z.array(trait),
});

/** Adds the run, or replaces the one of the same container and start; call inside a transaction. */
export function insertRun(connection: SqliteConnection, run: RememberedRun): void {
  const { identity, startedAtMs, lastedMs } = run;
  connection.run(
    'INSERT OR REPLACE INTO container_run (identity, started_at_ms, kept_at_ms, body) VALUES (?, ?, ?, ?)',
    identity,
    Math.round(startedAtMs),
    Math.round(startedAtMs + lastedMs),
    JSON.stringify(run),
  );
  connection.run(
    `DELETE FROM container_run WHERE identity = ? AND started_at_ms NOT IN
       (SELECT started_at_ms FROM container_run WHERE identity = ? ORDER BY started_at_ms DESC LIMIT ${runsPerIdentity})`,
    identity,
    identity,
  );
}

/** Newest started first; rows that this version cannot read are left out. */
export function readRuns(connection: SqliteConnection, identity: string): readonly RememberedRun[] {
  return connection
    .rows('SELECT body FROM container_run WHERE identity = ? ORDER BY started_at_ms DESC', identity)
    .map((row) => parseRunBody(String(row.body)))
    .filter((run) => run !== null);
}

/** Forgets runs of containers that have not been seen for half a year, and the oldest beyond the bound. */
export function retainRuns(connection: SqliteConnection, nowMs: number): void {
  connection.run('DELETE FROM container_run WHERE kept_at_ms < ?', nowMs - runsKeptMs);
  connection.run(
    `DELETE FROM container_run WHERE (identity, started_at_ms) IN
       (SELECT identity, started_at_ms FROM container_run ORDER BY kept_at_ms DESC LIMIT -1 OFFSET ${runsInAll})`,
  );
}

function parseRunBody(body: string): RememberedRun | null {
  try {
    const parsed = runSchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
