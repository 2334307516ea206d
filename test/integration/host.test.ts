import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, hostname, totalmem, uptime } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createHostCollector } from '../../src-main/collectors/host/collector';
import { systemClock } from '../../src-main/platform/clock';
import { type Roots, systemRoots } from '../../src-main/platform/roots';
import type { HostFacts } from '../../src-shared/snapshots/host';
import { temporaryDirectory } from '../helpers/temporary-directory';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/host: it reads /proc; run it on Linux');

const signal = new AbortController().signal;

function open(deps: Partial<Parameters<typeof createHostCollector>[0]> = {}) {
  const collector = createHostCollector({ roots: systemRoots, clock: systemClock, nodeName: null, ...deps });
  onTestFinished(() => collector.close?.());
  return async (): Promise<HostFacts> => {
    const outcome = await collector.collect(signal);
    if (outcome.kind !== 'ok') throw new Error(outcome.detail);
    return outcome.data;
  };
}

test.skipIf(!linux)('the figures agree with what Node says of this machine', async () => {
  const facts = await open()();
  expect(facts).toMatchObject({ node: hostname(), platform: 'linux' });
  expect(facts.memory.totalBytes).toBe(totalmem());
  // Node's freemem is MemAvailable on Linux.
  expect(Math.abs(facts.memory.availableBytes - freemem()) / totalmem()).toBeLessThan(0.05);
  expect(Math.abs(facts.uptimeSeconds - uptime())).toBeLessThan(2);
  expect(Math.abs((facts.bootedAtMs ?? 0) - (Date.now() - uptime() * 1000))).toBeLessThan(5_000);
  expect(facts.cpu.coreBusyRatios).toHaveLength(facts.cpu.coreCount);
  expect(facts.cpu.busyRatio).toBeNull();
  expect(facts.networks.map(({ name }) => name)).not.toContain('lo');
  expect(facts.disks.every(({ name }) => !/^(loop|ram|zram)/.test(name))).toBe(true);
});

test.skipIf(!linux)('the root file system as statfs and df count it, and no kernel file systems', async () => {
  const { mounts } = await open()();
  const root = mounts.find(({ path }) => path === '/');
  const { bsize, blocks } = statfsSync('/');
  expect(root?.totalBytes).toBe(bsize * blocks);
  expect((root?.usedBytes ?? 0) + (root?.availableBytes ?? 0)).toBeLessThanOrEqual(root?.totalBytes ?? 0);
  expect(
    mounts.filter(({ fileSystem }) => /^(proc|sysfs|tmpfs|overlay|cgroup2?)$/.test(fileSystem) && root?.fileSystem !== fileSystem),
  ).toEqual([]);
});

test.skipIf(!linux)('a busy core shows', async () => {
  const collect = open();
  await collect();
  const burner = spawn(process.execPath, ['-e', 'const t=Date.now();while(Date.now()-t<1500);'], { stdio: 'ignore' });
  await once(burner, 'exit');
  const { cpu } = await collect();
  // One core of all was busy for nearly the whole time; other work may have kept the rest busy too.
  expect(cpu.busyRatio).toBeGreaterThan(0.6 / cpu.coreCount);
  expect(cpu.busyRatio).toBeLessThanOrEqual(1);
  expect(Math.max(...cpu.coreBusyRatios.map((ratio) => ratio ?? 0))).toBeGreaterThan(0.4);
});

test.skipIf(!linux)('a name given from outside wins', async () => {
  expect((await open({ nodeName: 'dev-1' })()).node).toBe('dev-1');
});

test.skipIf(!linux)('a file system that never answers holds nothing up', async () => {
  const collect = open({ statfs: () => new Promise(() => {}) });
  const startedMs = performance.now();
  const { mounts, memory } = await collect();
  expect(performance.now() - startedMs).toBeLessThan(1_500);
  expect(mounts).toEqual([]);
  expect(memory.totalBytes).toBe(totalmem());
});

/** A laptop written down: what this machine may not have (battery, sensors, a kernel without pressure). */
function recordedRoots(): Roots {
  const root = temporaryDirectory();
  const files: Readonly<Record<string, string>> = {
    'proc/stat': 'cpu  100 0 0 900 0 0 0 0 0 0\ncpu0 100 0 0 900 0 0 0 0 0 0\nbtime 1700000000\n',
    'proc/meminfo': 'MemTotal: 8000000 kB\nMemFree: 1000000 kB\nMemAvailable: 5000000 kB\nSwapTotal: 100 kB\nSwapFree: 40 kB\n',
    'proc/loadavg': '1.00 2.00 3.00 1/2 3\n',
    'proc/uptime': '100.00 50.00\n',
    'proc/sys/kernel/hostname': 'laptop\n',
    'etc/os-release': 'PRETTY_NAME="Some Linux 1"\n',
    'sys/class/hwmon/hwmon0/name': 'coretemp\n',
    'sys/class/hwmon/hwmon0/temp1_input': '51000\n',
    'sys/class/hwmon/hwmon0/temp1_label': 'Package\n',
    'sys/class/power_supply/BAT0/type': 'Battery\n',
    'sys/class/power_supply/BAT0/capacity': '87\n',
    'sys/class/power_supply/BAT0/status': 'Charging\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { proc: join(root, 'proc'), sys: join(root, 'sys'), etc: join(root, 'etc'), run: join(root, 'run') };
}

test.skipIf(!linux)('a recorded laptop: battery and temperature, and null for what its kernel lacks', async () => {
  const roots = recordedRoots();
  const collect = open({ roots });
  await collect();
  writeFileSync(join(roots.proc, 'stat'), 'cpu  150 0 0 950 0 0 0 0 0 0\ncpu0 150 0 0 950 0 0 0 0 0 0\nbtime 1700000000\n');
  expect(await collect()).toEqual({
    node: 'laptop',
    platform: 'linux',
    osName: 'Some Linux 1',
    kernel: null,
    bootedAtMs: 1700000000000,
    uptimeSeconds: 100,
    cpu: { modelName: null, coreCount: 1, busyRatio: 0.5, coreBusyRatios: [0.5], iowaitRatio: 0, stealRatio: 0 },
    load: { one: 1, five: 2, fifteen: 3 },
    memory: {
      totalBytes: 8192000000,
      availableBytes: 5120000000,
      usedBytes: 3072000000,
      freeBytes: 1024000000,
      cachedBytes: 0,
    },
    swap: { totalBytes: 102400, usedBytes: 61440 },
    pressure: null,
    mounts: [],
    disks: [],
    networks: [],
    temperatures: [{ label: 'coretemp Package', celsius: 51 }],
    battery: { chargeRatio: 0.87, charging: true },
  });
});

test.skipIf(!linux)('no /proc is an absence, not an error', async () => {
  const collector = createHostCollector({ roots: { ...recordedRoots(), proc: '/nonexistent' }, clock: systemClock, nodeName: null });
  expect(await collector.collect(signal)).toMatchObject({ kind: 'unavailable', reason: 'unsupported-platform' });
});
