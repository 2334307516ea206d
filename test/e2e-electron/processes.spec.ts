import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, shareApp, test } from '../helpers/electron-app';
import { waitFor } from '../helpers/wait-for';

const shared = shareApp();
const started: ChildProcess[] = [];
let folder = '';

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logscope-processes-'));
});

test.afterEach(() => {
  for (const one of started.splice(0)) if (one.exitCode === null && one.signalCode === null) one.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A program of its own name in a folder where anyone may put files, started by a shell when `below`. */
function startCopyOfSleep(name: string): { readonly child: ChildProcess; readonly pid: number; readonly path: string } {
  const path = join(folder, name);
  copyFileSync('/bin/sleep', path);
  chmodSync(path, 0o755);
  const child = spawn(path, ['600'], { stdio: 'ignore' });
  started.push(child);
  return { child, pid: child.pid ?? -1, path };
}

/** A web server of Node on a port of loopback. */
async function startServer(): Promise<{ readonly child: ChildProcess; readonly pid: number; readonly port: number }> {
  const program = 'const s = require("http").createServer(); s.listen(0, "127.0.0.1", () => console.log(String(s.address().port)))';
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  const [line] = (await once(child.stdout ?? process.stdin, 'data')) as [Buffer];
  return { child, pid: child.pid ?? -1, port: Number(line.toString()) };
}

async function openSection(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: /^Processes/ })
    .click();
}

/** The list narrowed to one process, and its detail. */
async function openDetail(page: Page, pid: number) {
  await openSection(page);
  const list = page.getByRole('region', { name: 'Processes' });
  await list.getByRole('searchbox', { name: 'Filter processes' }).fill(`pid:${pid}`);
  const row = page.getByRole('table', { name: 'Processes' }).locator('[data-id]');
  await expect(row).toHaveCount(1);
  await row.getByRole('button').first().click();
  const detail = page.getByRole('complementary', { name: 'Detail' });
  await expect(detail).toContainText(`PID ${pid}`);
  return { list, row, region: (name: string) => detail.getByRole('region', { name }) };
}

test('what is pid X: filtered, and told in one sentence with where that comes from', async () => {
  const server = await startServer();
  const { page } = await shared.open();
  const { row, region } = await openDetail(page, server.pid);
  await expect(row).toContainText(String(server.port));
  const what = region('What is it');
  await expect(what).toContainText(/Node|node/);
  await expect(what).toContainText('from:');
  await expect(region('Who owns it')).toContainText('Started by');
  await expect(region('Ports')).toContainText(`127.0.0.1:${server.port}/tcp`);
  await expect(region('Ports')).toContainText('this machine only');
});

test('should I worry: the reason, its innocent cause, and that it is expected', async () => {
  const { pid } = startCopyOfSleep(`odd${process.pid}`);
  const { page } = await shared.open();
  const { region } = await openDetail(page, pid);
  const worry = region('Should I worry');
  const reason = worry.getByRole('button', { name: /Runs from \/tmp/ });
  await expect(reason).toBeVisible();
  if ((await reason.getAttribute('aria-expanded')) === 'false') await reason.click();
  for (const title of ['Why it matters', 'Usual innocent cause', 'Look at next']) await expect(worry).toContainText(title);
  await expect(worry).not.toContainText(/malware/i);
  await worry.getByRole('button', { name: 'This is expected' }).first().click();
  await expect(worry).toContainText('You said that this is expected');
  await expect(reason).toHaveCount(0);
  await worry.getByRole('button', { name: 'Take back' }).first().click();
  await expect(reason).toBeVisible();
});

test('what happens if I end it: everything below it is named, and ends with it when asked', async () => {
  const name = `below${process.pid}`;
  const { path, child: first } = startCopyOfSleep(name);
  first.kill('SIGKILL');
  const program = 'console.log(String(require("child_process").spawn(process.argv[1], ["600"]).pid)); setInterval(() => {}, 1e6)';
  const parent = spawn(process.execPath, ['-e', program, path], { stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(parent);
  const [line] = (await once(parent.stdout ?? process.stdin, 'data')) as [Buffer];
  const childPid = Number(line.toString());
  const { page } = await shared.open();
  const { region } = await openDetail(page, parent.pid ?? -1);
  const end = region('What happens if I end it');
  await expect(end).toContainText('1 process below it');
  await end.getByRole('button', { name: /^Kill/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop process' });
  await expect(dialog).toContainText(`${name} (${childPid})`);
  await dialog.getByRole('checkbox', { name: 'With its one descendant' }).check();
  const gone = once(parent, 'exit');
  await dialog.getByRole('button', { name: /SIGTERM/ }).click();
  await gone;
  await expect(dialog).toContainText('It has ended.');
  await waitFor(async () => (isRunning(childPid) ? null : true), { timeoutMs: 5000, what: 'the end of the child' });
});

test('pausing instead of ending: it stands still and runs on', async () => {
  const { pid } = startCopyOfSleep(`still${process.pid}`);
  const { page } = await shared.open();
  const { region } = await openDetail(page, pid);
  await region('What happens if I end it').getByRole('button', { name: /^Kill/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop process' });
  await dialog.getByRole('button', { name: /SIGSTOP/ }).click();
  await expect(dialog).toContainText('It is paused.');
  expect(stateOf(pid)).toBe('T');
  await dialog.getByRole('button', { name: /SIGCONT/ }).click();
  await expect(dialog).toContainText('It runs on.');
  expect(stateOf(pid)).toBe('S');
});

test('a process of the system has no button and the reason', async () => {
  const { page } = await shared.open();
  const { row, region } = await openDetail(page, 1);
  await expect(row.getByRole('button', { name: /^Kill/ })).toHaveCount(0);
  await expect(region('What happens if I end it')).toContainText('first process of the system');
});

test('the list is saved as a file, as it is narrowed', async () => {
  const { pid, path } = startCopyOfSleep(`saved${process.pid}`);
  const { app, page } = await shared.open();
  const file = join(folder, 'list.json');
  // The dialog of the desktop cannot be answered here: the place is chosen for it.
  await app.electron.evaluate(({ session }, to) => {
    session.defaultSession.on('will-download', (_event, item) => item.setSavePath(to));
  }, file);
  const { list } = await openDetail(page, pid);
  await page.keyboard.press('Escape');
  await list.getByRole('button', { name: 'Export' }).click();
  await list.getByRole('button', { name: 'JSON' }).click();
  const saved = await waitFor(async () => readSaved(file), { timeoutMs: 10_000, what: 'the saved file' });
  expect(saved).toHaveLength(1);
  expect(saved[0]).toMatchObject({ pid, name: path.split('/').at(-1) });
});

test('the chosen columns and the tree are there again after a restart', async ({ launch }) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'logscope-columns-'));
  const first = await launch({ dataDirectory });
  const page = await first.window();
  await openSection(page);
  // Both turn when the core has kept the change, which check() does not wait for.
  await page.getByRole('radio', { name: 'Tree' }).click();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Threads' }).click();
  await expect(page.getByRole('columnheader', { name: 'Threads' })).toBeVisible();
  await first.end('SIGTERM');
  const again = await (await launch({ dataDirectory })).window();
  await openSection(again);
  await expect(again.getByRole('treegrid', { name: 'Processes' }).getByRole('columnheader', { name: 'Threads' })).toBeVisible();
});

function isRunning(pid: number): boolean {
  return stateOf(pid) !== null && stateOf(pid) !== 'Z';
}

/** The letter of its state; null: there is no such process. */
function stateOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] ?? null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}

/** Null until it is there and whole. */
function readSaved(file: string): readonly unknown[] | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly unknown[];
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'ENOENT')) return null;
    throw error;
  }
}
