import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { applyRetention, writeBatch } from '../../../../src-main/store/history';
import { createMemoryStore } from '../../../../src-main/store/memory-store';
import { migrate } from '../../../../src-main/store/migrate';
import { migrations } from '../../../../src-main/store/migrations';
import { readRuns, runsKeptMs } from '../../../../src-main/store/run-rows';
import { openSqlite, type SqliteConnection } from '../../../../src-main/store/sqlite';
import type { RememberedRun } from '../../../../src-shared/runs';
import { rememberedRun } from '../../../helpers/run-samples';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

let connection: SqliteConnection;

beforeEach(() => {
  const opened = openSqlite(join(temporaryDirectory(), 'history.db'));
  connection = opened;
  onTestFinished(() => opened.close());
  connection.execute('PRAGMA auto_vacuum = INCREMENTAL');
  migrate(connection, migrations);
});

const write = (...runs: readonly RememberedRun[]) => writeBatch(connection, { samples: [], alerts: [], runs, records: [] });
const started = (runs: readonly RememberedRun[]) => runs.map(({ startedAtMs }) => startedAtMs);
const { identity } = rememberedRun(1);

test('a run is replaced by its start, the newest five of a container are kept, others are left alone', () => {
  write(...[1, 2, 3, 4, 5].map((at) => rememberedRun(at)), rememberedRun(1, { identity: 'other' }));
  write(rememberedRun(3, { outcome: 'crashed' }), rememberedRun(6));
  expect(started(readRuns(connection, identity))).toEqual([6, 5, 4, 3, 2]);
  expect(readRuns(connection, identity)[3]).toEqual(rememberedRun(3, { outcome: 'crashed' }));
  expect(started(readRuns(connection, 'other'))).toEqual([1]);
});

test('runs of long ago and rows of another version are not given', () => {
  const nowMs = 2 * runsKeptMs;
  write(rememberedRun(nowMs - runsKeptMs - 120_000), rememberedRun(nowMs - 120_000));
  connection.run(`INSERT INTO container_run VALUES (?, 7, ?, '{"identity":1}')`, identity, nowMs);
  applyRetention(connection, nowMs);
  expect(started(readRuns(connection, identity))).toEqual([nowMs - 120_000]);
});

test('memory keeps them by the same rules', async () => {
  const store = createMemoryStore({ detail: null, identityCount: 1 });
  for (const at of [1, 2, 3, 4, 5, 6]) store.rememberRun(rememberedRun(at));
  store.rememberRun(rememberedRun(4, { outcome: 'crashed' }));
  expect((await store.recallRuns(identity)).map(({ startedAtMs, outcome }) => [startedAtMs, outcome])).toEqual([
    [6, 'good'],
    [5, 'good'],
    [4, 'crashed'],
    [3, 'good'],
    [2, 'good'],
  ]);
  store.rememberRun(rememberedRun(1, { identity: 'other' }));
  expect(await store.recallRuns(identity)).toEqual([]);
});
