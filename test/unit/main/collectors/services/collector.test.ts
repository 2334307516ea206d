import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createServicesCollector } from '../../../../../src-main/collectors/services/collector';
import { windowsServiceFacts } from '../../../../../src-main/collectors/services/read-windows';
import type { Exec, ExecResult } from '../../../../../src-main/platform/exec';
import { temporaryDirectory } from '../../../../helpers/temporary-directory';

const said = (stdout: string, exitCode = 0, stderr = ''): ExecResult => ({ kind: 'exited', exitCode, stdout, stderr });

/** A machine of files and answers of systemctl; every call is written down. */
function machine(
  answer: (args: readonly string[]) => ExecResult,
  options: { readonly systemd?: boolean; readonly watch?: readonly string[] } = {},
) {
  const root = temporaryDirectory();
  for (const folder of ['proc/self', 'sys/fs/cgroup', 'run', 'etc']) mkdirSync(join(root, folder), { recursive: true });
  if (options.systemd !== false) mkdirSync(join(root, 'run/systemd/system'), { recursive: true });
  const calls: string[] = [];
  const exec: Exec = async (file, args) => {
    calls.push([file, ...args].join(' '));
    return answer(args);
  };
  let monotonicMs = 0;
  const collector = createServicesCollector({
    exec,
    roots: { proc: join(root, 'proc'), sys: join(root, 'sys'), run: join(root, 'run'), etc: join(root, 'etc') },
    clock: { nowMs: () => 0, monotonicMs: () => monotonicMs },
    platform: 'linux',
    watch: () => ({ watch: options.watch ?? [], ignore: [] }),
    userRuntimeDirectory: join(root, 'run/user/1000'),
  });
  async function collect() {
    monotonicMs += 2_000;
    calls.length = 0;
    const outcome = await collector.collect(AbortSignal.timeout(1_000));
    return { outcome, services: outcome.kind === 'ok' ? outcome.data.services : [] };
  }
  return { root, calls, collect };
}

const row = (unit: string, active = 'active', sub = 'running', load = 'loaded') => ({ unit, load, active, sub, description: unit });
const block = (unit: string, lines: readonly string[] = []) =>
  [`Id=${unit}`, 'LoadState=loaded', 'ActiveState=active', 'SubState=running', `Description=${unit}`, ...lines].join('\n');

/** Answers of systemctl for these units; `show` knows those it is asked for. */
function systemctl(
  rows: () => readonly ReturnType<typeof row>[],
  details: Readonly<Record<string, readonly string[]>> = {},
  files: readonly string[] = [],
) {
  return (args: readonly string[]): ExecResult => {
    if (args.includes('list-units')) return said(JSON.stringify(rows()));
    if (args.includes('list-unit-files')) return said(JSON.stringify(files.map((unit_file) => ({ unit_file, state: 'disabled' }))));
    const asked = args.slice(args.indexOf('--') + 1);
    return said(asked.map((unit) => block(unit, details[unit])).join('\n\n'));
  };
}

test('four spawns first, then two; unwatched units come without figures, mentioned ones not at all', async () => {
  const rows = [
    row('ssh.service'),
    row('custom.service'),
    row('auditd.service', 'inactive', 'dead', 'not-found'),
    row('bad.service', 'failed', 'failed'),
  ];
  const { collect, calls } = machine(systemctl(() => rows, {}, ['nginx.service', 'unknown.service', 'redis@.service']));
  const first = await collect();
  expect(calls.map((call) => call.split(' ')[2])).toEqual(['list-units', 'list-unit-files', 'show', 'show']);
  expect(calls[2]).toMatch(/ -- nginx\.service$/);
  expect(calls[3]).toMatch(/ -- ssh\.service bad\.service$/);
  expect(first.services.map((one) => [one.unit, one.watched])).toEqual([
    ['bad.service', true],
    ['custom.service', false],
    ['nginx.service', true],
    ['ssh.service', true],
  ]);
  await collect();
  expect(calls.map((call) => call.split(' ')[2])).toEqual(['list-units', 'show']);
});

test('a watched unit that systemd unloads is asked for once more and stays in the list', async () => {
  let rows = [row('ssh.service'), row('cron.service')];
  const { collect, calls } = machine(systemctl(() => rows));
  await collect();
  rows = [row('ssh.service')];
  const { services } = await collect();
  expect(calls.map((call) => call.split(' ')[2])).toEqual(['list-units', 'show', 'show']);
  expect(services.map((one) => one.unit)).toEqual(['cron.service', 'ssh.service']);
  await collect();
  expect(calls).toHaveLength(2);
});

test('processor time of the unit, else of its control group, else of its main process', async () => {
  const rows = [row('ssh.service'), row('cron.service'), row('docker.service'), row('nginx.service')];
  const details: Record<string, readonly string[]> = {
    'ssh.service': ['CPUUsageNSec=1000000000', 'MemoryCurrent=5000'],
    'cron.service': ['CPUUsageNSec=[not set]', 'ControlGroup=/system.slice/cron.service'],
    'docker.service': ['CPUUsageNSec=[not set]', 'ControlGroup=/system.slice/docker.service', 'MainPID=77'],
    'nginx.service': ['CPUUsageNSec=[not set]', 'MainPID=99'],
  };
  const { root, collect } = machine(systemctl(() => rows, details));
  const group = join(root, 'sys/fs/cgroup/system.slice/cron.service');
  mkdirSync(group, { recursive: true });
  mkdirSync(join(root, 'proc/77'));
  mkdirSync(join(root, 'proc/99'));
  const stat = (pid: number, state: string, ticks: number) => `${pid} (d) ${state} 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 3 0 500 0 10 0`;
  const write = (microseconds: number, ticks: number) => {
    writeFileSync(join(group, 'cpu.stat'), `usage_usec ${microseconds}\nuser_usec 1\n`);
    writeFileSync(join(root, 'proc/77/stat'), stat(77, 'S', ticks));
    writeFileSync(join(root, 'proc/99/stat'), stat(99, 'Z', ticks));
  };
  write(1_000_000, 100);
  writeFileSync(join(group, 'memory.current'), '7000\n');
  const first = await collect();
  expect(first.services.every((one) => one.cpuCores === null)).toBe(true);
  details['ssh.service'] = ['CPUUsageNSec=2000000000', 'MemoryCurrent=5000'];
  write(1_500_000, 300);
  const { services } = await collect();
  expect(services.map((one) => [one.unit, one.state, one.cpuCores, one.memoryBytes])).toEqual([
    ['cron.service', 'active', 0.25, 7_000],
    ['docker.service', 'active', 1, 40_960],
    ['nginx.service', 'failed (zombie)', 1, 40_960],
    ['ssh.service', 'active', 0.5, 5_000],
  ]);
});

test('no user manager is said and takes nothing from the system scope', async () => {
  const { collect, root } = machine(systemctl(() => [row('ssh.service')]));
  const { outcome } = await collect();
  expect(outcome).toMatchObject({
    kind: 'ok',
    data: {
      method: 'systemd',
      unreadScopes: [{ scope: 'user', detail: `No user manager: nothing listens in ${join(root, 'run/user/1000')}/systemd` }],
    },
  });
});

test('installed but not running systemd: no spawn at all, process names instead', async () => {
  const { collect, calls, root } = machine(() => said(''), { systemd: false, watch: ['nginx'] });
  mkdirSync(join(root, 'proc/5'));
  writeFileSync(join(root, 'proc/5/stat'), '5 (sshd) S 1 1 1 0 -1 0 0 0 0 0 7 0 0 0 20 0 3 0 500 0 10 0');
  const { outcome } = await collect();
  expect(calls).toEqual([]);
  expect(outcome).toMatchObject({
    kind: 'ok',
    data: {
      method: 'process-names',
      services: [
        { unit: 'nginx', state: 'inactive' },
        { unit: 'ssh', state: 'active', mainPid: 5 },
      ],
    },
  });
});

test('a systemd without systemctl falls back to process names and says so', async () => {
  const { collect } = machine(() => ({ kind: 'not-found', exitCode: null, stdout: '', stderr: '' }));
  const { outcome } = await collect();
  expect(outcome).toMatchObject({
    kind: 'ok',
    data: { method: 'process-names' },
    warnings: [expect.stringContaining('systemctl is not installed')],
  });
});

test.each([
  ['Failed to connect to bus: Permission denied', 'permission-denied'],
  ['Failed to connect to bus: Connection refused', 'not-running'],
])('%s is absence, not a failure', async (stderr, reason) => {
  const { outcome } = await machine(() => said('', 1, stderr)).collect();
  expect(outcome).toMatchObject({ kind: 'unavailable', reason, detail: expect.stringContaining(stderr) });
});

test('an answer nobody can explain is thrown for the engine to catch', async () => {
  await expect(machine(() => said('', 1, 'Segmentation fault')).collect()).rejects.toThrow('systemctl list-units: Segmentation fault');
  await expect(machine(() => said('[{"a":1}]')).collect()).rejects.toThrow('not a list of units');
});

test('Windows: services that start by themselves are watched', () => {
  const service = (name: string, running: boolean, startmode: string) => ({ name, running, startmode, pids: running ? [4] : [] });
  const facts = windowsServiceFacts(
    [service('dnscache', true, 'auto'), service('fax', false, 'manual'), service('my-app', false, 'manual')],
    {
      watch: ['my-app'],
      ignore: [],
    },
  );
  expect(facts.map((one) => [one.unit, one.state, one.watched, one.mainPid])).toEqual([
    ['dnscache', 'active', true, 4],
    ['fax', 'inactive', false, null],
    ['my-app', 'inactive', true, null],
  ]);
});
