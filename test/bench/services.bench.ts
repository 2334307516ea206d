import { dirname } from 'node:path';
import type { SystemdContainer } from '../../scripts/parts/systemd-container.mjs';
import { bundleEntry } from '../helpers/bundle-entry';
import { openSystemdMachines } from '../helpers/systemd-machine';
import { waitFor } from '../helpers/wait-for';
import { absoluteRow, type BenchRow, type BenchRun } from './bench-row';

/**
 * What a sample of services costs at 200 watched units, on a real systemd: our own process for the goal, systemctl and systemd
 * beside it. Our process is made as large as the core is in Electron, since a spawn costs more in a large process.
 */
const unitCount = Number(process.env.LOGSCOPE_BENCH_UNITS ?? 200);
const samples = 100;
const must = 10;
const scriptInside = '/crowd/services-crowd.mjs';

interface Cost {
  readonly watched: number;
  readonly ownMs: number;
  readonly worstMs: number;
  readonly systemctlMs: number;
  readonly systemdMs: number;
  readonly spawns: number;
}

export const run: BenchRun = async (say) => {
  const machines = await openSystemdMachines();
  if ('unavailable' in machines) {
    say(`services are not measured: ${machines.unavailable}`);
    return [];
  }
  try {
    const script = await bundleEntry('test/bench/services-crowd.ts', 'services-crowd');
    const machine = await machines.boot({ mode: 'memory', mounts: [[dirname(script), dirname(scriptInside)]] });
    say(`services: starting ${unitCount} units`);
    await startCrowd(machine);
    const rows: BenchRow[] = [];
    for (const [id, what, ballastBytes] of [
      ['services-small', 'a sample in a small process', 1],
      ['services-core', 'a sample in a process with 150 MB', 150 * 1024 * 1024],
    ] as const) {
      const cost = await measure(machine, ballastBytes);
      if (cost.watched !== unitCount) throw new Error(`services: ${cost.watched} of ${unitCount} units are watched`);
      rows.push(
        absoluteRow({
          id,
          what: `${what}, ${unitCount} watched units, our CPU`,
          ours: cost.ownMs,
          unit: 'ms',
          must,
          note:
            `worst ${cost.worstMs.toFixed(1)} ms; ${cost.spawns.toFixed(2)} spawns a sample; ` +
            `systemctl ${cost.systemctlMs.toFixed(1)} ms, systemd ${cost.systemdMs.toFixed(1)} ms`,
        }),
      );
    }
    return rows;
  } finally {
    await machines.stop();
  }
};

async function startCrowd(machine: SystemdContainer): Promise<void> {
  await machine.write(
    '/etc/systemd/system/crowd-@.service',
    '[Unit]\nDescription=Number %i of a crowd\n[Service]\nExecStart=/bin/sleep 100000\n',
  );
  const names = Array.from({ length: unitCount }, (_, index) => `crowd-@${index}.service`);
  await machine.exec(['systemctl', 'daemon-reload']);
  await machine.exec(['systemctl', 'start', ...names], { timeoutMs: 120_000 });
  await waitFor(async () => (await machine.exec(['systemctl', 'is-active', '--quiet', ...names])).exitCode === 0, {
    timeoutMs: 30_000,
    what: 'all units to run',
  });
}

async function measure(machine: SystemdContainer, ballastBytes: number): Promise<Cost> {
  const result = await machine.exec(['node', scriptInside, JSON.stringify({ samples, ballastBytes })], { timeoutMs: 180_000 });
  if (result.exitCode !== 0) throw new Error(`services: ${result.stderr}`);
  return JSON.parse(result.stdout) as Cost;
}
