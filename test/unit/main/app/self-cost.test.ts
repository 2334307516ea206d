import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSelfCost } from '../../../../src-main/app/self-cost';
import { createFakeTime } from '../../../helpers/fake-time';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

test('memory is measured once a minute, also when the clock was set back', async () => {
  const proc = temporaryDirectory();
  mkdirSync(join(proc, '7'));
  const setPss = (kilobytes: number) => writeFileSync(join(proc, '7', 'smaps_rollup'), `Pss:   ${kilobytes} kB\n`);
  const time = createFakeTime();
  const cost = createSelfCost({ selfPid: 7, proc, clock: time });
  const measure = () => {
    const { atMs, memoryBytes } = cost.update([{ pid: 7, ppid: 1, cpuCores: 0.5, rssBytes: 1 }], 0);
    return { isStampedNow: atMs === time.nowMs(), memoryBytes };
  };
  setPss(100);
  expect(measure()).toEqual({ isStampedNow: true, memoryBytes: 102_400 });
  setPss(200);
  time.setWall(-9 * 3_600_000);
  await time.advance(59_000);
  expect(measure()).toEqual({ isStampedNow: true, memoryBytes: 102_400 });
  await time.advance(1_000);
  expect(measure()).toEqual({ isStampedNow: true, memoryBytes: 204_800 });
});
