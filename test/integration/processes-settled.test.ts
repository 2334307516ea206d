import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProcessTable } from '../../src-main/collectors/processes/read-table';
import { temporaryDirectory } from '../helpers/temporary-directory';

/** A /proc of one process, whose figures the test sets. */
function fakeProc() {
  const root = temporaryDirectory();
  mkdirSync(join(root, '100'));
  const write = (state: string, userTicks: number, startTicks = 5_000) => {
    const fields = [1, 100, 100, 0, -1, 0, 0, 0, 0, 0, userTicks, 0, 0, 0, 20, 0, 1, 0, startTicks, 1_000_000, 50];
    writeFileSync(join(root, '100', 'stat'), `100 (still) ${state} ${fields.join(' ')}${' 0'.repeat(30)}\n`);
  };
  return { root, write };
}

test('one that sleeps on is read in one sample of three, and what it used meanwhile is spread over them', () => {
  const { root, write } = fakeProc();
  write('S', 40);
  const table = createProcessTable(root);
  const used: number[] = [];
  let second = 0;
  const sample = () => {
    second += 2;
    const [one] = table.sample(second * 1000);
    if (one === undefined) throw new Error('the process is there');
    used.push(one.cpuTicks - (one.previousCpuTicks ?? one.cpuTicks));
    return one;
  };
  for (let count = 0; count < 20; count += 1) expect(sample().cpuTicks).toBe(40);
  used.length = 0;
  write('R', 70);
  let seenAfter = 0;
  while (sample().cpuTicks === 40) seenAfter += 1;
  expect(seenAfter).toBeLessThanOrEqual(2);
  expect(used.at(-1)).toBe(10);
  // Awake it is read each time again.
  write('R', 90);
  expect(sample()).toMatchObject({ cpuTicks: 90, previousCpuTicks: 70, state: 'R' });
  table.close();
});

test('one that ended, and another under its number, are found while it is read rarely', () => {
  const { root, write } = fakeProc();
  write('S', 40);
  const table = createProcessTable(root);
  for (let count = 1; count <= 20; count += 1) table.sample(count * 2_000);
  write('R', 1, 9_000);
  const found = [21, 22, 23].map((count) => table.sample(count * 2_000)[0]?.startTicks);
  expect(found.at(-1)).toBe(9_000);
  table.close();
});
