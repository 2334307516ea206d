import type { ChildProcess } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createCuratedProcessRules } from '../../src-main/app/curated-process-rules';
import { createProcessesCollector } from '../../src-main/collectors/processes/collector';
import { systemClock } from '../../src-main/platform/clock';
import { systemRoots } from '../../src-main/platform/roots';
import { createProcessJudge } from '../../src-main/rules/judge-processes';
import { bareSurroundings } from '../../src-main/rules/process-context';
import { curatedRoleBase } from '../../src-main/rules/role/role-base';
import { roleText } from '../../src-shared/roles/role-text';
import type { Process, ProcessesFacts } from '../../src-shared/snapshots';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { pidOf, startReadyVictim, startVictim } from '../helpers/victim-processes';
import { waitFor } from '../helpers/wait-for';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/roles: it reads /proc; run it on Linux');

const base = curatedRoleBase();
const patience = { timeoutMs: 15_000 };

/** The list as the product judges it. `selfPid`: whose tree counts as LogScope. */
function openLook(selfPid: number) {
  const collector = createProcessesCollector({ roots: systemRoots, clock: systemClock });
  onTestFinished(() => collector.close?.());
  const surroundings = { ...bareSurroundings('linux', selfPid), podOf: () => null };
  const judge = createProcessJudge({ idOf: ({ pid }) => String(pid), surroundings, base });
  let facts: ProcessesFacts | null = null;
  let rows: readonly Process[] = [];
  const rules = createCuratedProcessRules({ surroundings, base, nowMs: Date.now, latest: () => rows, latestFacts: () => facts });
  return {
    rules,
    async look(): Promise<readonly Process[]> {
      const outcome = await collector.collect(new AbortController().signal);
      if (outcome.kind !== 'ok') throw new Error(outcome.detail);
      facts = outcome.data;
      rows = judge(facts, Date.now()).snapshot.processes;
      return rows;
    },
  };
}

/** A tree that is not LogScope's: victims are children of this test, which would make all of them LogScope itself. */
const nobody = 2 ** 30;

async function rowOf(child: ChildProcess, selfPid = nobody) {
  const opened = openLook(selfPid);
  const row = await waitFor(async () => (await opened.look()).find(({ pid }) => pid === pidOf(child)), { ...patience, what: 'its row' });
  return { row, ...opened };
}

function textOf({ role }: Process): string {
  return roleText('en', role, role.entry === null ? null : base.entryOf(role.entry));
}

const ready = 'console.log(1);setInterval(()=>{},1e6)';

test.skipIf(!linux)('a script of node is told by its name and folder', async () => {
  const folder = join(temporaryDirectory(), 'shop');
  mkdirSync(folder);
  writeFileSync(join(folder, 'server.js'), ready);
  const { child } = await startReadyVictim(process.execPath, [join(folder, 'server.js')]);
  const { row } = await rowOf(child);
  expect(row.role).toMatchObject({ layer: 'program', entry: 'node', values: { program: 'shop/server.js', form: 'program' } });
  expect(row.killClass).toBe('K3');
});

test.skipIf(!linux)('a tool of node_modules by what it is, and by how it is worth ending', async () => {
  const bin = join(temporaryDirectory(), 'node_modules', '.bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'vite'), ready);
  const { child } = await startReadyVictim(process.execPath, [join(bin, 'vite'), '--host']);
  const { row } = await rowOf(child);
  expect(row.role).toMatchObject({ layer: 'program', entry: 'vite', category: 'developer' });
  expect(textOf(row)).toMatch(/^vite, run by node\. \S/);
});

test.skipIf(!linux)('inline code, of node and of a shell, and the loop that brings a program back', async () => {
  const inline = await startReadyVictim(process.execPath, ['-e', ready]);
  expect((await rowOf(inline.child)).row.role.values).toMatchObject({ form: 'inline' });

  const sleep = join(temporaryDirectory(), 'napper');
  copyFileSync('/bin/sleep', sleep);
  const loop = await startVictim('/bin/sh', ['-c', `while true; do ${sleep} 1000; done`]);
  const { look, rules } = openLook(nobody);
  const napper = await waitFor(async () => (await look()).find(({ ppid, name }) => ppid === pidOf(loop) && name === 'napper'), {
    ...patience,
    what: 'the napper',
  });
  onTestFinished(() => {
    process.kill(napper.pid, 'SIGKILL');
  });
  expect(rules.comesBackOf(napper)).toMatchObject({ by: 'watcher', reason: { rule: 'comes-back-loop', values: { pid: pidOf(loop) } } });
  expect(rules.betterActionOf(napper)).toMatchObject({ kind: 'stop-process', pid: pidOf(loop) });
  expect(rules.killReasonOf(napper)).toMatchObject({ rule: 'ordinary' });
});

test.skipIf(!linux || !existsSync('/usr/bin/python3'))('a module of Python', async () => {
  const child = await startVictim('/usr/bin/python3', ['-m', 'http.server', '--bind', '127.0.0.1', '0']);
  const { row } = await rowOf(child);
  expect(row.role).toMatchObject({ layer: 'program', entry: 'python-http-server', values: { program: 'http.server' } });
});

test.skipIf(!linux)('a program that poses as sshd, as the journal or as a kernel thread gains no protection', async () => {
  const directory = temporaryDirectory();
  for (const [name, argv0] of [
    ['sshd', 'sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups'],
    ['systemd-journald', '/usr/lib/systemd/systemd-journald'],
    ['dbus-daemon', '/usr/bin/dbus-daemon --system'],
    ['kworker', '[kworker/0:1]'],
  ] as const) {
    const file = join(directory, name);
    copyFileSync('/bin/sleep', file);
    chmodSync(file, 0o755);
    const child = await startVictim(file, ['1000'], { argv0 });
    const { row, rules } = await rowOf(child);
    expect(['K3', 'K4']).toContain(row.killClass);
    expect(row.role.claimed || row.role.layer === 'ancestor' || row.role.layer === 'unknown').toBe(true);
    expect(rules.rolesOf(row)[0]).toEqual(row.role);
  }
});

test.skipIf(!linux)('LogScope, what it started and what started it are never ended; every kernel thread is known', async () => {
  const child = await startVictim('/bin/sleep', ['1000']);
  const { row, look, rules } = await rowOf(child, process.pid);
  expect(row.killClass).toBe('K0');
  expect(rules.killReasonOf(row).rule).toBe('self');
  const rows = await look();
  const above = rows.find(({ pid }) => pid === process.ppid);
  expect(above === undefined ? null : [above.killClass, rules.killReasonOf(above).rule]).toEqual([
    'K0',
    process.ppid === 1 ? 'init' : 'ancestor',
  ]);
  const kernel = rows.filter(({ kernelThread }) => kernelThread);
  expect(kernel.filter(({ killClass, role }) => killClass !== 'K0' || role.category !== 'kernel')).toEqual([]);
  expect(rows.find(({ pid }) => pid === 1)).toMatchObject({ killClass: 'K0', role: { layer: expect.stringMatching(/base|program/) } });
});

test.skipIf(!linux)('every row has a role that can be said in both languages, and a class with a reason', async () => {
  const { look, rules } = openLook(process.pid);
  const rows = await look();
  for (const row of rows) {
    const entry = row.role.entry === null ? null : base.entryOf(row.role.entry);
    for (const language of ['en', 'ko'] as const) expect(roleText(language, row.role, entry)).toMatch(/^[^{}\n]*\S[^{}\n]*$/);
  }
  for (const row of rows.slice(0, 40)) expect(rules.killReasonOf(row).text).toMatch(/\S/);
});
