import { readFileSync } from 'node:fs';
import { trayPictureOf } from '../helpers/desktop-looks';
import { expect, type RunningApp, test } from '../helpers/electron-app';
import type { TrayHost } from '../helpers/tray-host';
import { holdsFor, waitFor } from '../helpers/wait-for';

test('shows this machine, live, and a light in the tray', async ({ launch, tray }) => {
  const before = tray.items.length;
  const app = await launch();
  const page = await app.window();
  const host = page.getByRole('region', { name: 'Host' });
  await expect(host).toBeVisible();
  await expect(host).toContainText(/CPU/);
  await expect(host).toContainText(/\d/);
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible();
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toBeVisible();
  // Live: two readings a second apart are two different readings.
  const readAt = () => latestHostReadingMs(app);
  const first = await readAt();
  await waitFor(async () => ((await readAt()) ?? 0) > (first ?? 0), { timeoutMs: 5_000, what: 'a newer host reading' });

  await waitFor(() => tray.items.length > before, { timeoutMs: 5_000, what: 'the tray item' });
  const item = await waitFor(
    async () => {
      const now = await tray.read(before);
      return trayPictureOf(now) !== 'unknown' && now.toolTip.startsWith('LogScope: ') ? now : null;
    },
    { timeoutMs: 10_000, what: 'a judged tray light' },
  );
  expect(['ok', 'warning', 'critical']).toContain(trayPictureOf(item));
  const labels = (await tray.menu(item)).filter((entry) => !entry.separator).map((entry) => entry.label);
  expect(labels.slice(-3)).toEqual(['Open LogScope', 'Pause watching', 'Quit LogScope']);
  expect((await tray.menu(item))[0]?.enabled).toBe(false);
});

test('GTK loads no OpenGL into the app, and what the app starts does not inherit that', async ({ launch }) => {
  const app = await launch();
  await app.window();
  const maps = readFileSync(`/proc/${app.process.pid}/maps`, 'latin1');
  expect(new Set(maps.match(/libgtk-3\.so|libGLX|libLLVM/g))).toEqual(new Set(['libgtk-3.so']));
  expect(await app.electron.evaluate(() => process.env.GDK_GL ?? null)).toBeNull();
});

test('pauses and resumes from the tray', async ({ launch, tray }) => {
  const before = tray.items.length;
  const app = await launch();
  await app.window();
  await waitFor(() => tray.items.length > before, { timeoutMs: 5_000, what: 'the tray item' });
  await clickTray(tray, before, /Pause/);
  await waitFor(async () => (await tray.read(before)).toolTip.includes('Paused'), { timeoutMs: 3_000, what: 'the paused light' });
  const pausedAt = await latestHostReadingMs(app);
  await holdsFor(2_500, 'nothing is read while paused', async () => (await latestHostReadingMs(app)) === pausedAt);
  await clickTray(tray, before, /Resume/);
  await waitFor(async () => ((await latestHostReadingMs(app)) ?? 0) > (pausedAt ?? 0), {
    timeoutMs: 5_000,
    what: 'a reading after resuming',
  });
});

test('quits from the tray', async ({ launch, tray }) => {
  const before = tray.items.length;
  const app = await launch();
  await app.window();
  await waitFor(() => tray.items.length > before, { timeoutMs: 5_000, what: 'the tray item' });
  const ended = new Promise<number | null>((resolve) => app.process.once('exit', (code) => resolve(code)));
  // It may be gone before it has answered the click.
  await Promise.race([ended, clickTray(tray, before, /Quit/)]);
  expect(await ended, app.ownLines.join('\n')).toBe(0);
});

/** Again when the menu was replaced between reading and clicking: its ids are then gone. */
function clickTray(tray: TrayHost, index: number, label: RegExp): Promise<true> {
  return waitFor(
    async () => {
      const item = await tray.read(index);
      const entry = (await tray.menu(item)).find((one) => label.test(one.label));
      if (entry === undefined) return false;
      await tray.click(item, entry);
      return true;
    },
    { timeoutMs: 5_000, what: `a click on ${label}` },
  );
}

async function latestHostReadingMs(app: RunningApp): Promise<number | null> {
  const page = await app.window();
  const reply = await page.evaluate(() => window.logscope?.request('readings.latest', undefined));
  if (!reply?.ok) throw new Error('readings.latest was refused');
  return reply.value.find((one) => one.source === 'host')?.reading.startedAtMs ?? null;
}
