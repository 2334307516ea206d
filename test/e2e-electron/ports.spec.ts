import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { expect, shareApp, test } from '../helpers/electron-app';
import { waitFor } from '../helpers/wait-for';

const shared = shareApp();
let server: ChildProcess | null = null;

test.afterEach(() => {
  if (server?.exitCode === null && server.signalCode === null) server.kill('SIGKILL');
  server = null;
});

const page = `
const http = require('node:http');
const server = http.createServer((request, response) => {
  response.setHeader('content-type', 'text/html');
  response.end('<!doctype html><title>Cart of the shop</title>');
});
server.listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)));
`;

/** A web server of its own process, as somebody's dev server. */
async function startServer(): Promise<{ readonly port: number; readonly pid: number; readonly ended: Promise<NodeJS.Signals | null> }> {
  const child = spawn(process.execPath, ['-e', page], { stdio: ['ignore', 'pipe', 'inherit'] });
  server = child;
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  const port = await new Promise<number>((resolve) => child.stdout?.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))));
  return { port, pid: child.pid ?? -1, ended };
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

test('who has the port: the palette opens its card, the process is ended the right way, the port is free', async () => {
  const { port, pid, ended } = await startServer();
  const { page: window } = await shared.open();
  // Before it is drawn there is nobody to take a key.
  await window.getByRole('navigation', { name: 'Sections' }).waitFor();

  await window.keyboard.press('Control+k');
  const palette = window.getByRole('dialog', { name: 'Find anything' });
  await palette.getByRole('combobox').fill(`who has ${port}`);
  await palette.getByRole('option', { name: `Who has port ${port}?` }).click();
  const card = window.getByRole('dialog', { name: `Who has port ${port}?` });
  await expect(card).toContainText(`(PID ${pid}) has port ${port}.`);
  await expect(card).toContainText('Cart of the shop');
  await expect(card).toContainText('this machine only');
  await expect(card.getByRole('link', { name: 'Open in the browser' })).toHaveAttribute('href', new RegExp(`^http://localhost:${port}/?$`));
  await expect(card).toContainText(/Next free port: \d+/);

  await card.getByRole('button', { name: /^End / }).click();
  const stop = window.getByRole('dialog', { name: 'Stop process' });
  await expect(stop).toContainText(`127.0.0.1:${port}/tcp`);
  expect(server?.exitCode).toBeNull();
  await stop.getByRole('button', { name: /SIGTERM/ }).click();
  expect(await ended).toBe('SIGTERM');
  await stop.getByRole('button', { name: 'Close' }).click();
  await expect(card).toContainText(`Port ${port} is free.`);
  expect(await canListen(port)).toBe(true);
});

test('the ports tab lists it with its page, and no longer once it has ended', async () => {
  const { port, ended } = await startServer();
  const { page: window } = await shared.open();
  await window.getByRole('navigation', { name: 'Sections' }).waitFor();
  await window.keyboard.press('Control+5');
  await window.getByRole('radio', { name: 'Ports', exact: true }).check({ force: true });
  const row = window.getByRole('table', { name: 'Ports' }).getByRole('row').filter({ hasText: 'Cart of the shop' });
  await window.getByRole('searchbox', { name: 'Filter ports' }).fill(`port:${port}`);
  await expect(row).toContainText(String(port));
  await expect(row.getByRole('link')).toHaveAttribute('href', new RegExp(`^http://localhost:${port}/?$`));
  server?.kill('SIGTERM');
  await ended;
  await expect(row).toHaveCount(0);
});

test('a note on a program is kept, explains its process, and is taken away again', async () => {
  const { pid } = await startServer();
  const { page: window } = await shared.open();
  const exe = await waitFor(
    () =>
      window.evaluate(async (wanted) => {
        const reply = await globalThis.window.logscope?.request('readings.latest', undefined);
        const reading = reply?.ok ? reply.value.find((one) => one.source === 'processes')?.reading : undefined;
        if (reading?.kind !== 'ok' || !('processes' in reading.data)) return null;
        return reading.data.processes.find((one) => one.pid === wanted)?.exe ?? null;
      }, pid),
    { timeoutMs: 10_000, what: 'the server in the list' },
  );
  await window.keyboard.press('Control+5');
  await window.getByRole('radio', { name: 'Known programs' }).check({ force: true });
  await window.getByRole('button', { name: 'New…' }).click();
  const form = window.getByRole('dialog', { name: 'Known program' });
  await form.getByLabel('Name').fill('node');
  await form.getByLabel('Path of the program').fill(exe);
  await form.getByLabel('What it is for').fill('Serves the cart of the shop');
  await form.getByLabel('Verdict').selectOption('expected');
  await form.getByRole('button', { name: 'Save' }).click();
  const known = window.getByRole('table', { name: 'Known programs' });
  await expect(known).toContainText('Serves the cart of the shop');
  await expect(known).toContainText('Expected');

  const ask = window.getByRole('region', { name: 'Explain a program' });
  await ask.getByLabel('Name of a program').fill('node');
  await ask.getByRole('button', { name: 'Explain' }).click();
  await expect(ask).toContainText('Serves the cart of the shop');

  await known.getByRole('button', { name: /^node/ }).click();
  await form.getByRole('button', { name: 'Remove…' }).click();
  await window.getByRole('dialog', { name: 'Confirm' }).getByRole('button', { name: 'Remove' }).click();
  await expect(window.getByText('No note yet.')).toBeVisible();
});
