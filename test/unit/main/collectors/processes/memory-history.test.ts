import { describe, expect, test } from 'vitest';
import { rememberMemory, startMemoryHistory } from '../../../../../src-main/collectors/processes/memory-history';

const mib = 1024 * 1024;
const minute = 60_000;

/** Feeds a reading every two seconds, from minute 0 on. */
function watch(bytesAt: (minutes: number) => number, minutes: number, fromMinute = 0) {
  const history = startMemoryHistory(1, bytesAt(fromMinute), fromMinute * minute);
  let trend = null;
  for (let nowMs = fromMinute * minute; nowMs <= (fromMinute + minutes) * minute; nowMs += 2_000) {
    trend = rememberMemory(history, bytesAt(nowMs / minute), nowMs);
  }
  return { history, trend };
}

describe('the trend of a process', () => {
  test('steady growth is told after an hour, per hour', () => {
    const grows = (minutes: number) => (100 + minutes) * mib;
    expect(watch(grows, 55).trend).toBeNull();
    const { trend } = watch(grows, 75);
    expect((trend?.bytesPerHour ?? 0) / mib).toBeCloseTo(60, 0);
    expect(trend?.overMs).toBeGreaterThanOrEqual(60 * minute);
  });

  test('a saw is judged by its lowest points', () => {
    const saw = (minutes: number) => (100 + minutes * 0.5 + (minutes % 2) * 40) * mib;
    expect((watch(saw, 120).trend?.bytesPerHour ?? 0) / mib).toBeCloseTo(30, -1);
    expect(watch((minutes) => (100 + (minutes % 2) * 40) * mib, 120).trend).toBeNull();
  });

  test.each<[string, (minutes: number) => number]>([
    ['standing still', () => 100 * mib],
    ['shrinking', (minutes) => (500 - minutes) * mib],
    ['filled once', (minutes) => (minutes < 20 ? 100 : 400) * mib],
    ['noise for its size', (minutes) => (4_000 + minutes * 0.3) * mib],
  ])('none: %s', (_, bytesAt) => {
    expect(watch(bytesAt, 120).trend).toBeNull();
  });

  test('keeps three hours and looks once a minute', () => {
    const { history } = watch((minutes) => (100 + minutes) * mib, 600);
    expect(history.stretches).toHaveLength(36);
    expect((history.trend?.overMs ?? 0) / minute).toBeLessThanOrEqual(190);
    const { trend } = history;
    expect(rememberMemory(history, 1, 600 * minute + 2_000)).toBe(trend);
  });

  test('what was before a long sleep is forgotten', () => {
    const { history } = watch((minutes) => (100 + minutes) * mib, 120);
    expect(rememberMemory(history, mib, 200 * minute)).toBeNull();
    expect(history.stretches).toEqual([]);
  });
});
