import { trayPictureOf } from '../helpers/desktop-looks';
import { startDockerEngine, type TestDockerEngine } from '../helpers/docker-engine';
import { expect, test } from '../helpers/electron-app';
import { waitFor } from '../helpers/wait-for';

/** The main job on real parts: a container in the window, its load, its death in tray, notification and banner. */
let engine: TestDockerEngine | null = null;
let whyNone = '';

test.beforeAll(async () => {
  const started = await startDockerEngine('shared');
  if ('unavailable' in started) whyNone = started.unavailable;
  else engine = started;
});

test.afterAll(async () => {
  await engine?.stop();
});

test.beforeEach(() => {
  test.skip(engine === null, `no container engine: ${whyNone}`);
});

/** Names of one run: several may look at one engine. */
const unique = (what: string) => `e2e-${what}-${process.pid}-${Date.now().toString(36)}`;

function needEngine(): TestDockerEngine {
  if (engine === null) throw new Error('the test was not skipped without an engine');
  return engine;
}

test('a container appears, and its figure moves under load', async ({ launch }) => {
  const docker = needEngine();
  const app = await launch({ engineEndpoint: docker.endpoint });
  const page = await app.window();
  const region = page.getByRole('region', { name: 'Containers' });
  await expect(region).toBeVisible();
  const name = unique('load');
  const startedAtMs = Date.now();
  const id = await docker.run(['--name', name], 'sh', '-c', 'sleep 600');
  const row = region.getByRole('row').filter({ hasText: name.slice(-8) });
  await expect(row).toBeVisible({ timeout: 3_000 });
  expect(Date.now() - startedAtMs).toBeLessThan(6_000);
  const cell = row.getByRole('cell').filter({ hasText: '%' }).first();
  const percent = async () => Number.parseFloat((await cell.textContent()) ?? '');
  await waitFor(async () => (await percent()) < 10, { timeoutMs: 8_000, what: 'a quiet container' });
  await docker.docker('exec', '-d', id, 'sh', '-c', 'while :; do :; done');
  await waitFor(async () => (await percent()) > 30, { timeoutMs: 8_000, what: 'a busy container' });
  await docker.removeContainers();
  await expect(row).toHaveCount(0);
});

test('a container that dies turns the tray red, notifies once, raises the banner, and recovers', async ({
  launch,
  tray,
  notifications,
}) => {
  const docker = needEngine();
  const trayIndex = tray.items.length;
  const app = await launch({ engineEndpoint: docker.endpoint });
  const page = await app.window();
  await waitFor(() => tray.items.length > trayIndex, { timeoutMs: 5_000, what: 'the tray item' });
  const picture = async () => trayPictureOf(await tray.read(trayIndex));
  await waitFor(async () => (await picture()) !== 'unknown', { timeoutMs: 10_000, what: 'a judged tray light' });
  test.skip((await picture()) === 'critical', 'this machine has a critical problem of its own: the tray is red already');
  const before = notifications.shown.length;
  const name = unique('dies');
  await docker.run(['--name', name], 'sh', '-c', 'sleep 2; exit 1');
  await docker.docker('wait', name);
  const diedAtMs = Date.now();

  await waitFor(async () => (await picture()) === 'critical', { timeoutMs: 3_000, what: 'the red tray light' });
  await waitFor(() => notifications.shown.length > before, { timeoutMs: 3_000, what: 'the notification' });
  await expect(page.getByRole('alert')).toContainText(name, { timeout: 3_000 });
  expect(Date.now() - diedAtMs).toBeLessThan(3_000);
  const told = notifications.shown.slice(before);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ app: 'LogScope', urgency: 2, summary: `${name} stopped` });
  expect(told[0]?.body).toContain('Exited with code 1');
  expect((await tray.read(trayIndex)).toolTip).toContain(name);

  await docker.removeContainers();
  await waitFor(async () => (await picture()) !== 'critical', { timeoutMs: 5_000, what: 'the tray to recover' });
  await waitFor(() => notifications.withdrawn.includes(told[0]?.id ?? -1), { timeoutMs: 5_000, what: 'the notification to be withdrawn' });
  await expect(page.getByRole('alert')).not.toContainText(name);
  expect(notifications.shown.slice(before)).toHaveLength(1);
});

test('a clicked notification opens the window at the container', async ({ launch, notifications }) => {
  const docker = needEngine();
  const app = await launch({ engineEndpoint: docker.endpoint, arguments: ['--hidden'] });
  const page = await app.window();
  const firstLook = () => page.evaluate(() => window.logscope?.request('readings.latest', undefined));
  await waitFor(
    async () => {
      const reply = await firstLook();
      return reply?.ok === true && reply.value.some((one) => one.source === 'containers' && one.reading.kind === 'ok');
    },
    { timeoutMs: 10_000, what: 'the first look at the containers' },
  );
  const before = notifications.shown.length;
  const name = unique('click');
  await docker.run(['--name', name], 'sh', '-c', 'sleep 1; exit 3');
  await waitFor(() => notifications.shown.length > before, { timeoutMs: 8_000, what: 'the notification' });
  notifications.click(notifications.shown.at(-1)?.id ?? 0);
  await waitFor(() => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()), {
    timeoutMs: 5_000,
    what: 'the window',
  });
  await expect(page.getByRole('region', { name: 'Containers' })).toContainText(name.slice(-8));
  await docker.removeContainers();
});
