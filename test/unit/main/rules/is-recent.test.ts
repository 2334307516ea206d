import { expect, test } from 'vitest';
import { isRecent } from '../../../../src-main/rules/is-recent';

const nowMs = 1_000_000;

test.each<[string, number, boolean]>([
  ['now', nowMs, true],
  ['just within', nowMs - 9_999, true],
  ['as old as that', nowMs - 10_000, false],
  ['a clock a little ahead', nowMs + 60_000, true],
  ['before the clock was set back', nowMs + 60_001, false],
])('%s', (_, atMs, recent) => {
  expect(isRecent(atMs, nowMs, 10_000)).toBe(recent);
});
