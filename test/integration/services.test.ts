import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SystemdContainer } from '../../scripts/parts/systemd-container.mjs';
import type { Outcome } from '../../src-shared/reading';
import type { ServiceFacts, ServicesFacts } from '../../src-shared/snapshots/services';
import { bundleEntry } from '../helpers/bundle-entry';
import { openSystemdMachines, type SystemdMachines } from '../helpers/systemd-machine';
import { installUnits, serviceFile, unitProperty } from '../helpers/systemd-units';
import { waitFor } from '../helpers/wait-for';

interface Sample {
  readonly outcome: Outcome<ServicesFacts>;
  readonly spawnCount: number;
  readonly tookMs: number;
}

const shell = (script: string) => `ExecStart=/bin/sh -c '${script}'`;
const units = {
  'lg-running.service': serviceFile([shell('while :; do :; sleep 0.2; done')]),
  'lg-exited.service': serviceFile(['Type=oneshot', 'RemainAfterExit=yes', 'ExecStart=/bin/true']),
  'lg-failed.service': serviceFile([shell('exit 3')]),
  'lg-killed.service': serviceFile([shell('kill -9 $$$$')]),
  'lg-loop.service': serviceFile([shell('exit 1'), 'Restart=always', 'RestartSec=300'], ['StartLimitIntervalSec=0']),
  'lg-late.service': serviceFile(['Type=notify', 'ExecStart=/bin/sleep 60', 'TimeoutStartSec=1']),
  'lg-dog.service': serviceFile(['ExecStart=/bin/sleep 60', 'WatchdogSec=1']),
  'lg-ignored.service': serviceFile([shell('exit 4')]),
  'lg-never.service': serviceFile(['ExecStart=/bin/true']),
  'lg-burner.service': serviceFile([shell('while :; do :; done')]),
  'lg-clock.timer': '[Timer]\nOnActiveSec=1h\nUnit=lg-never.service\n',
  'lg-job.timer': '[Timer]\nOnActiveSec=100ms\nOnUnitInactiveSec=1h\nAccuracySec=10ms\n',
  'lg-job.service': serviceFile(['Type=oneshot', shell('exit 7')]),
  'lg-echo.socket': '[Socket]\nListenStream=127.0.0.1:7007\nListenStream=/run/lg-echo.sock\nAccept=yes\n',
  'lg-echo@.service': serviceFile(['ExecStart=-/bin/cat', 'StandardInput=socket']),
  'lg-badsock.socket': '[Socket]\nListenFIFO=/proc/x/y\n',
  'lg-badsock.service': serviceFile(['ExecStart=/bin/cat']),
};
const named = ['lg-*', 'lg-never', 'lg-masked', 'lg-missing', 'lg-clock.timer'];
/** Two conversations with the echo socket, of which one goes on; and a listener. */
const talk = `const { connect, createServer } = require('net');
createServer().listen(7008, '127.0.0.1');
const one = connect('/run/lg-echo.sock');
one.on('data', () => one.destroy());
one.on('close', () => { const stays = connect(7007, '127.0.0.1'); stays.on('data', () => console.log('talking')); stays.write('x'); });
one.write('x');`;

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
  await installUnits(machine, units);
  await machine.exec(['systemctl', 'mask', 'lg-masked.service']);
  await machine.exec(['systemctl', 'start', '--no-block', ...start]);
  return machine;
}

async function read(machine: SystemdContainer, environment: Readonly<Record<string, string>> = {}, busy: string | null = null) {
  const ports = [7008, 7009].map((port) => ({ name: `p${port}`, port }));
  const result = await machine.exec(['node', scriptInside, JSON.stringify({ watch: named, ports, busy })], { environment });
  if (result.exitCode !== 0) throw new Error(`the reader failed: ${result.stderr}`);
  const { first, second } = JSON.parse(result.stdout) as { first: Sample; second: Sample };
  if (second.outcome.kind !== 'ok') throw new Error(JSON.stringify(second.outcome));
  const facts = second.outcome.data;
  return { first, second, facts, find: (unit: string) => facts.services.find((one) => one.unit === unit) };
}

describe('services of a real systemd', () => {
  test('every state, exactly as systemctl tells it, in a constant number of spawns', async (context) => {
    if (machines === null) return context.skip(missing);
    const started = Object.keys(units).filter((name) => !/^lg-(never|burner|job|badsock|echo@)\.?\S*\.service$/.test(name));
    const machine = await boot('memory', started);
    await waitFor(async () => (await unitProperty(machine, 'lg-late.service', 'Result')) === 'timeout', {
      timeoutMs: 20_000,
      what: 'the start time-out',
    });
    await waitFor(async () => (await unitProperty(machine, 'lg-loop.service', 'SubState')) === 'auto-restart', {
      timeoutMs: 10_000,
      what: 'auto-restart',
    });
    await waitFor(async () => (await unitProperty(machine, 'lg-job.service', 'Result')) === 'exit-code', {
      timeoutMs: 10_000,
      what: 'the timer to run its job',
    });
    await waitFor(async () => (await unitProperty(machine, 'lg-dog.service', 'Result')) === 'watchdog', {
      timeoutMs: 10_000,
      what: 'the watchdog',
    });
    await machine.start(['node', '-e', talk]);
    await waitFor(async () => (await unitProperty(machine, 'lg-echo.socket', 'NConnections')) === '1', {
      timeoutMs: 10_000,
      what: 'a conversation that goes on',
    });
    await waitFor(async () => (await unitProperty(machine, 'lg-echo.socket', 'NAccepted')) === '2', {
      timeoutMs: 10_000,
      what: 'the second conversation',
    });
    const { first, second, facts, find } = await read(machine);

    const told = Object.fromEntries(facts.services.filter((one) => /^lg-(?!echo@)/.test(one.unit)).map((one) => [one.unit, summary(one)]));
    expect(told).toEqual({
      'lg-running.service': ['loaded', 'active', 'success', null],
      'lg-exited.service': ['loaded', 'active (exited)', 'success', 0],
      'lg-failed.service': ['loaded', 'failed', 'exit-code', 3],
      'lg-killed.service': ['loaded', 'failed', 'signal', 9],
      'lg-loop.service': ['loaded', 'auto-restart', 'exit-code', 1],
      'lg-late.service': ['loaded', 'failed', 'timeout', 15],
      'lg-dog.service': ['loaded', 'failed', 'watchdog', 6],
      'lg-clock.timer': ['loaded', 'active', null, null],
      'lg-job.timer': ['loaded', 'active', 'exit-code', 7],
      'lg-job.service': ['loaded', 'failed', 'exit-code', 7],
      'lg-echo.socket': ['loaded', 'active', 'success', null],
      'lg-badsock.socket': ['loaded', 'failed', 'resources', null],
      'lg-badsock.service': ['loaded', 'inactive', 'success', null],
      'lg-burner.service': ['loaded', 'inactive', 'success', null],
      'lg-never.service': ['loaded', 'inactive', 'success', null],
      'lg-masked.service': ['masked', 'inactive', 'success', null],
      'lg-missing.service': ['not-found', 'inactive', 'success', null],
      'lg-ignored.service': ['loaded', 'failed', null, null],
    });
    expect(find('lg-ignored.service')?.watched).toBe(false);
    expect(facts.services.filter((one) => one.unit.startsWith('lg-') && !one.watched).map((one) => one.unit)).toEqual([
      'lg-echo.socket',
      'lg-ignored.service',
      'lg-job.timer',
    ]);

    const running = find('lg-running.service');
    expect(running?.mainPid).toBe(Number(await unitProperty(machine, 'lg-running.service', 'MainPID')));
    expect(running?.description).toBe('LogScope test');
    expect(running?.taskCount).toBeGreaterThanOrEqual(1);
    // systemd counts memory in this mode; its figure moves between two questions.
    const memory = Number(await unitProperty(machine, 'lg-running.service', 'MemoryCurrent'));
    expect(Math.abs((running?.memoryBytes ?? 0) - memory)).toBeLessThan(1024 * 1024);
    const entered = Date.parse(
      (
        await machine.exec(['date', '-u', '-d', await unitProperty(machine, 'lg-running.service', 'StateChangeTimestamp'), '+%FT%TZ'])
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
    expect([first.spawnCount, second.spawnCount]).toEqual([3, 0]);

    const job = find('lg-job.timer');
    const ran = utcMs(await unitProperty(machine, 'lg-job.timer', 'LastTriggerUSec'));
    expect(job).toMatchObject({ kind: 'timer', timer: { unit: 'lg-job.service', lastRunAtMs: ran } });
    // An hour after its job ended, by the kernel's count; systemctl list-timers converts it in the same way.
    const [listed] = JSON.parse((await machine.exec(['systemctl', 'list-timers', '--output=json', 'lg-job.timer'])).stdout) as {
      next: number;
    }[];
    expect(Math.abs((job?.timer?.nextRunAtMs ?? 0) - (listed?.next ?? 0) / 1_000)).toBeLessThan(50);
    expect(find('lg-clock.timer')?.timer).toMatchObject({ unit: 'lg-never.service', lastRunAtMs: null });
    expect(find('lg-echo.socket')).toMatchObject({
      kind: 'socket',
      socket: {
        unit: 'lg-echo@.service',
        listens: ['127.0.0.1:7007 (Stream)', '/run/lg-echo.sock (Stream)'],
        acceptedCount: 2,
        openCount: 1,
      },
    });
    expect(facts.ports.map(({ name, state }) => [name, state])).toEqual([
      ['p7008', 'open'],
      ['p7009', 'closed'],
    ]);
  });

  test('processor time by unit where systemd counts it, memory of the main process where it does not', async (context) => {
    if (machines === null) return context.skip(missing);
    const machine = await boot('cpu', ['lg-burner.service', 'lg-running.service']);
    const { find } = await read(machine, {}, 'lg-burner.service');
    expect(await unitProperty(machine, 'lg-burner.service', 'CPUUsageNSec')).toMatch(/^\d+$/);
    expect(await unitProperty(machine, 'lg-burner.service', 'MemoryCurrent')).toBe('[not set]');
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
    await machine.write('/root/.config/systemd/user/lg-mine.service', serviceFile(['ExecStart=/bin/sleep 1000']));
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

/** "Sat 2026-11-21 06:31:10 UTC" */
function utcMs(text: string): number {
  return Date.parse(`${text.slice(4, 23).replace(' ', 'T')}Z`);
}

function summary(facts: ServiceFacts) {
  return [facts.loadState, facts.state, facts.result, facts.exitStatus];
}
