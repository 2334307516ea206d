import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSaveEvidence } from '../../src-main/app/process-evidence-files';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import type { Process } from '../../src-shared/snapshots';
import { createStopParts } from '../helpers/stop-parts';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { pidOf, startVictim } from '../helpers/victim-processes';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/process-evidence-files: evidence is saved from /proc');

const directory = () => join(temporaryDirectory(), 'data', 'evidence');

function openSave(into: string, longestExecutableBytes?: number) {
  const limit = longestExecutableBytes === undefined ? {} : { longestExecutableBytes };
  return createSaveEvidence({ directory: into, procRoot: '/proc', clock: systemClock, timers: systemTimers, ...limit });
}

async function rowOf(pid: number): Promise<Process> {
  const parts = createStopParts();
  onTestFinished(() => parts.close());
  await parts.look();
  return parts.find(pid);
}

const subject = (process: Process) => ({ process, facts: null, ancestors: [{ id: 'p', pid: 1, name: 'init', user: 'root' }] });

test.skipIf(!linux)('a secret on the command line is in none of the files', async () => {
  const child = await startVictim('/bin/sh', [
    '-c',
    'read line',
    'x',
    '--db-password',
    'hunter2-secret',
    '--url=amqp://me:hunter2-secret@mq/',
  ]);
  const { folder } = await openSave(directory())(subject(await rowOf(pidOf(child))));
  const texts = readdirSync(folder)
    .filter((name) => name !== 'executable')
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(texts.join('\n')).not.toContain('hunter2');
  expect(texts.join('\n')).toContain('--db-password');
});

test.skipIf(!linux)('everything that would be lost is saved, private, without a value of the environment', async () => {
  const executable = join(temporaryDirectory(), 'strange name');
  copyFileSync('/bin/sh', executable);
  chmodSync(executable, 0o755);
  const child = await startVictim(executable, ['-c', 'read line', 'päss wört'], {
    env: { SECRET_TOKEN: 'hunter2-secret', PATH: '/bin', EMPTY: '' },
  });
  const row = await rowOf(pidOf(child));
  unlinkSync(executable);
  const into = directory();
  const { folder, files, missing } = await openSave(into)(subject(row));
  expect(missing).toEqual([]);
  expect([...files].sort()).toEqual([
    'cgroup.txt',
    'command-line.json',
    'environment-names.txt',
    'executable',
    'judgement.json',
    'limits.txt',
    'maps.txt',
    'open-files.txt',
    'sockets.txt',
    'status.txt',
  ]);
  expect(folder).toMatch(new RegExp(`/\\d{4}-\\d\\d-\\d\\dT[\\d-]+Z-${child.pid}$`));
  expect([into, folder].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  expect(readFileSync(join(folder, 'executable')).equals(readFileSync('/bin/sh'))).toBe(true);
  expect(JSON.parse(read('command-line.json'))).toEqual([executable, '-c', 'read line', 'päss wört']);
  expect(read('environment-names.txt').split('\n').sort()).toEqual(['', 'EMPTY=...', 'PATH=...', 'SECRET_TOKEN=...']);
  expect(read('status.txt')).toContain(`Pid:\t${child.pid}`);
  expect(read('maps.txt')).toContain('strange name');
  expect(read('open-files.txt')).toMatch(/^0\tsocket:\[\d+\]\n/);
  expect(JSON.parse(read('judgement.json'))).toMatchObject({ process: { pid: child.pid, name: row.name }, ancestors: [{ name: 'init' }] });
  for (const name of files) expect(readFileSync(join(folder, name)).includes('hunter2'), name).toBe(false);
});

test.skipIf(!linux)('its sockets stand there with the rows of the kernel', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as { readonly port: number };
  const { folder } = await openSave(directory())(subject(await rowOf(process.pid)));
  expect(readFileSync(join(folder, 'sockets.txt'), 'latin1')).toMatch(
    new RegExp(`# tcp\\n[\\s\\S]*0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} `),
  );
});

test.skipIf(!linux)('one that is too large is left out and said so; two saves in the same moment stand apart', async () => {
  const child = await startVictim('/bin/sleep', ['1000']);
  const row = await rowOf(pidOf(child));
  const save = openSave(directory(), 1_000);
  const [one, other] = await Promise.all([save(subject(row)), save(subject(row))]);
  expect(one.files).not.toContain('executable');
  expect(one.missing).toEqual([expect.stringMatching(/^executable: larger than/)]);
  expect(readdirSync(one.folder)).not.toContain('executable');
  expect(one.folder).not.toBe(other.folder);
});

test.skipIf(!linux)('of one that ended, or became another, nothing is saved', async () => {
  const child = await startVictim('/bin/sleep', ['1000']);
  const row = await rowOf(pidOf(child));
  const into = directory();
  const save = openSave(into);
  const changed = { code: 'refused', message: expect.stringContaining('no longer the same process') };
  await expect(save(subject({ ...row, startTicks: (row.startTicks ?? 0) - 1 }))).rejects.toMatchObject(changed);
  await expect(save(subject({ ...row, exe: '/bin/other' }))).rejects.toMatchObject(changed);
  await expect(save(subject({ ...row, startTicks: null }))).rejects.toMatchObject({ code: 'refused' });
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  await expect(save(subject(row))).rejects.toMatchObject(changed);
  expect(() => readdirSync(into)).toThrow('ENOENT');
});

test.skipIf(!linux)('where no folder can be made the reason is told', async () => {
  const child = await startVictim('/bin/sleep', ['1000']);
  const row = await rowOf(pidOf(child));
  const file = join(temporaryDirectory(), 'file');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '');
  await expect(openSave(join(file, 'evidence'))(subject(row))).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('No folder can be made'),
  });
});
