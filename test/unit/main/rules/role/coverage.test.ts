import { describe, expect, it } from 'vitest';
import { createProcessJudge } from '../../../../../src-main/rules/judge-processes';
import { bareSurroundings } from '../../../../../src-main/rules/process-context';
import type { Process } from '../../../../../src-shared/snapshots';
import { baselineNames, readBaseline } from '../../../../helpers/baseline';
import { roleBase } from '../risk/risk-samples';
import { nowMs } from '../sample-facts';

/** Without what the running machine would add (units, containers, desktop entries): the base and the facts alone. */
function judgeBaseline(name: (typeof baselineNames)[number]): readonly Process[] {
  const judge = createProcessJudge({
    surroundings: bareSurroundings('linux', 999_999),
    idOf: ({ pid, startTicks }) => `${pid}-${startTicks}`,
    base: roleBase,
  });
  return judge(readBaseline(name, nowMs), nowMs).snapshot.processes;
}

describe.each(baselineNames)('what the processes of %s are', (name) => {
  const processes = judgeBaseline(name);
  const named = (unlike: readonly Process[]) => unlike.map(({ name: one, exe, role }) => `${one} (${exe}): ${role.layer}`).join('\n');

  it('is told of 95 of 100, of 85 of 100 by the curated base', () => {
    const unexplained = processes.filter(({ role }) => role.layer === 'unknown');
    // A file these rights cannot see may be what its name says: the sentence stands, marked as a claim. In a wrong place it does not count.
    const outsideBase = processes.filter(
      ({ role, exe }) => role.entry === null || (role.claimed && exe !== null) || role.layer === 'ancestor',
    );
    console.info(
      `${name}: ${processes.length} processes, ${processes.length - unexplained.length} explained, ${processes.length - outsideBase.length} by the base`,
    );
    expect(unexplained.length / processes.length, named(unexplained)).toBeLessThanOrEqual(0.05);
    expect(outsideBase.length / processes.length, named(outsideBase)).toBeLessThanOrEqual(0.15);
  });

  it('is told of every thread of the kernel', () => {
    const threads = processes.filter(({ kernelThread }) => kernelThread);
    expect(threads.filter(({ role }) => role.layer !== 'base').map(({ name: one }) => one)).toEqual([]);
  });
});
