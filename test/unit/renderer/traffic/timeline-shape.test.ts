import { expect, test } from 'vitest';
import { niceTop, stretchAt, timelineShape } from '../../../../src-renderer/views/traffic/figures/timeline-shape';
import type { TrafficStretch } from '../../../../src-shared/contract';

const quiet: TrafficStretch = { atMs: 0, requests: 0, meanMs: null, p90Ms: null, bytes: 0, clientErrors: 0, serverErrors: 0 };
const frame = { width: 40, height: 100 };

test('bars stand on each other from the ground up: 5xx, 4xx, the rest', () => {
  const shape = timelineShape([{ ...quiet, requests: 10, clientErrors: 2, serverErrors: 1 }], frame);
  expect(shape).toMatchObject({
    mostRequests: 10,
    serverErrors: 'M0 100v-10h39v10Z',
    clientErrors: 'M0 90v-20h39v20Z',
    fine: 'M0 70v-70h39v70Z',
    mean: '',
    p90: '',
    mostMs: null,
  });
});

test('failures of a hundredth are seen, single ones do not paint a line under everything', () => {
  const shape = timelineShape(
    [
      { ...quiet, requests: 10_000, serverErrors: 100 },
      { ...quiet, requests: 10_000, serverErrors: 1 },
    ],
    frame,
  );
  expect(shape.serverErrors).toBe('M0 100v-2h19v2ZM20 100v-0h19v0Z');
});

test('times are a line that keeps its gaps; one alone is a dash; no times are no line at 0', () => {
  const at = (meanMs: number | null): TrafficStretch => ({ ...quiet, requests: meanMs === null ? 0 : 1, meanMs });
  const shape = timelineShape([at(50), at(100), at(null), at(50)], frame);
  expect(shape.mostMs).toBe(100);
  expect(shape.mean).toBe('M5 51L15 2M30 51h10');
  expect(shape.p90).toBe('');
});

test('an axis ends at a round figure', () => {
  expect([1, 7, 11, 100, 101, 1_390, 8_001].map(niceTop)).toEqual([1, 8, 12, 100, 120, 1_500, 10_000]);
});

test('the place under the pointer', () => {
  expect([stretchAt(-5, 100, 10), stretchAt(35, 100, 10), stretchAt(100, 100, 10), stretchAt(5, 100, 0)]).toEqual([0, 3, 9, -1]);
});
