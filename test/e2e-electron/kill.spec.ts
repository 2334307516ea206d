import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, shareApp, test } from '../helpers/electron-app';
import { waitFor } from '../helpers/wait-for';

const shared = shareApp();
let folder = '';
let victim: ChildProcess | null = null;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logscope-victim-'));
});

test.afterEach(() => {
  if (victim?.exitCode === null && victim.signalCode === null) victim.kill('SIGKILL');
  victim = null;
  rmSync(folder, { recursive: true, force: true });
});

/** A process with a name that nothing else has. */
function startVictim(): { readonly name: string; readonly pid: number; readonly ended: Promise<NodeJS.Signals | null> } {
  const name = `victim${process.pid}`.slice(0, 15);
  const program = join(folder, name);
  copyFileSync('/bin/sleep', program);
  chmodSync(program, 0o755);
  const child = spawn(program, ['600'], { stdio: 'ignore' });
  victim = child;
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  return { name, pid: child.pid ?? -1, ended };
}

test('ends a process after showing what it is', async () => {
  const { name, pid, ended } = startVictim();
  const { page } = await shared.open();
  const risk = page.getByRole('region', { name: 'Process risk' });
  await risk.getByRole('searchbox').fill(name);
  await risk.getByRole('button', { name: `Kill ${name}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop process' });
  await expect(dialog).toContainText(name);
  await expect(dialog).toContainText(String(pid));
  await expect(dialog).toContainText(join(folder, name));
  expect(victim?.exitCode).toBeNull();
  await dialog.getByRole('button', { name: /SIGTERM/ }).click();
  expect(await ended).toBe('SIGTERM');
  await expect(dialog).toContainText('It has ended');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(risk.getByRole('button', { name: `Kill ${name}` })).toHaveCount(0);
});

test('refuses to end LogScope itself', async () => {
  const { app, page } = await shared.open();
  const ownId = () =>
    page.evaluate(async (pid) => {
      const reply = await window.logscope?.request('readings.latest', undefined);
      const reading = reply?.ok ? reply.value.find((one) => one.source === 'processes')?.reading : undefined;
      if (reading?.kind !== 'ok' || !('processes' in reading.data)) return null;
      return reading.data.processes.find((one) => one.pid === pid)?.id ?? null;
    }, app.process.pid);
  const id = await waitFor(ownId, { timeoutMs: 10_000, what: 'LogScope in its own list' });
  const preview = await page.evaluate((opaque) => window.logscope?.request('processes.preview', { id: opaque }), id);
  expect(preview).toMatchObject({ ok: true, value: { refusal: { key: 'self' } } });
});
