import { setTimeout as delay } from 'node:timers/promises';
import { createServicesCollector } from '../../src-main/collectors/services/collector';
import { systemClock } from '../../src-main/platform/clock';
import { systemExec } from '../../src-main/platform/exec';
import { systemRoots } from '../../src-main/platform/roots';

/**
 * Bundled and run inside a systemd container by services.test.ts: the real collector on that machine, two samples,
 * printed as JSON with what each cost.
 */
const watch = process.argv.slice(2);
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
  portChecks: () => [],
  userRuntimeDirectory: process.env.XDG_RUNTIME_DIR ?? null,
});

async function sample() {
  spawnCount = 0;
  const startMs = performance.now();
  const outcome = await collector.collect(AbortSignal.timeout(20_000));
  return { outcome, spawnCount, tookMs: performance.now() - startMs };
}

const first = await sample();
await delay(1_000);
const second = await sample();
process.stdout.write(JSON.stringify({ first, second }));
