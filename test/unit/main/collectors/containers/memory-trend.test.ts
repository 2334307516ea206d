import { describe, expect, it } from 'vitest';
import { advanceTrend, deriveGrowth, type MemoryTrend } from '../../../../../src-main/collectors/containers/memory-trend';

const mib = 1024 * 1024;
const samples = (bytesAt: (index: number) => number, count = 30) =>
  Array.from({ length: count }, (_, index) => ({ atMs: index * 10_000, bytes: bytesAt(index) }));
/** Deterministic noise between -1 and 1. */
const noise = (index: number) => Math.sin(index * 12.9898) % 1;

describe('deriveGrowth', () => {
  it('is the slope of a straight line', () => {
    expect(deriveGrowth(samples((index) => 100 * mib + index * mib))).toBeCloseTo(mib / 10);
    expect(deriveGrowth(samples((index) => 100 * mib - index * mib))).toBeCloseTo(-mib / 10);
  });
  it('is not moved by noise and by wild samples', () => {
    const growth = deriveGrowth(samples((index) => 100 * mib + index * mib + noise(index) * mib + (index === 9 ? 500 * mib : 0)));
    expect(growth).toBeGreaterThan(0.09 * mib);
    expect(growth).toBeLessThan(0.11 * mib);
  });
  it.each<[string, (index: number) => number]>([
    ['standing still', () => 100 * mib],
    ['noise', (index) => 100 * mib + noise(index) * 30 * mib],
    ['growth that is noise for its size', (index) => 1000 * mib + index * 0.2 * mib],
    ['a saw', (index) => 100 * mib + (index % 6) * 20 * mib],
    ['filled up at the start and then steady', (index) => Math.min(index, 10) * 20 * mib + 10 * mib],
    ['one jump', (index) => (index < 15 ? 100 : 300) * mib],
  ])('is null for %s', (_name, bytesAt) => {
    expect(deriveGrowth(samples(bytesAt))).toBeNull();
  });
  it('is null before a minute is over', () => {
    const line = (index: number) => 100 * mib + index * 10 * mib;
    expect(deriveGrowth(samples(line, 6))).toBeNull();
    expect(deriveGrowth(samples(line, 7))).not.toBeNull();
  });
});

describe('advanceTrend', () => {
  const grow = (fromMs: number, count: number, everyMs: number, startedAtMs = 1, before?: MemoryTrend) => {
    let trend = before;
    for (let index = 0; index < count; index += 1) {
      const atMs = fromMs + index * everyMs;
      trend = advanceTrend(trend, startedAtMs, { atMs, bytes: 100 * mib + atMs * 100 });
    }
    return trend;
  };

  it('takes a sample each ten seconds and keeps five minutes', () => {
    const trend = grow(0, 1_000, 1_000);
    expect(trend?.samples).toHaveLength(30);
    expect((trend?.samples.at(-1)?.atMs ?? 0) - (trend?.samples[0]?.atMs ?? 0)).toBe(290_000);
    expect(trend?.growthBytesPerSecond).toBeCloseTo(100_000);
  });
  it('is the same object between two samples', () => {
    const before = grow(0, 12, 10_000);
    expect(advanceTrend(before, 1, { atMs: 113_000, bytes: 1 })).toBe(before);
  });
  it('starts anew with a new run, after a gap and when time goes back', () => {
    const before = grow(0, 12, 10_000);
    expect(before?.growthBytesPerSecond).not.toBeNull();
    expect(grow(120_000, 1, 0, 2, before)).toMatchObject({ samples: [{}], growthBytesPerSecond: null });
    expect(grow(400_000, 1, 0, 1, before)?.samples).toHaveLength(1);
    expect(grow(50_000, 1, 0, 1, before)?.samples).toHaveLength(1);
  });
});
