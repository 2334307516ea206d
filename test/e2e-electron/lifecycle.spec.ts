import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, type RunningApp, test } from '../helpers/electron-app';
import { holdsFor, waitFor } from '../helpers/wait-for';

/** The window as the app sees it. */
const windowState = (app: RunningApp) =>
  app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) return null;
    return {
      visible: window.isVisible(),
      focused: window.isFocused(),
      bounds: window.getBounds(),
      count: BrowserWindow.getAllWindows().length,
    };
  });

const untilVisible = (app: RunningApp, visible: boolean) =>
  waitFor(async () => (await windowState(app))?.visible === visible, {
    timeoutMs: 5_000,
    what: visible ? 'the window' : 'the window to hide',
  });

const closeWindow = (app: RunningApp) => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

test('closing hides to the tray and says so once', async ({ launch, notifications }) => {
  const app = await launch();
  await app.window();
  await untilVisible(app, true);
  const before = notifications.shown.length;
  await closeWindow(app);
  await untilVisible(app, false);
  await waitFor(() => notifications.shown.length > before, { timeoutMs: 3_000, what: 'the notice about the tray' });
  expect(notifications.shown.at(-1)?.summary).toBe('LogScope keeps watching');
  await app.electron.evaluate(() => globalThis.__logscopeTest.openWindow());
  await untilVisible(app, true);
  await closeWindow(app);
  await untilVisible(app, false);
  expect(notifications.shown).toHaveLength(before + 1);
});

test('sends a hidden window nothing, and the latest on showing', async ({ launch }) => {
  const app = await launch();
  const page = await app.window();
  await untilVisible(app, true);
  await page.evaluate(() => {
    (globalThis as unknown as { got: number[] }).got = [];
    window.logscope?.on('reading', ({ source, reading }) => {
      if (source === 'host') (globalThis as unknown as { got: number[] }).got.push(reading.startedAtMs);
    });
  });
  const got = () => page.evaluate(() => (globalThis as unknown as { got: number[] }).got);
  await waitFor(async () => (await got()).length >= 2, { timeoutMs: 5_000, what: 'two readings' });
  await closeWindow(app);
  await untilVisible(app, false);
  const whenHidden = (await got()).length;
  await holdsFor(2_500, 'a hidden window gets nothing', async () => (await got()).length === whenHidden);
  await app.electron.evaluate(() => globalThis.__logscopeTest.openWindow());
  await waitFor(async () => (await got()).length > whenHidden, { timeoutMs: 3_000, what: 'the latest reading' });
});

test('asks once before closing where no tray is shown', async ({ launch, tray }) => {
  // A bus of its own without a tray host; its address is all that an app knows of a desktop.
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const address = await new Promise<string>((settle) => bus.stdout.once('data', (line: Buffer) => settle(line.toString().trim())));
    expect(tray.items).toBeDefined();
    const environment = { DBUS_SESSION_BUS_ADDRESS: address };
    const app = await launch({ environment });
    await app.window();
    await untilVisible(app, true);
    await app.electron.evaluate(({ dialog }) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBox = ((options: Electron.MessageBoxOptions) => {
        asked.push(options.message);
        return Promise.resolve({ response: asked.length === 1 ? 1 : 0, checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
    });
    const asked = () => app.electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
    await closeWindow(app);
    await waitFor(async () => (await asked()).length === 1, { timeoutMs: 5_000, what: 'the question' });
    expect(await asked()).toEqual(['Closing the window ends LogScope']);
    expect((await windowState(app))?.visible).toBe(true);
    const ended = new Promise((settle) => app.process.once('exit', settle));
    await closeWindow(app);
    expect(await ended).toBe(0);
    const remembered: unknown = JSON.parse(readFileSync(join(app.dataDirectory, 'window.json'), 'utf8'));
    expect(remembered).toMatchObject({ closeWithoutTrayConfirmed: true });
  } finally {
    bus.kill();
  }
});

test('a second start shows the first window and ends', async ({ launch }) => {
  const app = await launch({ arguments: ['--hidden'] });
  await app.window();
  expect((await windowState(app))?.visible).toBe(false);
  const electronPath = createRequire(import.meta.url)('electron') as string;
  const second = spawn(electronPath, ['--no-sandbox', '--disable-gpu', resolve('.')], {
    env: { ...process.env, LOGSCOPE_DATA_DIRECTORY: app.dataDirectory },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  second.stderr.on('data', (chunk: Buffer) => {
    words += chunk.toString();
  });
  expect(await new Promise((settle) => second.once('exit', settle))).toBe(0);
  expect(words).toContain('logscope: already running');
  await untilVisible(app, true);
  expect((await windowState(app))?.count).toBe(1);
});

test('comes back where it was', async ({ launch }) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'logscope-e2e-'));
  const first = await launch({ dataDirectory });
  await first.window();
  await untilVisible(first, true);
  await first.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 60, width: 900, height: 640 }),
  );
  // The display server moves a window in its own time; only then is it there to be remembered.
  await waitFor(() => first.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds().width === 900), {
    timeoutMs: 5_000,
    what: 'the window in its new place',
  });
  expect((await first.end('SIGTERM')).code, first.ownLines.join('\n')).toBe(0);
  const second = await launch({ dataDirectory });
  await second.window();
  await untilVisible(second, true);
  expect((await windowState(second))?.bounds).toMatchObject({ width: 900, height: 640 });
});

test('a crashed window is loaded again once, and the watch goes on', async ({ launch }) => {
  const app = await launch();
  const page = await app.window();
  await untilVisible(app, true);
  await app.electron.evaluate(({ dialog }) => {
    Object.assign(globalThis, { asked: [] });
    dialog.showMessageBox = ((options: Electron.MessageBoxOptions) => {
      (globalThis as unknown as { asked: string[] }).asked.push(options.message);
      return new Promise(() => undefined);
    }) as typeof dialog.showMessageBox;
  });
  const crash = () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  /** Asked in main: Playwright does not follow a page through a crash. */
  const shownText = () =>
    app.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return contents === undefined || contents.isCrashed() ? null : contents.executeJavaScript('document.body.innerText');
    }) as Promise<string | null>;
  await Promise.all([page.waitForEvent('crash'), crash()]);
  await waitFor(async () => /\d\s?%/.test((await shownText()) ?? ''), { timeoutMs: 10_000, what: 'the page with data again' });
  expect(app.ownLines.filter((line) => line.includes("the window's process ended"))).toHaveLength(1);
  await crash();
  const asked = () => app.electron.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  await waitFor(async () => (await asked()).length === 1, { timeoutMs: 5_000, what: 'the question after the second crash' });
  expect(await asked()).toEqual(['The window of LogScope crashed twice within a minute']);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} ends it cleanly within three seconds`, async ({ launch }) => {
    const app = await launch();
    await app.window();
    await untilVisible(app, true);
    const end = await app.end(signal);
    expect(end, app.ownLines.join('\n')).toMatchObject({ code: 0, signal: null });
    expect(end.tookMs).toBeLessThan(3_000);
    expect(app.ownLines).toEqual([]);
  });
}

test('a damaged settings file is set aside and the window says so', async ({ launch }) => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'logscope-e2e-'));
  writeFileSync(join(dataDirectory, 'settings.json'), '{"language": "klingon", ');
  const app = await launch({ dataDirectory });
  const page = await app.window();
  await expect(page.getByText(/settings file could not be read/)).toBeVisible();
  expect(readdirSync(dataDirectory).filter((name) => /^settings.*\.(bad|broken|corrupt|aside)|^settings\.json\./.test(name))).toHaveLength(
    1,
  );
  expect(existsSync(join(dataDirectory, 'window.json'))).toBe(false);
});
