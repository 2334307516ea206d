import { expect, test } from 'vitest';
import { StretchTable, stretchSeconds } from '../../../../src-main/traffic/aggregate/stretches';
import { createRandom } from './traffic-text';

const start = Date.UTC(2025, 5, 10) / 1000;

test.each([
  [0, 1],
  [239, 1],
  [240, 5],
  [3_600, 30],
  [86_399, 600],
  [7 * 86_400 - 1, 3_600],
  [365 * 86_400, 7 * 86_400],
  [80 * 365 * 86_400, 364 * 86_400],
])('a log of %d seconds has stretches of %d', (seconds, width) => {
  expect(stretchSeconds(start, start + seconds)).toBe(width);
});

test('stretches widen as the log grows, to either side, and lose nothing', () => {
  const random = createRandom(5);
  const table = new StretchTable();
  let low = start;
  let high = start;
  for (let round = 0; round < 5_000; round++) {
    const spread = 10 + round * round;
    const second = Math.floor(start + (random() - 0.3) * spread);
    low = Math.min(low, second);
    high = Math.max(high, second);
    const stretch = table.find(second);
    stretch.requests += 1;
    stretch.times.add(1 + random() * 100);
  }
  const all = table.all();
  expect(all.length).toBeLessThanOrEqual(240);
  expect(all.length).toBeGreaterThan(12);
  expect(table.widthSeconds).toBeGreaterThanOrEqual(stretchSeconds(low, high));
  expect(all.reduce((sum, [, figures]) => sum + (figures?.requests ?? 0), 0)).toBe(5_000);
  expect(all.reduce((sum, [, figures]) => sum + (figures?.times.count ?? 0), 0)).toBe(5_000);
  expect(all.map(([atSecond], index) => atSecond - (all[0]?.[0] ?? 0) - index * table.widthSeconds)).toEqual(all.map(() => 0));
});
