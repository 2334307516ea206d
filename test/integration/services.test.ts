import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SystemdContainer } from '../../scripts/parts/systemd-container.mjs';
import type { Outcome } from '../../src-shared/reading';
import type { ServiceFacts, ServicesFacts } from '../../src-shared/snapshots/services';
import { bundleEntry } from '../helpers/bundle-entry';
import { openSystemdMachines, type SystemdMachines } from '../helpers/systemd-machine';
import { waitFor } from '../helpers/wait-for';

interface Sample {
  readonly outcome: Outcome<ServicesFacts>;
  readonly spawnCount: number;
  readonly tookMs: number;
}

const service = (lines: readonly string[]) => `[Unit]\nDescription=LogScope test\n[Service]\n${lines.join('\n')}\n`;
const units = {
  'lg-running.service': service([`ExecStart=/bin/sh -c 'while :; do :; sleep 0.2; done'`]),
  'lg-exited.service': service(['Type=oneshot', 'RemainAfterExit=yes', 'ExecStart=/bin/true']),
  'lg-failed.service': service([`ExecStart=/bin/sh -c 'exit 3'`]),
  'lg-killed.service': service([`ExecStart=/bin/sh -c 'kill -9 $$$$'`]),
  'lg-loop.service': `[Unit]\nStartLimitIntervalSec=0\n${service([`ExecStart=/bin/sh -c 'exit 1'`, 'Restart=always', 'RestartSec=30'])}`,
  'lg-late.service': service(['Type=notify', 'ExecStart=/bin/sleep 60', 'TimeoutStartSec=1']),
  'lg-ignored.service': service([`ExecStart=/bin/sh -c 'exit 4'`]),
  'lg-never.service': service(['ExecStart=/bin/true']),
  'lg-burner.service': service([`ExecStart=/bin/sh -c 'while :; do :; done'`]),
  'lg-clock.timer': '[Timer]\nOnActiveSec=1h\nUnit=lg-never.service\n',
};
const named = ['lg-*', 'lg-never', 'lg-masked', 'lg-missing', 'lg-clock.timer'];

let machines: SystemdMachines | null = null;
let missing = '';
let script = '';
const scriptInside = '/reader/services-reader.mjs';

beforeAll(async () => {
  const opened = await openSystemdMachines();
  if ('unavailable' in opened) {
    missing = opened.unavailable;
    console.warn(`SKIPPED: services read from a real systemd: ${missing}`);
    return;
  }
  machines = opened;
  script = await bundleEntry('test/integration/services-reader.ts', 'services-reader');
});

afterAll(() => machines?.stop());

async function boot(mode: 'memory' | 'cpu', start: readonly string[]): Promise<SystemdContainer> {
  if (machines === null) throw new Error(missing);
  const machine = await machines.boot({ mode, mounts: [[dirname(script), dirname(scriptInside)]] });
  for (const [name, text] of Object.entries(units)) await machine.write(`/etc/systemd/system/${name}`, text);
  await machine.exec(['systemctl', 'daemon-reload']);
  await machine.exec(['systemctl', 'mask', 'lg-masked.service']);
  await machine.exec(['systemctl', 'start', '--no-block', ...start]);
  return machine;
}

async function read(machine: SystemdContainer, environment: Readonly<Record<string, string>> = {}) {
  const result = await machine.exec(['node', scriptInside, ...named], { environment });
  if (result.exitCode !== 0) throw new Error(`the reader failed: ${result.stderr}`);
  const { first, second } = JSON.parse(result.stdout) as { first: Sample; second: Sample };
  if (second.outcome.kind !== 'ok') throw new Error(JSON.stringify(second.outcome));
  const facts = second.outcome.data;
  return { first, second, facts, find: (unit: string) => facts.services.find((one) => one.unit === unit) };
}

/** systemd's own word about one property, asked for by itself. */
async function property(machine: SystemdContainer, unit: string, name: string): Promise<string> {
  return (await machine.exec(['systemctl', 'show', '--value', '-p', name, unit])).stdout.trim();
}

describe('services of a real systemd', () => {
  test('every state, exactly as systemctl tells it, in a constant number of spawns', async (context) => {
    if (machines === null) return context.skip(missing);
    const started = Object.keys(units).filter((name) => !['lg-never.service', 'lg-burner.service'].includes(name));
    const machine = await boot('memory', started);
    await waitFor(async () => (await property(machine, 'lg-late.service', 'Result')) === 'timeout', {
      timeoutMs: 20_000,
      what: 'the start time-out',
    });
    await waitFor(async () => (await property(machine, 'lg-loop.service', 'SubState')) === 'auto-restart', {
      timeoutMs: 10_000,
      what: 'auto-restart',
    });
    const { first, second, facts, find } = await read(machine);

    const told = Object.fromEntries(facts.services.filter((one) => one.unit.startsWith('lg-')).map((one) => [one.unit, summary(one)]));
    expect(told).toEqual({
      'lg-running.service': ['loaded', 'active', 'success', null],
      'lg-exited.service': ['loaded', 'active (exited)', 'success', 0],
      'lg-failed.service': ['loaded', 'failed', 'exit-code', 3],
      'lg-killed.service': ['loaded', 'failed', 'signal', 9],
      'lg-loop.service': ['loaded', 'auto-restart', 'exit-code', 1],
      'lg-late.service': ['loaded', 'failed', 'timeout', 15],
      'lg-clock.timer': ['loaded', 'active (idle)', 'success', null],
      'lg-burner.service': ['loaded', 'inactive', 'success', null],
      'lg-never.service': ['loaded', 'inactive', 'success', null],
      'lg-masked.service': ['masked', 'inactive', 'success', null],
      'lg-missing.service': ['not-found', 'inactive', 'success', null],
      'lg-ignored.service': ['loaded', 'failed', null, null],
    });
    expect(find('lg-ignored.service')?.watched).toBe(false);
    expect(facts.services.filter((one) => one.unit.startsWith('lg-') && !one.watched).map((one) => one.unit)).toEqual([
      'lg-ignored.service',
    ]);

    const running = find('lg-running.service');
    expect(running?.mainPid).toBe(Number(await property(machine, 'lg-running.service', 'MainPID')));
    expect(running?.description).toBe('LogScope test');
    expect(running?.taskCount).toBeGreaterThanOrEqual(1);
    // systemd counts memory in this mode; its figure moves between two questions.
    const memory = Number(await property(machine, 'lg-running.service', 'MemoryCurrent'));
    expect(Math.abs((running?.memoryBytes ?? 0) - memory)).toBeLessThan(1024 * 1024);
    const entered = Date.parse(
      (
        await machine.exec(['date', '-u', '-d', await property(machine, 'lg-running.service', 'StateChangeTimestamp'), '+%FT%TZ'])
      ).stdout.trim(),
    );
    expect(running?.stateSinceMs).toBe(entered);

    // The well-known ones that are there, and not the hundred that are not.
    const wellKnown = facts.services.filter((one) => one.watched && !one.unit.startsWith('lg-')).map((one) => one.unit);
    expect(wellKnown).toEqual(expect.arrayContaining(['dbus.service', 'systemd-journald.service', 'systemd-logind.service']));
    expect(wellKnown).not.toContain('nginx.service');
    expect(facts.services.some((one) => one.loadState === 'not-found' && one.unit !== 'lg-missing.service')).toBe(false);

    expect(facts.method).toBe('systemd');
    expect(facts.unreadScopes).toEqual([{ scope: 'user', detail: 'No user manager: XDG_RUNTIME_DIR is not set' }]);
    expect([first.spawnCount, second.spawnCount]).toEqual([4, 2]);
  });

  test('processor time by unit where systemd counts it, memory of the main process where it does not', async (context) => {
    if (machines === null) return context.skip(missing);
    const machine = await boot('cpu', ['lg-burner.service', 'lg-running.service']);
    const { find } = await read(machine);
    expect(await property(machine, 'lg-burner.service', 'CPUUsageNSec')).toMatch(/^\d+$/);
    expect(await property(machine, 'lg-burner.service', 'MemoryCurrent')).toBe('[not set]');
    // Other tests share the two cores: it gets a good part of one, and never more than one.
    expect(find('lg-burner.service')?.cpuCores).toBeGreaterThan(0.2);
    expect(find('lg-burner.service')?.cpuCores).toBeLessThan(1.1);
    expect(find('lg-running.service')?.cpuCores).toBeLessThan(0.2);
    expect(find('lg-burner.service')?.memoryBytes).toBeGreaterThan(100_000);
    expect(find('lg-burner.service')?.memoryBytes).toBeLessThan(20_000_000);
  });

  test('the user scope, when a user manager runs', async (context) => {
    if (machines === null) return context.skip(missing);
    const machine = await boot('memory', []);
    const environment = { XDG_RUNTIME_DIR: '/run/user/0', HOME: '/root' };
    await machine.write('/root/.config/systemd/user/lg-mine.service', service(['ExecStart=/bin/sleep 1000']));
    await machine.exec(['mkdir', '-p', '-m', '700', '/run/user/0']);
    await machine.start(['/lib/systemd/systemd', '--user'], { environment });
    await waitFor(async () => (await machine.exec(['systemctl', '--user', 'start', 'lg-mine'], { environment })).exitCode === 0, {
      timeoutMs: 15_000,
      what: 'the user manager',
    });
    const { facts, find } = await read(machine, environment);
    expect(find('lg-mine.service')).toMatchObject({ scope: 'user', state: 'active', watched: true, mainPid: expect.any(Number) });
    expect(facts.unreadScopes).toEqual([]);
    expect(facts.services.find((one) => one.unit === 'dbus.service')?.scope).toBe('system');
  });
});

test('this machine, by the method that it has', async () => {
  const { createServicesCollector } = await import('../../src-main/collectors/services/collector');
  const { systemClock } = await import('../../src-main/platform/clock');
  const { systemExec } = await import('../../src-main/platform/exec');
  const { systemRoots } = await import('../../src-main/platform/roots');
  const { isSystemdBooted } = await import('../../src-main/collectors/services/read-systemd');
  const collector = createServicesCollector({
    exec: systemExec,
    roots: systemRoots,
    clock: systemClock,
    platform: 'linux',
    watch: () => ({ watch: ['vitest-never-heard-of-it'], ignore: [] }),
    portChecks: () => [],
    userRuntimeDirectory: null,
  });
  const outcome = await collector.collect(AbortSignal.timeout(9_000));
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome));
  expect(outcome.data.method).toBe(isSystemdBooted(systemRoots.run) ? 'systemd' : 'process-names');
  expect(outcome.data.services.find((one) => one.unit.startsWith('vitest-never-heard-of-it'))?.state).toBe('inactive');
});

function summary(facts: ServiceFacts) {
  return [facts.loadState, facts.state, facts.result, facts.exitStatus];
}
