import { readFileSync } from 'node:fs';
import { createServicesCollector } from '../../src-main/collectors/services/collector';
import { systemClock } from '../../src-main/platform/clock';
import { systemExec } from '../../src-main/platform/exec';
import { systemRoots } from '../../src-main/platform/roots';

/**
 * Bundled and run inside a systemd container by services.bench.ts: the real collector at its own cadence (in compressed time:
 * the clock is moved on by 2 s a sample), with what each sample costs this process, systemctl and systemd.
 */
const { samples, ballastBytes } = JSON.parse(process.argv[2] ?? '{}') as { readonly samples: number; readonly ballastBytes: number };
// A spawn copies the page tables: what it costs depends on how large the process is. The core in Electron has about this.
const ballast = Buffer.alloc(ballastBytes, 1);
let spawnCount = 0;
let aheadMs = 0;
const collector = createServicesCollector({
  exec: (...args) => {
    spawnCount += 1;
    return systemExec(...args);
  },
  roots: systemRoots,
  clock: { nowMs: systemClock.nowMs, monotonicMs: () => systemClock.monotonicMs() + aheadMs },
  platform: process.platform,
  watch: () => ({ watch: ['crowd-*'], ignore: [] }),
  portChecks: () => [],
  userRuntimeDirectory: null,
});

/** User and system time of a process, or of its children that ended, in ms (the kernel counts in steps of 10). */
function cpuMs(pid: number | 'self', which: 'own' | 'children'): number {
  const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const first = which === 'own' ? 11 : 13;
  return (Number(fields[first]) + Number(fields[first + 1])) * 10;
}

const never = new AbortController().signal;

async function sample(): Promise<number> {
  aheadMs += 2_000;
  const outcome = await collector.collect(never);
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.data.services.filter((one) => one.watched && one.unit.startsWith('crowd-')).length;
}

const watched = await sample();
// LogScope runs all day: what is measured is code that has run for some minutes.
for (let warm = 0; warm < 100; warm += 1) await sample();
spawnCount = 0;
const before = { own: process.cpuUsage(), systemctl: cpuMs('self', 'children'), systemd: cpuMs(1, 'own') };
const worst: number[] = [];
for (let count = 0; count < samples; count += 1) {
  const started = process.cpuUsage();
  await sample();
  const { user, system } = process.cpuUsage(started);
  worst.push((user + system) / 1_000);
}
const own = process.cpuUsage(before.own);
await collector.close?.();
process.stdout.write(
  JSON.stringify({
    watched,
    ownMs: (own.user + own.system) / 1_000 / samples,
    worstMs: Math.max(...worst),
    systemctlMs: (cpuMs('self', 'children') - before.systemctl) / samples,
    systemdMs: (cpuMs(1, 'own') - before.systemd) / samples,
    spawns: spawnCount / samples,
    ballastBytes: ballast.length,
  }),
);
