import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '../helpers/electron-app';
import { waitFor } from '../helpers/wait-for';

/** Packed into a folder of its own, so that a release someone made is left alone. */
const output = resolve('.test-parts', 'package');
const unpacked = join(output, 'linux-unpacked');

test.skip(process.platform !== 'linux', 'only the Linux folder can be packed and run here');

test.beforeAll(async () => {
  test.setTimeout(180_000);
  rmSync(output, { recursive: true, force: true });
  const { code, words } = await run(process.execPath, ['scripts/dist.mjs', '--linux', 'dir', `--config.directories.output=${output}`]);
  expect(code, words).toBe(0);
});

test.afterAll(() => rmSync(output, { recursive: true, force: true }));

test('the packaged app runs with window, tray and database', async ({ launch, tray }) => {
  const trayIndex = tray.items.length;
  const app = await launch({ executablePath: join(unpacked, 'logscope') });
  const page = await app.window();
  await expect(page.getByRole('region', { name: 'Host' })).toContainText(/\d\s?%/);
  const about = await app.electron.evaluate(({ app: electronApp }) => ({
    packaged: electronApp.isPackaged,
    path: electronApp.getAppPath(),
  }));
  expect(about.packaged).toBe(true);
  expect(about.path).toMatch(/app\.asar$/);
  await waitFor(() => tray.items.length > trayIndex, { timeoutMs: 5_000, what: 'the tray item' });
  expect((await tray.read(trayIndex)).toolTip).toMatch(/^LogScope: /);
  await waitFor(() => existsSync(join(app.dataDirectory, 'logscope.db')) && statSync(join(app.dataDirectory, 'logscope.db')).size > 0, {
    timeoutMs: 10_000,
    what: 'the database',
  });
  const history = await waitFor(
    async () => {
      const reply = await page.evaluate(() =>
        window.logscope?.request('history.range', { metric: 'host.cpu.busy', subject: '', fromMs: Date.now() - 60_000, toMs: Date.now() }),
      );
      return reply?.ok === true && reply.value.length > 0 ? reply.value : null;
    },
    { timeoutMs: 20_000, what: 'a stored figure' },
  );
  expect(history[0]?.atMs).toBeGreaterThan(0);
  expect(await app.end('SIGTERM')).toMatchObject({ code: 0, signal: null });
  expect(app.ownLines).toEqual([]);
});

test('the package holds what it needs and nothing else', () => {
  expect(readdirSync(join(unpacked, 'resources')).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
  const files = readdirSync(unpacked);
  for (const licence of ['LICENSE.logscope.txt', 'LICENSE.electron.txt', 'LICENSES.chromium.html']) expect(files).toContain(licence);
  expect(readdirSync(join(unpacked, 'locales')).sort()).toEqual(['en-US.pak', 'ko.pak']);
  expect(statSync(join(unpacked, 'resources', 'app.asar')).size).toBeLessThan(30 * 1024 * 1024);
});

function run(program: string, args: readonly string[]): Promise<{ readonly code: number | null; readonly words: string }> {
  return new Promise((settle) => {
    const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let words = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        words += chunk.toString();
      });
    }
    child.once('close', (code) => settle({ code, words }));
  });
}
