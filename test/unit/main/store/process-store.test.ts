import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { applyRetention, writeBatch } from '../../../../src-main/store/history';
import { openHistoryKeeper } from '../../../../src-main/store/history-keeper';
import { createMemoryStore } from '../../../../src-main/store/memory-store';
import { migrate } from '../../../../src-main/store/migrate';
import { migrations } from '../../../../src-main/store/migrations';
import { dayMs, type StoreRecord } from '../../../../src-main/store/process-store';
import { openSqlite, SqliteFailure } from '../../../../src-main/store/sqlite';
import { type AnswerTo, type InputTo, type QuestionName, questionWays } from '../../../../src-main/store/store-questions';
import { policyOf, stopAudit } from '../../../helpers/policy-samples';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

/** The same words to the file and to the memory: what differs is a bug of one of them. */
interface Kept {
  take(...records: StoreRecord[]): void;
  ask<N extends QuestionName>(name: N, input: InputTo<N>): Promise<AnswerTo<N>>;
}

function inFile(): Kept {
  const keeper = openHistoryKeeper(join(temporaryDirectory(), 'history.db'), { nowMs: () => 101 * dayMs, monotonicMs: () => 0 });
  onTestFinished(() => keeper.close());
  return {
    take: (...records) => expect(keeper.write({ samples: [], alerts: [], runs: [], records })).toBeNull(),
    ask: async (name, input) => keeper.ask(name, input),
  };
}

function inMemory(): Kept {
  const store = createMemoryStore({ detail: null });
  return {
    take(...records) {
      for (const record of records) store.takeRecord(record);
    },
    ask: (name, input) => questionWays[name].fromStore(store, input),
  };
}

const nginx = policyOf('/usr/sbin/nginx', { expectedRules: ['exe-deleted'], sha256: 'a'.repeat(64) });

describe.each([
  ['the file', inFile],
  ['the memory', inMemory],
] as const)('in %s', (_name, open) => {
  test('a policy is replaced by its path, removed, and its history keeps everything', async () => {
    const kept = open();
    const later = { ...nginx, note: "it's ours; '\"", author: 'bob', updatedAtMs: 2_000 };
    kept.take(
      { kind: 'policy', change: { exe: nginx.exe, atMs: 1_000, author: 'ann', policy: nginx } },
      { kind: 'policy', change: { exe: '/opt/a', atMs: 1_500, author: 'ann', policy: policyOf('/opt/a') } },
      { kind: 'policy', change: { exe: nginx.exe, atMs: 2_000, author: 'bob', policy: later } },
    );
    expect(await kept.ask('policies', null)).toEqual([policyOf('/opt/a'), later]);
    kept.take({ kind: 'policy', change: { exe: nginx.exe, atMs: 3_000, author: 'ann', policy: null } });
    expect(await kept.ask('policies', null)).toEqual([policyOf('/opt/a')]);
    expect(await kept.ask('policy-changes', nginx.exe)).toEqual([
      { atMs: 3_000, author: 'ann', policy: null },
      { atMs: 2_000, author: 'bob', policy: later },
      { atMs: 1_000, author: 'ann', policy: nginx },
    ]);
    expect(await kept.ask('policy-changes', '/never/seen')).toEqual([]);
  });

  test('what people asked for is counted, and a name seen often on one day counts one day', async () => {
    const kept = open();
    const seen = (name: string, day: number, exe: string | null): StoreRecord => ({
      kind: 'unknown',
      seen: { name, exe, atMs: day * dayMs + 5 },
    });
    kept.take(seen('mystery', 100, '/opt/old'), seen('mystery', 100, '/opt/new'), seen('mystery', 101, '/opt/newest'));
    kept.take(seen('rare', 101, null));
    expect(await kept.ask('role-ask-count', 'asked')).toBe(0);
    kept.take({ kind: 'role-ask', name: 'asked', atMs: 7 }, { kind: 'role-ask', name: 'asked', atMs: 9 });
    kept.take({ kind: 'role-ask', name: 'rare', atMs: 3 });
    expect(await kept.ask('role-ask-count', 'asked')).toBe(2);
    expect(await kept.ask('open-roles', null)).toEqual([
      { name: 'asked', exe: null, askedCount: 2, seenDayCount: 0, lastAtMs: 9 },
      { name: 'rare', exe: null, askedCount: 1, seenDayCount: 1, lastAtMs: 101 * dayMs + 5 },
      { name: 'mystery', exe: '/opt/newest', askedCount: 0, seenDayCount: 2, lastAtMs: 101 * dayMs + 5 },
    ]);
  });

  test('audit rows come newest first, as many as are asked for', async () => {
    const kept = open();
    const rows = [1, 2, 3].map((pid) => stopAudit(pid, pid === 2 ? { startTicks: null, exe: null, user: null, outcome: 'refused' } : {}));
    for (const audit of rows) kept.take({ kind: 'stop', audit });
    expect(await kept.ask('recent-stops', 10)).toEqual([...rows].reverse());
    expect(await kept.ask('recent-stops', 1)).toEqual([rows[2]]);
  });

  test('a listener keeps the time it was first seen', async () => {
    const kept = open();
    for (const firstSeenAtMs of [5, 9]) kept.take({ kind: 'listener', seen: { exe: '/usr/bin/redis', openPort: null, firstSeenAtMs } });
    kept.take({ kind: 'listener', seen: { exe: '/usr/bin/redis', openPort: 6379, firstSeenAtMs: 7 } });
    kept.take({ kind: 'listener', seen: { exe: '/usr/bin/early', openPort: null, firstSeenAtMs: 2 } });
    expect(await kept.ask('listeners', null)).toEqual([
      { exe: '/usr/bin/early', openPort: null, firstSeenAtMs: 2 },
      { exe: '/usr/bin/redis', openPort: null, firstSeenAtMs: 5 },
      { exe: '/usr/bin/redis', openPort: 6379, firstSeenAtMs: 7 },
    ]);
  });
});

function openRaw() {
  const connection = openSqlite(join(temporaryDirectory(), 'history.db'));
  onTestFinished(() => connection.close());
  migrate(connection, migrations);
  const write = (...records: StoreRecord[]) => writeBatch(connection, { samples: [], alerts: [], runs: [], records });
  return { connection, write };
}

test.each(['stop_audit', 'policy_change'])('%s only ever grows: no update, no delete, no replacing', (table) => {
  const { connection, write } = openRaw();
  write({ kind: 'stop', audit: stopAudit(1) }, { kind: 'policy', change: { exe: '/a', atMs: 1, author: 'ann', policy: policyOf('/a') } });
  const before = connection.rows(`SELECT * FROM ${table}`);
  expect(before).toHaveLength(1);
  const id = Number(before[0]?.id);
  const columns = Object.keys(before[0] ?? {});
  for (const sql of [
    `UPDATE ${table} SET at_ms = 0`,
    `DELETE FROM ${table}`,
    `INSERT OR REPLACE INTO ${table} (${columns.join()}) SELECT ${columns.map((one) => (one === 'at_ms' ? '0' : one)).join()} FROM ${table} WHERE id = ${id}`,
  ]) {
    expect(() => connection.run(sql), sql).toThrow(SqliteFailure);
    expect(() => connection.run(sql), sql).toThrow('append-only');
  }
  expect(connection.rows(`SELECT * FROM ${table}`)).toEqual(before);
});

test('retention forgets what was only seen, never a decision or an attempt', () => {
  const { connection, write } = openRaw();
  const longAgo = Date.UTC(2000, 0, 1);
  write(
    { kind: 'stop', audit: stopAudit(1, { atMs: longAgo }) },
    { kind: 'policy', change: { exe: '/a', atMs: longAgo, author: 'ann', policy: policyOf('/a') } },
    { kind: 'listener', seen: { exe: '/a', openPort: null, firstSeenAtMs: longAgo } },
    { kind: 'unknown', seen: { name: 'old', exe: null, atMs: longAgo } },
    { kind: 'unknown', seen: { name: 'new', exe: null, atMs: Date.UTC(2026, 0, 1) } },
  );
  write(...Array.from({ length: 2_005 }, (_one, index) => ({ kind: 'role-ask' as const, name: `name ${index}`, atMs: index })));
  write({ kind: 'role-ask', name: 'name 0', atMs: 1 });
  applyRetention(connection, Date.UTC(2026, 0, 2));
  const count = (table: string) => Number(connection.rows(`SELECT count(*) AS n FROM ${table}`)[0]?.n);
  expect(['stop_audit', 'policy', 'policy_change', 'seen_listener', 'seen_unknown', 'role_ask'].map(count)).toEqual([1, 1, 1, 1, 1, 2_000]);
  expect(connection.rows("SELECT count FROM role_ask WHERE name = 'name 0'")).toEqual([{ count: 2 }]);
  expect(connection.rows("SELECT * FROM role_ask WHERE name = 'name 3'")).toEqual([]);
});

test('a row that somebody edited is left out, not believed', async () => {
  const { connection, write } = openRaw();
  write({ kind: 'policy', change: { exe: '/a', atMs: 1, author: 'ann', policy: policyOf('/a') } });
  for (const [exe, body] of [
    ['/b', '{"exe":"/b"}'],
    ['/c', 'no json'],
  ] as const) {
    connection.run('INSERT INTO policy (exe, body, updated_at_ms) VALUES (?, ?, 1)', exe, body);
  }
  connection.run(
    "INSERT INTO stop_audit (at_ms, pid, name, kill_class, signal, outcome, door) VALUES (1, 1, 'x', 'K9', 'SIGTERM', 'gone', 'cli')",
  );
  expect(questionWays.policies.fromFile(connection, null)).toEqual([policyOf('/a')]);
  expect(questionWays['recent-stops'].fromFile(connection, 5)).toEqual([]);
});

test('a closed memory takes nothing', async () => {
  const store = createMemoryStore({ detail: null });
  await store.close();
  expect(await store.recordStop(stopAudit(1))).toBe('The store is closed');
  expect(await store.recentStops(5)).toEqual([]);
});
