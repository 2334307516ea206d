import type { Page } from '@playwright/test';
import type { ContainerAction } from '../../src-shared/contract/containers';
import type { Container } from '../../src-shared/snapshots/containers';
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

/** What is there at the first look is not told: only what happens after it is news. */
function containersAreRead(page: Page): Promise<boolean> {
  const readings = () => page.evaluate(() => window.logscope?.request('readings.latest', undefined));
  return waitFor(
    async () => {
      const reply = await readings();
      return reply?.ok === true && reply.value.some((one) => one.source === 'containers' && one.reading.kind === 'ok');
    },
    { timeoutMs: 10_000, what: 'the first look at the containers' },
  );
}

/** A container of the latest reading; null when it is not in it. */
async function readContainer(page: Page, name: string): Promise<Container | null> {
  const reply = await page.evaluate(() => window.logscope?.request('readings.latest', undefined));
  if (reply?.ok !== true) return null;
  for (const one of reply.value) {
    if (one.source === 'containers' && one.reading.kind === 'ok')
      return one.reading.data.containers.find((found) => found.name === name) ?? null;
  }
  return null;
}

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
  const id = await docker.run(['--name', name, '--cpus', '0.6'], 'sh', '-c', 'sleep 600');
  const row = region.getByRole('row').filter({ hasText: name.slice(-8) });
  await expect(row).toBeVisible({ timeout: 3_000 });
  expect(Date.now() - startedAtMs).toBeLessThan(6_000);
  const cell = row.getByRole('cell').filter({ hasText: '%' }).first();
  const percent = async () => Number.parseFloat((await cell.textContent()) ?? '');
  await waitFor(async () => (await percent()) < 10, { timeoutMs: 8_000, what: 'a quiet container' });
  // Several at once, together a part of a core: they get it on a busy machine too, and leave the rest to others.
  await docker.docker('exec', '-d', id, 'sh', '-c', 'for i in 1 2 3 4; do while :; do :; done & done; wait');
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
  await containersAreRead(page);
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

test('a crash-looping container is told once, by its verdict, while it goes up and down', async ({ launch, notifications }) => {
  const docker = needEngine();
  const app = await launch({ engineEndpoint: docker.endpoint });
  const page = await app.window();
  await containersAreRead(page);
  const before = notifications.shown.length;
  const name = unique('loop');
  const id = await docker.run(['--name', name, '--restart', 'always'], 'sh', '-c', 'sleep 0.3; exit 9');
  await waitFor(() => notifications.shown.length > before, { timeoutMs: 20_000, what: 'the notification' });
  expect(notifications.shown.at(-1)).toMatchObject({ summary: `${name} keeps crashing`, urgency: 2 });
  expect(notifications.shown.at(-1)?.body).toContain('Keeps crashing: ');
  await expect(page.getByRole('alert')).toContainText(name);
  const countOf = async () => Number((await docker.docker('inspect', '-f', '{{.RestartCount}}', id)).stdout);
  const told = await countOf();
  const states = new Set<string>();
  await waitFor(
    async () => {
      const container = await readContainer(page, name);
      if (container !== null) states.add(container.state);
      expect(container?.level).toBe('critical');
      return states.has('running') && states.has('restarting') && (await countOf()) >= told + 2;
    },
    { timeoutMs: 40_000, what: 'two more restarts, seen up and down' },
  );
  await expect(page.getByRole('alert')).toContainText('Keeps crashing');
  expect(notifications.shown.slice(before)).toHaveLength(1);
  await docker.removeContainers();
  await waitFor(() => notifications.withdrawn.includes(notifications.shown.at(-1)?.id ?? -1), {
    timeoutMs: 5_000,
    what: 'the notification to be withdrawn',
  });
  expect(notifications.shown.slice(before)).toHaveLength(1);
});

test('a container killed for want of memory says so, with its limit', async ({ launch, notifications }) => {
  const docker = needEngine();
  const app = await launch({ engineEndpoint: docker.endpoint });
  const page = await app.window();
  await containersAreRead(page);
  const before = notifications.shown.length;
  const name = unique('oom');
  await docker.run(['--name', name, '-m', '32m', '--memory-swap', '32m'], 'sh', '-c', 'sleep 1; tail -c 200m /dev/zero');
  await waitFor(() => notifications.shown.length > before, { timeoutMs: 10_000, what: 'the notification' });
  expect(notifications.shown.at(-1)).toMatchObject({ summary: `${name} ran out of memory` });
  expect(notifications.shown.at(-1)?.body).toContain('Killed: out of memory (code 137)');
  await expect(page.getByRole('alert')).toContainText('out of memory');
  const container = await readContainer(page, name);
  expect(container?.reasons.map(({ text }) => text)).toContain('Raise its limit of 32 MB, or find what fills it.');
  await docker.removeContainers();
});

test('an unhealthy container is told with what its probe said', async ({ launch, notifications }) => {
  const docker = needEngine();
  const app = await launch({ engineEndpoint: docker.endpoint });
  const page = await app.window();
  await containersAreRead(page);
  const before = notifications.shown.length;
  const name = unique('sick');
  const health = ['--health-cmd', 'echo "no route to database"; exit 1', '--health-interval', '400ms', '--health-retries', '2'];
  await docker.run(['--name', name, ...health], 'sleep', '600');
  await waitFor(() => notifications.shown.length > before, { timeoutMs: 15_000, what: 'the notification' });
  expect(notifications.shown.at(-1)).toMatchObject({ summary: `${name} is unhealthy` });
  expect(notifications.shown.at(-1)?.body).toContain('Health check fails: no route to database');
  await expect(page.getByRole('alert')).toContainText('no route to database');
  await docker.removeContainers();
});

test("a user's own stop and restart are silent, and so are LogScope's", async ({ launch, notifications }) => {
  const docker = needEngine();
  const app = await launch({ engineEndpoint: docker.endpoint });
  const page = await app.window();
  await containersAreRead(page);
  const before = notifications.shown.length;
  const [stopped, restarted, crashed, stoppedHere] = [unique('stopped'), unique('restarted'), unique('crashed'), unique('here')];
  const id = await docker.run(['--name', stoppedHere, '--stop-timeout', '1', '-e', 'TOKEN=hunter2'], 'sleep', '600');
  await waitFor(() => readContainer(page, stoppedHere), { timeoutMs: 5_000, what: 'the container' });
  const detail = await page.evaluate((one) => window.logscope?.request('containers.detail', { id: one }), id);
  expect(detail).toMatchObject({ ok: true, value: { id, command: ['sleep', '600'], environmentNames: expect.arrayContaining(['TOKEN']) } });
  expect(JSON.stringify(detail)).not.toContain('hunter2');
  const act = (action: ContainerAction) =>
    page.evaluate(([one, what]) => window.logscope?.request('containers.act', { id: one, action: what }), [id, action] as const);
  expect(await act('remove')).toMatchObject({ ok: true, value: { outcome: 'refused' } });
  expect(await act('stop')).toMatchObject({ ok: true, value: { outcome: 'done' } });
  await Promise.all([stopped, restarted].map((name) => docker.run(['--name', name, '--stop-timeout', '1'], 'sleep', '600')));
  await Promise.all([docker.docker('stop', stopped), docker.docker('restart', restarted)]);
  const rulesOf = async (name: string) => (await readContainer(page, name))?.reasons.map(({ rule }) => rule);
  await waitFor(async () => (await rulesOf(stopped))?.includes('container-stopped-killed'), {
    timeoutMs: 5_000,
    what: 'the stopped container',
  });
  expect(await readContainer(page, restarted)).toMatchObject({ state: 'running', level: 'ok' });
  // What comes behind them is told: the others would have been by then.
  await docker.run(['--name', crashed], 'sh', '-c', 'sleep 0.5; exit 1');
  await waitFor(() => notifications.shown.length > before, { timeoutMs: 10_000, what: 'the notification of the crash' });
  expect(notifications.shown.slice(before).map(({ summary }) => summary)).toEqual([`${crashed} stopped`]);
  await expect(page.getByRole('alert')).not.toContainText(stopped);
  await expect(page.getByRole('alert')).not.toContainText(stoppedHere);
  await docker.removeContainers();
});
