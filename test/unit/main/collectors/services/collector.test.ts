import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { windowsServiceFacts } from '../../../../../src-main/collectors/services/read-windows';
import { machine, row, said, systemctl } from './fake-systemctl';

const failed = ['ActiveState=failed', 'SubState=failed', 'Result=exit-code'];

test('four spawns first, then one while nothing changes; unwatched units come without figures, mentioned ones not at all', async () => {
  const rows = [
    row('ssh.service'),
    row('custom.service'),
    row('auditd.service', 'inactive', 'dead', 'not-found'),
    row('bad.service', 'failed', 'failed'),
  ];
  const { collect, calls } = machine(
    systemctl(() => rows, { 'bad.service': failed, 'custom.service': failed }, ['nginx.service', 'unknown.service', 'redis@.service']),
  );
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
  expect(calls.map((call) => call.split(' ')[2])).toEqual(['list-units']);
  rows[1] = row('custom.service', 'failed', 'failed');
  await collect();
  expect(calls[1]).toMatch(/ -- custom\.service$/);
  await collect(6_000);
  expect(calls[1]).toMatch(/ -- bad\.service custom\.service$/);
  await collect(22_000);
  expect(calls.map((call) => call.split(' ')[2])).toEqual(['list-units', 'show']);
  expect(calls[1]).toMatch(/ -- ssh\.service custom\.service bad\.service$/);
});

test('two hundred watched units: one spawn more at most, and never for more than a hundred that did not change', async () => {
  const names = Array.from({ length: 200 }, (_, index) => `web-${index}.service`);
  const { collect, calls } = machine(
    systemctl(() => names.map((name) => row(name))),
    { watch: ['web-*'] },
  );
  await collect();
  const shown = async (laterMs: number) => {
    await collect(laterMs);
    return [calls.length, calls[1]?.split(' -- ')[1]?.split(' ').length ?? 0];
  };
  expect(await shown(2_000)).toEqual([1, 0]);
  expect(await shown(29_000)).toEqual([2, 100]);
  expect(await shown(2_000)).toEqual([2, 100]);
  expect(await shown(2_000)).toEqual([1, 0]);
});

test('timers tell what they start, when, and the last result of it; sockets what they listen on', async () => {
  const rows = [
    row('backup.service', 'failed', 'failed'),
    row('tidy.service', 'inactive', 'dead'),
    row('backup.timer', 'active', 'waiting'),
    row('tidy.timer', 'active', 'waiting'),
    row('never.timer', 'active', 'elapsed'),
    row('echo.socket', 'active', 'listening'),
    row('broken.socket', 'failed', 'failed'),
  ];
  const details = {
    'backup.service': ['ActiveState=failed', 'SubState=failed', 'Result=exit-code', 'ExecMainCode=1', 'ExecMainStatus=7'],
    'tidy.service': ['ActiveState=inactive', 'SubState=dead', 'Result=success', 'ExecMainCode=1', 'ExecMainStatus=0'],
    'backup.timer': ['SubState=waiting', 'Triggers=backup.service', 'Result=success', 'LastTriggerUSec=Sat 2026-11-21 06:31:10 UTC'],
    'tidy.timer': ['SubState=waiting', 'Triggers=tidy.service', 'Result=success', 'NextElapseUSecRealtime=Sun 2026-11-22 00:00:00 UTC'],
    'never.timer': ['SubState=elapsed', 'Result=success'],
    'echo.socket': [
      'SubState=listening',
      'Listen=127.0.0.1:7007 (Stream)',
      'Listen=/run/echo.sock (Stream)',
      'NAccepted=3',
      'Triggers=echo@1-127.0.0.1:7007-127.0.0.1:45350.service',
      'NConnections=1',
    ],
    'broken.socket': ['ActiveState=failed', 'SubState=failed', 'Result=resources', 'Triggers=broken.service', 'NAccepted=0'],
  };
  const { collect, calls } = machine(systemctl(() => rows, details));
  await collect();
  const { services } = await collect();
  expect(calls).toHaveLength(1);
  const told = services.map(({ unit, kind, state, watched, result, exitStatus, timer, socket }) => ({
    [unit]: [kind, state, watched, result, exitStatus, timer ?? socket],
  }));
  expect(Object.assign({}, ...told)).toEqual({
    'backup.service': ['service', 'failed', true, 'exit-code', 7, null],
    'backup.timer': [
      'timer',
      'active',
      false,
      'exit-code',
      7,
      { unit: 'backup.service', lastRunAtMs: Date.UTC(2026, 10, 21, 6, 31, 10), nextRunAtMs: null },
    ],
    'broken.socket': [
      'socket',
      'failed',
      true,
      'resources',
      null,
      { unit: 'broken.service', listens: [], acceptedCount: 0, openCount: null },
    ],
    'echo.socket': [
      'socket',
      'active',
      false,
      null,
      null,
      { unit: 'echo@.service', listens: ['127.0.0.1:7007 (Stream)', '/run/echo.sock (Stream)'], acceptedCount: 3, openCount: 1 },
    ],
    'never.timer': ['timer', 'active (idle)', false, null, null, { unit: 'never.service', lastRunAtMs: null, nextRunAtMs: null }],
    'tidy.service': ['service', 'inactive', false, 'success', 0, null],
    'tidy.timer': ['timer', 'active', false, null, null, { unit: 'tidy.service', lastRunAtMs: null, nextRunAtMs: Date.UTC(2026, 10, 22) }],
  });
});

test('a watched unit that systemd unloads is asked for once more and stays in the list', async () => {
  let rows = [row('ssh.service'), row('cron.service')];
  const { collect, calls } = machine(systemctl(() => rows));
  await collect();
  rows = [row('ssh.service')];
  const { services } = await collect();
  expect(calls.map((call) => call.split(' ')[2])).toEqual(['list-units', 'show']);
  expect(services.map((one) => one.unit)).toEqual(['cron.service', 'ssh.service']);
  await collect();
  expect(calls).toHaveLength(1);
});

test('processor time of the control group, else of the unit by systemd, else of its main process', async () => {
  const rows = [row('ssh.service'), row('cron.service'), row('docker.service'), row('nginx.service')];
  const details: Record<string, readonly string[]> = {
    'ssh.service': ['CPUUsageNSec=1000000000', 'MemoryCurrent=5000', 'MainPID=88'],
    'cron.service': ['CPUUsageNSec=[not set]', 'ControlGroup=/system.slice/cron.service'],
    'docker.service': ['CPUUsageNSec=[not set]', 'ControlGroup=/system.slice/docker.service', 'MainPID=77'],
    'nginx.service': ['CPUUsageNSec=[not set]', 'MainPID=99'],
  };
  const { root, collect } = machine(systemctl(() => rows, details));
  const group = join(root, 'sys/fs/cgroup/system.slice/cron.service');
  mkdirSync(group, { recursive: true });
  mkdirSync(join(root, 'proc/77'));
  mkdirSync(join(root, 'proc/88'));
  mkdirSync(join(root, 'proc/99'));
  const stat = (pid: number, state: string, ticks: number) => `${pid} (d) ${state} 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 3 0 500 0 10 0`;
  const write = (microseconds: number, ticks: number) => {
    writeFileSync(join(group, 'cpu.stat'), `usage_usec ${microseconds}\nuser_usec 1\n`);
    writeFileSync(join(root, 'proc/77/stat'), stat(77, 'S', ticks));
    writeFileSync(join(root, 'proc/88/stat'), stat(88, 'S', ticks));
    writeFileSync(join(root, 'proc/99/stat'), stat(99, 'Z', ticks));
  };
  write(1_000_000, 100);
  writeFileSync(join(group, 'memory.current'), '7000\n');
  const first = await collect();
  expect(first.services.every((one) => one.cpuCores === null)).toBe(true);
  details['ssh.service'] = ['CPUUsageNSec=2000000000', 'MemoryCurrent=5000', 'MainPID=88'];
  write(1_500_000, 300);
  const { services } = await collect();
  expect(services.map((one) => [one.unit, one.state, one.cpuCores, one.memoryBytes])).toEqual([
    ['cron.service', 'active', 0.25, 7_000],
    ['docker.service', 'active', 1, 40_960],
    ['nginx.service', 'failed (zombie)', 1, 40_960],
    // systemd was not asked again: no rate yet, rather than a wrong zero.
    ['ssh.service', 'active', null, 5_000],
  ]);
  rmSync(join(root, 'proc/88'), { recursive: true });
  await collect();
  expect((await collect()).services.find((one) => one.unit === 'ssh.service')?.cpuCores).toBe(1 / 6);
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
