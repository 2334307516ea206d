import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createProcessesCollector } from '../../src-main/collectors/processes/collector';
import { systemExec } from '../../src-main/platform/exec';
import { createPackages } from '../../src-main/platform/packages';
import { systemRoots } from '../../src-main/platform/roots';
import { createProcessJudge } from '../../src-main/rules/judge-processes';
import { bareSurroundings } from '../../src-main/rules/process-context';
import { curatedRoleBase } from '../../src-main/rules/role/role-base';
import { absoluteRow, type BenchRun, median } from './bench-row';
import { cpuMsOf } from './cpu-time';
import { rest, startCrowd } from './process-crowd';
import { processCount } from './process-tree';

const wantedProcesses = 2_000;
const cadenceMs = 2_000;
const cycleMs = 5_000;
const rounds = 7;
/** Shorter than the cadence: the evidence on all of them is read within seconds, and stretches of work lie closer together. */
const restMs = 250;

/**
 * P4b: facts and verdicts on 2,000 processes in the thread that does it: processor time of a cycle of 5 s once everything is
 * settled and while the evidence is being read, and how long the thread keeps others waiting meanwhile, beside the same thread
 * at rest (the machine itself makes a timer late).
 */
export const run: BenchRun = async (say) => {
  if (process.platform !== 'linux') {
    say('P4b is measured on Linux only');
    return [];
  }
  const crowd = await startCrowd(wantedProcesses);
  try {
    return await measure(say);
  } finally {
    await crowd.end();
  }
};

async function measure(say: (line: string) => void) {
  let nowMs = 0;
  const clock = { nowMs: () => Date.now(), monotonicMs: () => nowMs };
  const packages = createPackages({ root: '/', exec: systemExec, monotonicMs: clock.monotonicMs });
  const collector = createProcessesCollector({ roots: systemRoots, clock, packages });
  const judge = createProcessJudge({
    idOf: ({ pid, startTicks }) => `${pid}-${startTicks}`,
    surroundings: bareSurroundings('linux', 1),
    base: curatedRoleBase(),
  });
  let pendingCount = Number.POSITIVE_INFINITY;

  async function look(): Promise<void> {
    nowMs += cadenceMs;
    const outcome = await collector.collect(new AbortController().signal);
    if (outcome.kind !== 'ok') throw new Error(outcome.detail);
    pendingCount = outcome.data.evidencePendingCount;
    judge(outcome.data, clock.nowMs());
  }

  const note = `${processCount()} processes`;
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await rest(3_000);
  const restP99Ms = delays.percentile(99) / 1e6;
  delays.reset();
  const first = await cpuMsOf(1, look);
  await rest(restMs);
  const reading: number[] = [];
  const startedAt = performance.now();
  while (pendingCount > 0) {
    reading.push(await cpuMsOf(1, look));
    await rest(restMs);
  }
  const readP99Ms = delays.percentile(99) / 1e6;
  const readMaxMs = delays.max / 1e6;
  delays.disable();
  const samples = reading.length + 1;
  say(
    `P4b first sample ${first.toFixed(0)} ms; evidence on all after ${samples} samples (${((samples * cadenceMs) / 1000).toFixed(0)} s at the usual cadence)`,
  );
  say(
    `P4b loop delay at rest: p99 ${restP99Ms.toFixed(1)} ms; while reading for ${((performance.now() - startedAt) / 1000).toFixed(0)} s: max ${readMaxMs.toFixed(1)} ms`,
  );
  // Two minutes and more: what is looked at again is in it.
  for (let time = 0; time < 70; time++) await look();
  const settled: number[] = [];
  for (let round = 0; round < rounds; round++) settled.push(await cpuMsOf(20, look));
  await collector.close?.();
  const perCycle = (ms: number) => ms * (cycleMs / cadenceMs);
  const cycle = (what: string, values: readonly number[]) =>
    absoluteRow({ id: 'P4b', what, ours: perCycle(median(values)), unit: 'ms CPU per 5 s', must: 150, note });
  return [
    cycle('facts and verdicts, evidence read', settled),
    cycle('facts and verdicts, evidence being read', reading),
    absoluteRow({
      ...{ id: 'P4b', what: 'loop delay p99 of that thread while evidence is read', ours: readP99Ms, unit: 'ms', must: 20 },
      note: `${note}; at rest ${restP99Ms.toFixed(1)} ms, longest ${readMaxMs.toFixed(1)} ms`,
    }),
  ];
}
