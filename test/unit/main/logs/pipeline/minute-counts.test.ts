import { describe, expect, it } from 'vitest';
import { MinuteCounts } from '../../../../../src-main/logs/pipeline/minute-counts';

const minuteMs = 60_000;
const noonMs = Date.UTC(2026, 10, 21, 12);

describe('MinuteCounts', () => {
  it('counts by the minute of a line, and forgets what is older than the window', () => {
    const counts = new MinuteCounts(4);
    counts.add(noonMs, noonMs);
    counts.add(noonMs + minuteMs, noonMs + minuteMs, 2);
    counts.add(noonMs, noonMs + minuteMs);
    counts.add(noonMs - 3 * minuteMs, noonMs + minuteMs);
    expect(counts.read(noonMs + minuteMs)).toEqual([0, 0, 2, 2]);
    expect(counts.read(noonMs + 4 * minuteMs)).toEqual([2, 0, 0, 0]);
    expect(counts.read(noonMs + 5 * minuteMs)).toEqual([]);
  });

  it('counts a line that says it is of the future as one of now', () => {
    const counts = new MinuteCounts(3);
    counts.add(noonMs + 90 * minuteMs, noonMs);
    expect(counts.read(noonMs)).toEqual([0, 0, 1]);
  });

  it.each([
    ['by minutes', -2 * minuteMs],
    ['by hours', -540 * minuteMs],
  ])('counts anew when the clock is set back %s', (_, stepMs) => {
    const counts = new MinuteCounts(4);
    counts.add(noonMs, noonMs, 5);
    expect(counts.read(noonMs + stepMs)).toEqual([]);
    counts.add(noonMs + stepMs, noonMs + stepMs, 2);
    counts.add(noonMs + stepMs + minuteMs, noonMs + stepMs + minuteMs, 3);
    expect(counts.read(noonMs + stepMs + minuteMs)).toEqual([0, 0, 2, 3]);
  });

  it('counts on when the clock is put right by a moment, be it over the full minute', () => {
    const counts = new MinuteCounts(4);
    counts.add(noonMs - minuteMs, noonMs - minuteMs, 5);
    counts.add(noonMs, noonMs, 2);
    counts.add(noonMs - 200, noonMs - 200);
    expect(counts.read(noonMs - 200)).toEqual([0, 0, 6, 2]);
    expect(counts.read(noonMs + minuteMs)).toEqual([0, 6, 2, 0]);
  });

  it('goes on after a clock that stood ten years ahead for a moment', () => {
    const counts = new MinuteCounts(3);
    const aheadMs = Date.UTC(2036, 1, 7);
    counts.add(noonMs, noonMs);
    counts.add(aheadMs, aheadMs);
    expect(counts.read(aheadMs)).toEqual([0, 0, 1]);
    counts.add(noonMs + minuteMs, noonMs + minuteMs, 2);
    expect(counts.read(noonMs + minuteMs)).toEqual([0, 0, 2]);
  });
});
