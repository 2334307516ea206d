import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { applyRetention, readRange, readRecentAlerts, retention, writeBatch } from '../../../../src-main/store/history';
import { migrate } from '../../../../src-main/store/migrate';
import { migrations } from '../../../../src-main/store/migrations';
import { openSqlite, type SqliteConnection, SqliteFailure } from '../../../../src-main/store/sqlite';
import { cpuSample, exitedAlert } from '../../../helpers/store-samples';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

let connection: SqliteConnection;
const cpu = { metric: 'host.cpu.busy', subject: '' } as const;
const noonMs = Date.UTC(2026, 0, 15, 12);

beforeEach(() => {
  const opened = openSqlite(join(temporaryDirectory(), 'history.db'));
  connection = opened;
  onTestFinished(() => opened.close());
  connection.execute('PRAGMA auto_vacuum = INCREMENTAL');
  migrate(connection, migrations);
});

function count(table: string): number {
  return Number(connection.rows(`SELECT count(*) AS n FROM ${table}`)[0]?.n);
}

test('samples come back in their stretch, both ends included, each series by itself', () => {
  const hostile = { metric: 'host.disk.used', subject: `/mnt/'"; DROP TABLE sample; --\u{1F4A5}` } as const;
  writeBatch(connection, {
    samples: [cpuSample(20, 0.2), cpuSample(10, 0.1), cpuSample(31, 1), { ...hostile, atMs: 10, value: 9 }],
    alerts: [],
    runs: [],
    records: [],
  });
  expect(readRange(connection, { ...cpu, fromMs: 10, toMs: 20 })).toEqual([
    { atMs: 10, value: 0.1 },
    { atMs: 20, value: 0.2 },
  ]);
  expect(readRange(connection, { ...hostile, fromMs: 0, toMs: 99 })).toEqual([{ atMs: 10, value: 9 }]);
  expect(readRange(connection, { ...cpu, fromMs: 20, toMs: 10 })).toEqual([]);
  expect(readRange(connection, { ...cpu, subject: 'never seen', fromMs: 0, toMs: 99 })).toEqual([]);
});

test('a second sample of the same time replaces the first', () => {
  writeBatch(connection, { samples: [cpuSample(10, 0.1)], alerts: [], runs: [], records: [] });
  writeBatch(connection, { samples: [cpuSample(10, 0.4)], alerts: [], runs: [], records: [] });
  expect(readRange(connection, { ...cpu, fromMs: 0, toMs: 99 })).toEqual([{ atMs: 10, value: 0.4 }]);
});

test('two hours of samples come as at most 600 means that keep the mean of the whole', () => {
  const samples = Array.from({ length: 1_440 }, (_, index) => cpuSample(noonMs + index * 5_000, index % 2));
  writeBatch(connection, { samples, alerts: [], runs: [], records: [] });
  const points = readRange(connection, { ...cpu, fromMs: noonMs, toMs: noonMs + retention.samplesMs - 1 });
  expect(points).toHaveLength(600);
  expect(points[0]).toEqual({ atMs: noonMs + 5_000, value: 1 / 3 });
  expect(points.every((point, index) => index === 0 || point.atMs > (points[index - 1]?.atMs ?? 0))).toBe(true);
});

test('a batch with one impossible row leaves nothing behind', () => {
  const broken = { ...cpuSample(10, 0), value: Number.NaN };
  expect(() => writeBatch(connection, { samples: [cpuSample(5, 1), broken], alerts: [], runs: [], records: [] })).toThrow(SqliteFailure);
  expect(count('sample')).toBe(0);
  writeBatch(connection, { samples: [cpuSample(5, 1)], alerts: [], runs: [], records: [] });
  expect(count('sample')).toBe(1);
});

test('samples past two hours become minute means once, late ones are weighed in', () => {
  const old = noonMs - retention.samplesMs - 60_000;
  writeBatch(connection, {
    samples: [cpuSample(old, 0.2), cpuSample(old + 5_000, 0.4), cpuSample(noonMs, 1)],
    alerts: [],
    runs: [],
    records: [],
  });
  applyRetention(connection, noonMs);
  applyRetention(connection, noonMs);
  expect(count('sample')).toBe(1);
  expect(connection.rows('SELECT at_ms, mean, count FROM minute')).toEqual([{ at_ms: old, mean: expect.closeTo(0.3, 10), count: 2 }]);
  writeBatch(connection, { samples: [cpuSample(old + 30_000, 0.9)], alerts: [], runs: [], records: [] });
  const expected = [
    { atMs: expect.any(Number), value: expect.closeTo(0.5, 10) },
    { atMs: noonMs, value: 1 },
  ];
  // Before and after the late one joined its minute the whole has the same mean.
  const fewPoints = { ...cpu, fromMs: old, toMs: old + 600 * 60_000 - 1 };
  expect(readRange(connection, fewPoints)).toEqual(expected);
  applyRetention(connection, noonMs);
  expect(count('minute')).toBe(1);
  expect(readRange(connection, fewPoints)).toEqual(expected);
});

test('minutes go after a week, alerts after thirty days, and series without rows with them', () => {
  const dayMs = 86_400_000;
  writeBatch(connection, {
    samples: [cpuSample(noonMs - 8 * dayMs, 1), { ...cpuSample(noonMs - 6 * dayMs, 1), subject: 'kept' }],
    runs: [],
    records: [],
    alerts: [
      exitedAlert('gone', noonMs - 40 * dayMs, { clearedAtMs: noonMs - 31 * dayMs }),
      exitedAlert('long', noonMs - 40 * dayMs, { clearedAtMs: noonMs - 29 * dayMs }),
    ],
  });
  applyRetention(connection, noonMs);
  applyRetention(connection, noonMs);
  expect(connection.rows('SELECT subject FROM series')).toEqual([{ subject: 'kept' }]);
  expect(count('minute')).toBe(1);
  expect(readRecentAlerts(connection, 10).map((alert) => alert.id)).toEqual(['long']);
});

test('space of what was forgotten goes back to the disk', () => {
  const samples = Array.from({ length: 20_000 }, (_, index) => cpuSample(noonMs - 9 * 86_400_000 + index * 60_000 * 0.1, index));
  writeBatch(connection, { samples, alerts: [], runs: [], records: [] });
  const pages = () => Number(connection.rows('PRAGMA page_count')[0]?.page_count);
  const before = pages();
  applyRetention(connection, noonMs);
  expect(pages()).toBeLessThan(before / 3);
  expect(connection.rows('PRAGMA freelist_count')).toEqual([{ freelist_count: 0 }]);
});

test('alerts are replaced by id, newest raised first; a row that cannot be read is left out', () => {
  writeBatch(connection, { samples: [], alerts: [exitedAlert('api', 10), exitedAlert('db', 20)], runs: [], records: [] });
  writeBatch(connection, { samples: [], alerts: [exitedAlert('api', 10, { clearedAtMs: 30, dismissed: true })], runs: [], records: [] });
  connection.run('INSERT INTO alert VALUES (?, ?, ?, ?)', 'odd', 99, 99, '{"from":"another planet"}');
  expect(readRecentAlerts(connection, 10)).toEqual([exitedAlert('db', 20), exitedAlert('api', 10, { clearedAtMs: 30, dismissed: true })]);
});
