import { expect, it } from 'vitest';
import { isLookDue } from '../../../../../src-main/collectors/containers/read-disk-use';

it.each([
  ['never looked', { nowMs: 5, startedAtMs: null, tookMs: 0, hasChanged: false }, true],
  ['nothing changed for nine minutes', { nowMs: 540_000, startedAtMs: 0, tookMs: 10, hasChanged: false }, false],
  ['ten minutes are over', { nowMs: 600_000, startedAtMs: 0, tookMs: 10, hasChanged: false }, true],
  ['something was removed just now', { nowMs: 59_000, startedAtMs: 0, tookMs: 10, hasChanged: true }, false],
  ['something was removed in the last minute', { nowMs: 60_000, startedAtMs: 0, tookMs: 10, hasChanged: true }, true],
  ['the engine needs 5 s for it: every 500 s at most', { nowMs: 499_000, startedAtMs: 0, tookMs: 5_000, hasChanged: true }, false],
  ['and then again', { nowMs: 500_000, startedAtMs: 0, tookMs: 5_000, hasChanged: true }, true],
] as const)('%s', (_name, times, due) => {
  expect(isLookDue(times)).toBe(due);
});
