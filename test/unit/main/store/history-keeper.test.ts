import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Clock } from '../../../../src-main/platform/clock';
import { openHistoryKeeper } from '../../../../src-main/store/history-keeper';
import { openSqlite } from '../../../../src-main/store/sqlite';
import { createFakeTime } from '../../../helpers/fake-time';
import { cpuSample, exitedAlert } from '../../../helpers/store-samples';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const storedAtMs = Date.UTC(2026, 10, 22);

function write(file: string, clock: Clock, atMs: number): void {
  const keeper = openHistoryKeeper(file, clock);
  expect(keeper.write({ samples: [cpuSample(atMs, 1)], alerts: [exitedAlert(`at ${atMs}`, atMs)], runs: [], records: [] })).toBeNull();
  keeper.close();
  // The file system stamps with the clock of the test machine.
  utimesSync(file, clock.nowMs() / 1000, clock.nowMs() / 1000);
}

function keptAlerts(file: string): readonly unknown[] {
  const connection = openSqlite(file);
  const rows = connection.rows('SELECT id FROM alert ORDER BY raised_at_ms');
  connection.close();
  return rows.map(({ id }) => id);
}

test('a start with a clock years ahead forgets nothing, the first and every other time', () => {
  const file = join(temporaryDirectory(), 'history.db');
  write(file, createFakeTime(storedAtMs), storedAtMs);
  for (const day of [1, 2]) {
    const time = createFakeTime(Date.UTC(2036, 0));
    const keeper = openHistoryKeeper(file, time);
    keeper.write({ samples: [cpuSample(time.nowMs(), 1)], alerts: [], runs: [], records: [] });
    keeper.close();
    // Set right after a minute.
    write(file, createFakeTime(storedAtMs + day * dayMs), storedAtMs + day * dayMs);
  }
  expect(keptAlerts(file)).toEqual([0, 1, 2].map((day) => `at ${storedAtMs + day * dayMs}`));
});

test('after weeks without LogScope what is too old goes, hours later', async () => {
  const file = join(temporaryDirectory(), 'history.db');
  write(file, createFakeTime(storedAtMs), storedAtMs);
  const time = createFakeTime(storedAtMs + 40 * dayMs);
  const keeper = openHistoryKeeper(file, time);
  const write1 = () => keeper.write({ samples: [cpuSample(time.nowMs(), 1)], alerts: [], runs: [], records: [] });
  write1();
  expect(keeper.ask('recent-alerts', 10)).toHaveLength(1);
  await time.advance(6 * hourMs);
  write1();
  expect(keeper.ask('recent-alerts', 10)).toEqual([]);
  keeper.close();
});
