import { z } from 'zod';
import type { OpenRole, Policy, PolicyChange, StopAudit } from '../../src-shared/contract';
import { policyVerdicts, stopSignals } from '../../src-shared/contract/process-words';
import { killClasses } from '../../src-shared/roles/role-entry';
import {
  dayOf,
  openRoleLimit,
  type PolicyRecord,
  policyChangeLimit,
  roleAskLimit,
  type SeenListener,
  type SeenUnknown,
  type StoreRecord,
  unknownDays,
} from './process-store';
import type { SqliteConnection } from './sqlite';

/** Rows of an older LogScope, or of a file that somebody edited, are checked like anything else that comes from outside. */
const policySchema: z.ZodType<Policy> = z.object({
  exe: z.string(),
  sha256: z.string().nullable(),
  name: z.string(),
  role: z.string().nullable(),
  category: z.string().nullable(),
  verdict: z.enum(policyVerdicts).nullable(),
  note: z.string(),
  author: z.string(),
  expectedRules: z.array(z.string()),
  updatedAtMs: z.number(),
});
const stopSchema: z.ZodType<StopAudit> = z.object({
  atMs: z.number(),
  pid: z.number(),
  startTicks: z.number().nullable(),
  name: z.string(),
  exe: z.string().nullable(),
  user: z.string().nullable(),
  killClass: z.enum(killClasses),
  signal: z.enum(stopSignals),
  outcome: z.enum(['gone', 'still-there', 'already-gone', 'changed', 'permission-denied', 'refused', 'paused', 'continued']),
  door: z.enum(['electron', 'web', 'cli']),
});

/** Call inside a transaction. */
export function insertRecord(connection: SqliteConnection, record: StoreRecord): void {
  switch (record.kind) {
    case 'policy':
      insertPolicyChange(connection, record.change);
      break;
    case 'role-ask':
      insertRoleAsk(connection, record);
      break;
    case 'unknown':
      insertUnknown(connection, record.seen);
      break;
    case 'listener':
      insertListener(connection, record.seen);
      break;
    case 'stop':
      insertStop(connection, record.audit);
  }
}

function insertPolicyChange(connection: SqliteConnection, { exe, atMs, author, policy }: PolicyRecord): void {
  const body = policy === null ? null : JSON.stringify(policy);
  connection.run('INSERT INTO policy_change (at_ms, exe, author, body) VALUES (?, ?, ?, ?)', atMs, exe, author, body);
  if (body === null) connection.run('DELETE FROM policy WHERE exe = ?', exe);
  else connection.run('INSERT OR REPLACE INTO policy (exe, body, updated_at_ms) VALUES (?, ?, ?)', exe, body, atMs);
}

function insertRoleAsk(connection: SqliteConnection, { name, atMs }: { readonly name: string; readonly atMs: number }): void {
  connection.run(
    `INSERT INTO role_ask (name, count, last_at_ms) VALUES (?, 1, ?)
     ON CONFLICT (name) DO UPDATE SET count = count + 1, last_at_ms = excluded.last_at_ms`,
    name,
    atMs,
  );
}

/** A key cannot hold NULL: port 0 stands for "at all". */
function insertListener(connection: SqliteConnection, { exe, openPort, firstSeenAtMs }: SeenListener): void {
  connection.run(
    'INSERT OR IGNORE INTO seen_listener (exe, open_port, first_seen_at_ms) VALUES (?, ?, ?)',
    exe,
    openPort ?? 0,
    firstSeenAtMs,
  );
}

function insertUnknown(connection: SqliteConnection, { name, exe, atMs }: SeenUnknown): void {
  connection.run('INSERT OR REPLACE INTO seen_unknown (name, day, exe, at_ms) VALUES (?, ?, ?, ?)', name, dayOf(atMs), exe, atMs);
}

function insertStop(connection: SqliteConnection, audit: StopAudit): void {
  const { atMs, pid, startTicks, name, exe, user, killClass, signal, outcome, door } = audit;
  connection.run(
    `INSERT INTO stop_audit (at_ms, pid, start_ticks, name, exe, user, kill_class, signal, outcome, door)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[atMs, pid, startTicks, name, exe, user, killClass, signal, outcome, door],
  );
}

/** By path; rows that this version cannot read are left out. */
export function readPolicies(connection: SqliteConnection): readonly Policy[] {
  return connection
    .rows('SELECT body FROM policy ORDER BY exe')
    .map((row) => parsePolicyBody(String(row.body)))
    .filter((policy) => policy !== null);
}

export function readPolicyChanges(connection: SqliteConnection, exe: string): readonly PolicyChange[] {
  return connection
    .rows(`SELECT at_ms, author, body FROM policy_change WHERE exe = ? ORDER BY id DESC LIMIT ${policyChangeLimit}`, exe)
    .flatMap(({ at_ms, author, body }) => {
      const policy = body === null ? null : parsePolicyBody(String(body));
      return body !== null && policy === null ? [] : [{ atMs: Number(at_ms), author: String(author), policy }];
    });
}

export function readRoleAskCount(connection: SqliteConnection, name: string): number {
  return Number(connection.rows('SELECT count FROM role_ask WHERE name = ?', name)[0]?.count ?? 0);
}

export function readOpenRoles(connection: SqliteConnection): readonly OpenRole[] {
  // A bare column beside max() is of the row that has the maximum: https://www.sqlite.org/lang_select.html#bareagg
  const rows = connection.rows(
    `WITH seen AS (SELECT name, exe, max(at_ms) AS at_ms, count(*) AS days FROM seen_unknown GROUP BY name),
          every_name AS (SELECT name FROM role_ask UNION SELECT name FROM seen)
     SELECT every_name.name AS name, seen.exe AS exe, ifnull(role_ask.count, 0) AS asked, ifnull(seen.days, 0) AS days,
            max(ifnull(role_ask.last_at_ms, 0), ifnull(seen.at_ms, 0)) AS at_ms
     FROM every_name LEFT JOIN role_ask USING (name) LEFT JOIN seen USING (name)
     ORDER BY asked DESC, days DESC, at_ms DESC, name LIMIT ${openRoleLimit}`,
  );
  return rows.map((row) => ({
    name: String(row.name),
    exe: row.exe === null ? null : String(row.exe),
    askedCount: Number(row.asked),
    seenDayCount: Number(row.days),
    lastAtMs: Number(row.at_ms),
  }));
}

/** Newest first; rows that this version cannot read are left out. */
export function readRecentStops(connection: SqliteConnection, limit: number): readonly StopAudit[] {
  return connection
    .rows(
      `SELECT at_ms AS atMs, pid, start_ticks AS startTicks, name, exe, user, kill_class AS killClass, signal, outcome, door
       FROM stop_audit ORDER BY id DESC LIMIT CAST(? AS INTEGER)`,
      limit,
    )
    .flatMap((row) => stopSchema.safeParse(row).data ?? []);
}

export function readListeners(connection: SqliteConnection): readonly SeenListener[] {
  return connection
    .rows('SELECT exe, open_port, first_seen_at_ms FROM seen_listener ORDER BY first_seen_at_ms, exe, open_port')
    .map((row) => ({ exe: String(row.exe), openPort: Number(row.open_port) || null, firstSeenAtMs: Number(row.first_seen_at_ms) }));
}

/** Forgets what was only seen or asked for; policies and the two histories stay. */
export function retainRecords(connection: SqliteConnection, nowMs: number): void {
  connection.run('DELETE FROM seen_unknown WHERE day < ?', dayOf(nowMs) - unknownDays);
  connection.run(
    `DELETE FROM role_ask WHERE name IN (SELECT name FROM role_ask ORDER BY count DESC, last_at_ms DESC LIMIT -1 OFFSET ${roleAskLimit})`,
  );
}

function parsePolicyBody(body: string): Policy | null {
  try {
    return policySchema.safeParse(JSON.parse(body)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
