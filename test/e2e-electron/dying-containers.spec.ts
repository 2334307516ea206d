import { startDockerEngine, testImage } from '../helpers/docker-engine';
import { expect, test } from '../helpers/electron-app';
import { waitFor } from '../helpers/wait-for';

const deaths = 50;
const atOnce = 5;

/** From the moment the engine notes as a container's end to the frame in which the window has its alert. */
test('fifty containers that die are in the window within a second, and the first are told natively', async ({ launch, notifications }) => {
  test.setTimeout(180_000);
  const engine = await startDockerEngine('shared');
  test.skip('unavailable' in engine, 'unavailable' in engine ? `no container engine: ${engine.unavailable}` : '');
  if ('unavailable' in engine) return;
  const prefix = `e2e-dying-${process.pid}`;
  const names = Array.from({ length: deaths }, (_one, index) => `${prefix}-${index}`);
  const rest = [...names];
  const create = async () => {
    for (let name = rest.pop(); name !== undefined; name = rest.pop())
      await engine.docker('create', '--network', 'none', '--name', name, testImage, 'sh', '-c', 'sleep 0.2; exit 1');
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, create));
    const app = await launch({ engineEndpoint: engine.endpoint });
    const page = await app.window();
    await page.evaluate(() => {
      const shown: Record<string, number> = {};
      Object.assign(globalThis, { shownAtMs: shown });
      window.logscope?.on('alert', ({ change, alert }) => {
        // Two frames on, what the first one drew is on the screen.
        if (change === 'raised') requestAnimationFrame(() => requestAnimationFrame(() => (shown[alert.subject] ??= Date.now())));
      });
    });
    const shown = () => page.evaluate(() => (globalThis as unknown as { shownAtMs: Record<string, number> }).shownAtMs);
    await expect(page.getByRole('region', { name: 'Containers' })).toContainText(prefix.slice(0, 9), { timeout: 10_000 });
    const before = notifications.shown.length;
    for (let start = 0; start < deaths; start += atOnce) await engine.docker('start', ...names.slice(start, start + atOnce));
    // Other things of this machine may be told meanwhile.
    await waitFor(async () => Object.keys(await shown()).filter((subject) => subject.startsWith(prefix)).length >= deaths, {
      timeoutMs: 60_000,
      what: 'fifty alerts',
    });
    const ends = JSON.parse((await engine.docker('inspect', ...names)).stdout) as { Name: string; State: { FinishedAt: string } }[];
    const endOf = new Map(ends.map(({ Name, State }) => [Name.slice(1), Date.parse(State.FinishedAt)]));
    const at = await shown();
    const delaysMs = names.map((name) => (at[name] ?? Number.POSITIVE_INFINITY) - (endOf.get(name) ?? 0)).toSorted((a, b) => a - b);
    console.log(`died -> in the window, ${deaths} containers: median ${delaysMs[deaths / 2]} ms, worst ${delaysMs.at(-1)} ms`);
    expect(delaysMs.at(-1)).toBeLessThan(1_000);
    // Four in ten minutes, then one summary: what was told was told in time.
    const told = notifications.shown.slice(before).flatMap(({ summary, atMs }) => {
      const name = names.find((one) => summary.startsWith(`${one} `));
      return name === undefined ? [] : [atMs - (endOf.get(name) ?? 0)];
    });
    expect(told).toHaveLength(4);
    for (const delayMs of told) expect(delayMs).toBeLessThan(1_000);
  } finally {
    await engine.docker('rm', '-f', ...names);
    await engine.stop();
  }
});
