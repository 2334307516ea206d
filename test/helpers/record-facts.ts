import { dirname } from 'node:path';
import { createProcessesCollector } from '../../src-main/collectors/processes/collector';
import { systemClock } from '../../src-main/platform/clock';
import { systemExec } from '../../src-main/platform/exec';
import { createPackages } from '../../src-main/platform/packages';
import { systemRoots } from '../../src-main/platform/roots';
import type { ProcessesFacts } from '../../src-shared/snapshots';

const mostSamples = 100;
const betweenMs = 300;

/** Facts of this machine with everything that is read bit by bit: for baselines, run as a program of its own (bundleEntry). */
export async function recordFacts(): Promise<ProcessesFacts> {
  const packages = createPackages({ root: dirname(systemRoots.etc), exec: systemExec, monotonicMs: systemClock.monotonicMs });
  const collector = createProcessesCollector({ roots: systemRoots, clock: systemClock, packages });
  try {
    for (let sample = 0; sample < mostSamples; sample++) {
      const outcome = await collector.collect(new AbortController().signal);
      if (outcome.kind !== 'ok') throw new Error(outcome.detail);
      if (sample > 3 && outcome.data.evidencePendingCount === 0) return outcome.data;
      await packages.settled();
      await new Promise((resolve) => setTimeout(resolve, betweenMs));
    }
    throw new Error('the evidence was not complete after 100 samples');
  } finally {
    await collector.close?.();
  }
}

if (process.argv.includes('--print')) process.stdout.write(JSON.stringify(await recordFacts()));
