import { readFileSync } from 'node:fs';
import { createServicesCollector } from '../../src-main/collectors/services/collector';
import { systemClock } from '../../src-main/platform/clock';
import { systemExec } from '../../src-main/platform/exec';
import { systemRoots } from '../../src-main/platform/roots';
import type { Outcome } from '../../src-shared/reading';
import type { ServicesFacts } from '../../src-shared/snapshots/services';
import { waitFor } from '../helpers/wait-for';

/**
 * Bundled and run inside a systemd container by services.test.ts: the real collector on that machine, two samples, printed as
 * JSON with what each cost. One argument: JSON of { watch, ports, busy }; between the samples `busy`, if named, uses 0.3 s of
 * processor time.
 */
const { watch, ports, busy } = JSON.parse(process.argv[2] ?? '{}') as {
  readonly watch: readonly string[];
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly busy: string | null;
};
let spawnCount = 0;
const collector = createServicesCollector({
  exec: (...args) => {
    spawnCount += 1;
    return systemExec(...args);
  },
  roots: systemRoots,
  clock: systemClock,
  platform: process.platform,
  watch: () => ({ watch, ignore: ['lg-ignored'] }),
  portChecks: () => ports,
  userRuntimeDirectory: process.env.XDG_RUNTIME_DIR ?? null,
});

async function sample() {
  spawnCount = 0;
  const startMs = performance.now();
  const outcome = await collector.collect(AbortSignal.timeout(20_000));
  return { outcome, spawnCount, tookMs: performance.now() - startMs };
}

function mainPidOf(outcome: Outcome<ServicesFacts>, unit: string): number {
  const pid = outcome.kind === 'ok' ? outcome.data.services.find((one) => one.unit === unit)?.mainPid : null;
  if (pid === null || pid === undefined) throw new Error(`${unit} has no main process`);
  return pid;
}

/** Run time in nanoseconds. */
function runTime(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]);
}

const first = await sample();
if (busy !== null) {
  const pid = mainPidOf(first.outcome, busy);
  const before = runTime(pid);
  await waitFor(() => runTime(pid) - before > 300_000_000, { timeoutMs: 20_000, what: `${busy} to work` });
}
const second = await sample();
await collector.close?.();
process.stdout.write(JSON.stringify({ first, second }));
