import { expect, test } from 'vitest';
import { createUsageHistory, usagePointCount } from '../../../src-renderer/state/usage-history';

const figures = (id: string, cpuBusyRatio: number | null, memoryUsedRatio: number | null = 0.5) => ({ id, cpuBusyRatio, memoryUsedRatio });

test('keeps the points of every container, oldest first, with gaps where there was no figure', () => {
  const history = createUsageHistory();
  history.record([figures('a', 0.25)], 1000);
  history.record([figures('a', null), figures('b', 0.75)], 2000);
  history.record([figures('b', 0.5)], 3000);
  expect(history.points('a', 'cpu')).toEqual([
    { atMs: 1000, value: 0.25 },
    { atMs: 2000, value: null },
    { atMs: 3000, value: null },
  ]);
  expect(history.points('b', 'cpu').map(({ value }) => value)).toEqual([null, 0.75, 0.5]);
  expect(history.points('b', 'memory').map(({ value }) => value)).toEqual([null, 0.5, 0.5]);
  expect(history.points('gone', 'cpu')).toEqual([]);
  expect(history.recorded.getState().atMs).toBe(3000);
});

test('readings closer than a second are one point', () => {
  const history = createUsageHistory();
  history.record([figures('a', 0.25)], 1000);
  history.record([figures('a', 0.5)], 1300);
  expect(history.points('a', 'cpu')).toEqual([{ atMs: 1000, value: 0.25 }]);
});

test('is bounded: five minutes, and nothing of containers that are gone for longer', () => {
  const history = createUsageHistory();
  history.record([figures('gone', 0.25)], 0);
  for (let second = 1; second < 3 * usagePointCount; second += 1) history.record([figures('a', 0.5)], second * 1000);
  const points = history.points('a', 'cpu');
  expect(points).toHaveLength(usagePointCount);
  expect(points[0]?.atMs).toBe((3 * usagePointCount - usagePointCount) * 1000);
  expect(points.at(-1)?.atMs).toBe((3 * usagePointCount - 1) * 1000);
  expect(history.points('gone', 'cpu')).toEqual([]);
});

test('goes on when the clock is set back, without what was drawn for later times; a late reading is passed over', () => {
  const hourMs = 3_600_000;
  const history = createUsageHistory();
  history.record([figures('a', 0.1)], 1000);
  history.record([figures('a', 0.2)], 9 * hourMs);
  history.record([figures('a', 0.3)], 9 * hourMs + 1000);
  history.record([figures('a', 0.4)], 9 * hourMs - 2000);
  history.record([figures('a', 0.5)], 2000);
  history.record([figures('a', 0.75)], 3000);
  expect(history.points('a', 'cpu').map(({ atMs, value }) => [atMs, value?.toFixed(2)])).toEqual([
    [1000, '0.10'],
    [2000, '0.50'],
    [3000, '0.75'],
  ]);
  expect(history.recorded.getState().atMs).toBe(3000);
});
