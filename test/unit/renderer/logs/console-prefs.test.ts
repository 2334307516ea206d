import { expect, test } from 'vitest';
import { createPrefsStore, parsePrefs, withRecent } from '../../../../src-renderer/views/logs/console/console-prefs';
import { lineClock, lineDay, lineStamp } from '../../../../src-renderer/views/logs/console/line-times';

const usual = { wrap: false, zone: 'local', times: 'clock', density: 'compact', recent: [] };

test('what an earlier window left is taken up; what is not understood counts as nothing', () => {
  expect(parsePrefs(null)).toEqual(usual);
  expect(parsePrefs('not json')).toEqual(usual);
  expect(parsePrefs('[1]')).toEqual(usual);
  expect(parsePrefs('{"wrap":true,"zone":"utc","times":"ago","density":"comfortable","recent":["a",1,"b"],"more":1}')).toEqual({
    wrap: true,
    zone: 'utc',
    times: 'ago',
    density: 'comfortable',
    recent: ['a', 'b'],
  });
});

test('a change is kept', () => {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  createPrefsStore(storage).setState({ wrap: true });
  expect(createPrefsStore(storage).getState()).toEqual({ ...usual, wrap: true });
});

test('of late: the last first, each once, twelve at most', () => {
  expect(withRecent(['a', 'b'], ' b ')).toEqual(['b', 'a']);
  expect(withRecent(['a'], '  ')).toEqual(['a']);
  expect(
    withRecent(
      Array.from({ length: 12 }, (_, index) => `q${index}`),
      'new',
    ),
  ).toHaveLength(12);
});

test('times are written with milliseconds and say their zone where it is not the local one', () => {
  const atMs = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
  expect(lineClock(atMs, 'utc')).toBe('03:04:05.006');
  expect(lineDay(atMs, 'utc')).toBe('2026-01-02');
  expect(lineStamp(atMs, 'utc')).toBe('2026-01-02 03:04:05.006 UTC');
});
