import { expect, test } from 'vitest';
import { ancestorsOf, descendantsOf } from '../../../../src-main/app/process-kin';
import { processRow } from '../../../helpers/process-samples';

const child = (pid: number, ppid: number) => processRow(pid, { ppid });

test('everything below, nearest first, and everything above, from the top', () => {
  const all = [child(1, 0), child(10, 1), child(11, 10), child(12, 10), child(13, 11), child(20, 1)];
  expect(descendantsOf({ pid: 10 }, all).map(({ process, depth }) => [process.pid, depth])).toEqual([
    [11, 1],
    [12, 1],
    [13, 2],
  ]);
  expect(ancestorsOf({ pid: 13, ppid: 11 }, all).map(({ pid }) => pid)).toEqual([1, 10, 11]);
  expect(descendantsOf({ pid: 20 }, all)).toEqual([]);
});

test('a table with a circle (read while numbers were given anew) ends, and nobody stands there twice', () => {
  const all = [child(10, 12), child(11, 10), child(12, 11), child(13, 13)];
  expect(descendantsOf({ pid: 10 }, all).map(({ process }) => process.pid)).toEqual([11, 12]);
  expect(ancestorsOf({ pid: 10, ppid: 12 }, all).map(({ pid }) => pid)).toEqual([11, 12]);
  expect(descendantsOf({ pid: 13 }, all)).toEqual([]);
  expect(ancestorsOf({ pid: 13, ppid: 13 }, all)).toEqual([]);
});
