import { expect, test } from 'vitest';
import { bucketMeans, bucketWidthMs, keepFinite } from '../../../../src-main/store/samples';
import { cpuSample } from '../../../helpers/store-samples';

test('the stretches cover both ends with no more than the given number', () => {
  expect(bucketWidthMs(0, 599, 600)).toBe(1);
  expect(bucketWidthMs(0, 600, 600)).toBe(2);
  expect(bucketWidthMs(5, 5, 600)).toBe(1);
});

test('a lone point stays as it is, several in one stretch become their mean in time and value', () => {
  const points = [
    { atMs: 1_003, value: 0.5 },
    { atMs: 1_010, value: 0.2 },
    { atMs: 1_018, value: 0.4 },
  ];
  expect(bucketMeans(points, 1_000, 1_019, 2)).toEqual([
    { atMs: 1_003, value: 0.5 },
    { atMs: 1_014, value: 0.30000000000000004 },
  ]);
});

test('what is not a number is left out', () => {
  const good = cpuSample(1, 0.5);
  expect(keepFinite([good, cpuSample(2, Number.NaN), cpuSample(Number.POSITIVE_INFINITY, 1)])).toEqual([good]);
});
