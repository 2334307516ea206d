import { expect, test } from 'vitest';
import { elapsedBetweenSamples } from '../../../../src-main/platform/proc-elapsed';

function gapsAt(times: readonly number[]): readonly (number | null)[] {
  let nowMs = 0;
  const elapsed = elapsedBetweenSamples({ nowMs: () => 0, monotonicMs: () => nowMs }, 1_000);
  return times.map((time) => {
    nowMs = time;
    return elapsed.mark();
  });
}

test('the gap between samples, none at first and none after a sleep', () => {
  expect(gapsAt([5_000, 6_000, 7_500, 60_000, 61_000])).toEqual([null, 1_000, 1_500, null, 1_000]);
});

test('a slower cadence has no rate once and then has', () => {
  expect(gapsAt([0, 1_000, 11_000, 21_000, 31_000])).toEqual([null, 1_000, null, 10_000, 10_000]);
});

test('no time between two samples is no base for a rate', () => {
  expect(gapsAt([10, 10])).toEqual([null, null]);
});
