import { expect, test } from 'vitest';
import { deriveCpuCores } from '../../../../../src-main/collectors/processes/derive';

test.each<[string, number | null, number, number | null, number | null]>([
  ['one core busy for two seconds', 100, 300, 2_000, 1],
  ['a quarter of a core', 0, 50, 2_000, 0.25],
  ['idle', 50, 50, 1_000, 0],
  ['first sample', null, 300, 2_000, null],
  ['no usable gap', 100, 300, null, null],
  ['no time between', 100, 300, 0, null],
  ['ran backwards', 300, 299, 2_000, null],
])('%s', (_, previous, current, elapsedMs, cores) => {
  expect(deriveCpuCores(previous, current, elapsedMs, 100)).toBe(cores);
});
