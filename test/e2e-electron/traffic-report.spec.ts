import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Reply } from '../../src-shared/contract';
import { expect, type RunningApp, test } from '../helpers/electron-app';

const filter = { fromMs: null, toMs: null, endpoint: null, status: null, client: null };
const line = (path: string, status: number) =>
  `203.0.113.7 - - [10/Oct/2025:13:55:36 +0000] "GET ${path} HTTP/1.1" ${status} 100 "-" "curl/8" 0.010\n`;

/** Asked as the page asks, through the bridge of the preload script. */
async function ask(app: RunningApp, name: string, input: unknown): Promise<Reply<never>> {
  const page = await app.window();
  return page.evaluate(
    ([asked, given]) =>
      (globalThis as unknown as { logscope: { request(name: string, input: unknown): Promise<never> } }).logscope.request(
        asked as string,
        given,
      ),
    [name, input],
  );
}

async function openLog(app: RunningApp): Promise<string> {
  const log = join(app.dataDirectory, 'access.log');
  writeFileSync(log, line('/a', 200).repeat(30) + line('/<script>document.title="owned"</script>', 500).repeat(10));
  const opened = (await ask(app, 'traffic.open', { input: { kind: 'files', paths: [log] }, format: 'auto' })) as Reply<{ session: string }>;
  if (!opened.ok) throw new Error(opened.error.message);
  const { session } = opened.value;
  await expect
    .poll(async () => {
      const told = (await ask(app, 'traffic.figures', { session, filter, after: null })) as Reply<{ state: string }>;
      return told.ok ? told.value.state : told.error.message;
    })
    .toBe('following');
  return session;
}

test('the report of an access log is saved as PDF where the person says', async ({ launch }) => {
  const app = await launch();
  const session = await openLog(app);
  const folder = join(app.dataDirectory, 'reports');
  mkdirSync(folder);
  const path = join(folder, 'mine.pdf');
  await app.electron.evaluate(({ dialog, session: sessions }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    // Whatever else the hidden page should ask for is written down.
    Object.assign(globalThis, { askedFor: [] as string[] });
    sessions
      .fromPartition('report')
      .webRequest.onCompleted((details) => (globalThis as unknown as { askedFor: string[] }).askedFor.push(details.url));
  }, path);
  expect(await ask(app, 'traffic.pdf', { session, filter })).toEqual({ ok: true, value: { saved: true, path } });
  const pdf = readFileSync(path);
  expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(pdf.length).toBeGreaterThan(5_000);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const left = await app.electron.evaluate(({ BrowserWindow }) => ({
    windows: BrowserWindow.getAllWindows().length,
    askedFor: (globalThis as unknown as { askedFor: string[] }).askedFor.filter((url) => !url.startsWith('app://bundle/report.html')),
  }));
  expect(left).toEqual({ windows: 1, askedFor: [] });

  await app.electron.evaluate(({ dialog }) => {
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' });
  });
  expect(await ask(app, 'traffic.pdf', { session, filter })).toEqual({ ok: true, value: { saved: false, path: null } });
  expect(await ask(app, 'traffic.pdf', { session: 'gone', filter })).toMatchObject({ ok: false, error: { code: 'not-found' } });
});

test('the window opens on the demo when it is told to', async ({ launch }) => {
  const app = await launch({ arguments: ['--show=demo'] });
  const page = await app.window();
  // Which endpoints lead depends on the hour.
  await expect(page.getByRole('region', { name: 'Endpoints' })).toContainText('/api/', { timeout: 20_000 });
});

test('a second start that shows the demo leads the running window there', async ({ launch }) => {
  const app = await launch();
  const page = await app.window();
  await expect(page.getByRole('main')).toBeVisible();
  const electronPath = createRequire(import.meta.url)('electron') as string;
  const second = spawn(electronPath, ['--no-sandbox', '--disable-gpu', resolve('.'), '--show=demo'], {
    env: { ...process.env, LOGSCOPE_DATA_DIRECTORY: app.dataDirectory },
    stdio: 'ignore',
  });
  expect(await new Promise((settle) => second.once('exit', settle))).toBe(0);
  await expect(page.getByRole('region', { name: 'Endpoints' })).toContainText('/api/', { timeout: 20_000 });
});
