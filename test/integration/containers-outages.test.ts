import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../../src-main/app/create-app';
import { createContainersCollector } from '../../src-main/collectors/containers/collector';
import { systemClock } from '../../src-main/platform/clock';
import { createEngineConnector } from '../../src-main/platform/container-engine-connect';
import { systemRoots } from '../../src-main/platform/roots';
import type { AlertChange } from '../../src-shared/alerts';
import type { Outcome } from '../../src-shared/reading';
import type { ContainersFacts } from '../../src-shared/snapshots/containers';
import { bundleEntry } from '../helpers/bundle-entry';
import { dataOf, never, openContainers, openLogs } from '../helpers/container-parts';
import { startDockerEngine } from '../helpers/docker-engine';
import { createSocketProxies, startSocketProxy } from '../helpers/socket-proxy';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';
import { testCoreOptions } from '../helpers/web-core-options';

/** Rows F28 to F30 of the fault table: an engine that is denied, absent, stops or hangs. */
const engine = await startDockerEngine('private');
if ('unavailable' in engine) console.warn(`SKIPPED: outages of a real engine: ${engine.unavailable}`);

describe.skipIf('unavailable' in engine)('an engine that cannot be reached', () => {
  if ('unavailable' in engine) return;
  const proxies = createSocketProxies(engine.socketPath);

  afterEach(async () => {
    await engine.removeContainers();
    await proxies.stop();
  });
  afterAll(() => engine.stop());

  /** Reads until the outcome is as wanted; the time it took. */
  async function collectUntil(
    collector: { collect(signal: AbortSignal): Promise<Outcome<ContainersFacts>> },
    what: string,
    wanted: (outcome: Outcome<ContainersFacts>) => boolean,
    timeoutMs = 30_000,
  ): Promise<number> {
    const start = performance.now();
    await waitFor(async () => wanted(await collector.collect(never)), { timeoutMs, what, everyMs: 200 });
    return performance.now() - start;
  }

  it('F28: says so when access is denied, and does not knock again and again (run as uid 65534)', async () => {
    const script = await bundleEntry('test/helpers/collect-as-other-user.ts', 'collect-as-other-user', ['dockerode']);
    execFileSync('chmod', ['711', dirname(engine.socketPath)]);
    const { connectCount, outcomes } = JSON.parse(execFileSync(process.execPath, [script, engine.socketPath], { encoding: 'utf8' }));
    expect(connectCount).toBe(1);
    expect(new Set(outcomes.map(({ reason }: { reason: string }) => reason))).toEqual(new Set(['permission-denied']));
    expect(outcomes[0]).toHaveProperty('hint', expect.stringMatching(/equals root/));
  });

  it('F28: names the place where there is no socket, and attaches when one is made', async () => {
    const socket = join(temporaryDirectory(), 'docker.sock');
    const collector = openContainers(`unix://${socket}`);
    for (let reading = 0; reading < 20; reading += 1) {
      expect(await collector.collect(never)).toMatchObject({
        kind: 'unavailable',
        reason: 'not-running',
        detail: expect.stringContaining(socket),
      });
    }
    const proxy = await startSocketProxy(engine.socketPath, socket);
    await collectUntil(collector, 'the attachment to a socket made later', ({ kind }) => kind === 'ok', 10_000);
    await collector.close();
    await proxy.stop();
  });

  it('finds every engine at once: two ways to one are one, a missing context is told', async () => {
    const proxy = await proxies.open();
    const home = temporaryDirectory();
    mkdirSync(join(home, 'run'));
    symlinkSync(engine.socketPath, join(home, 'run/docker.sock'));
    const lost = join(home, '.docker/contexts/meta', '0'.repeat(64));
    mkdirSync(lost, { recursive: true });
    const meta = { Name: 'lost', Endpoints: { docker: { Host: `unix://${home}/lost.sock` } } };
    execFileSync('tee', [join(lost, 'meta.json')], { input: JSON.stringify(meta) });
    const connector = createEngineConnector(() => ({
      explicit: null,
      environment: { PATH: process.env.PATH, DOCKER_HOST: proxy.endpoint },
      homeDirectory: home,
      platform: process.platform,
      runDirectory: join(home, 'run'),
    }));
    const collector = createContainersCollector({ engine: connector, clock: systemClock, roots: systemRoots, platform: process.platform });
    const id = await engine.run([], 'sleep', '1000');
    const { engines, containers } = await dataOf(collector.collect(never));
    expect(engines).toMatchObject([
      { id: proxy.endpoint, origin: 'DOCKER_HOST', state: 'ok' },
      { id: `unix://${home}/lost.sock`, origin: 'context lost', state: 'absent', hint: expect.any(String) },
    ]);
    expect(containers.map((one) => [one.id, one.engineId])).toEqual([[id, proxy.endpoint]]);
    await collector.close();
  });

  it('F29: tells one end and one return of an engine that stops, and attaches within 10 s without losing a log line', async () => {
    const script = 'n=0; while :; do n=$((n+1)); echo "error $n"; sleep 0.2; done';
    const id = await engine.run([], 'sh', '-c', script);
    const containers = openContainers(engine.endpoint);
    const logs = openLogs(containers);
    const core = await createApp(testCoreOptions(temporaryDirectory(), { engineEndpoint: engine.endpoint }));
    const changes: AlertChange[] = [];
    core.onEvent((event) => {
      if (event.event === 'alert' && event.payload.alert.key.startsWith('containers/engine')) changes.push(event.payload);
    });
    const errors = async () => {
      await containers.collect(never);
      await logs.collect(never);
      const newestErrors = await logs.errors();
      return newestErrors.filter(({ sourceId }) => sourceId === id).map(({ text }) => Number(text.slice('error '.length)));
    };
    try {
      await waitFor(async () => (await errors()).length > 3, { timeoutMs: 10_000, what: 'lines' });
      await waitFor(async () => (await core.handle('readings.refresh', { source: 'containers' }, { actionsAllowed: false })).ok, {
        timeoutMs: 10_000,
        what: 'the core',
      });
      const crashed = await engine.run([], 'sh', '-c', 'exit 9');
      const crashes = async () => (await dataOf(containers.collect(never))).containers.find((one) => one.id === crashed)?.recentCrashes;
      const seen = await waitFor(async () => ((await crashes())?.length === 1 ? crashes() : null), {
        timeoutMs: 10_000,
        what: 'the crash',
      });
      await engine.stopDaemon();
      await collectUntil(
        containers,
        'the end of the engine',
        (outcome) => outcome.kind === 'unavailable' && outcome.reason === 'not-running',
      );
      await waitFor(() => changes.length > 0, { timeoutMs: 10_000, what: 'the alert' });
      await engine.startDaemon();
      const backMs = await collectUntil(containers, 'the return of the engine', ({ kind }) => kind === 'ok');
      expect(backMs).toBeLessThan(10_000);
      expect(await crashes()).toEqual(seen);
      await waitFor(() => changes.some(({ change }) => change === 'cleared'), { timeoutMs: 10_000, what: 'the all-clear' });
      const [newest = 0] = await errors();
      await waitFor(async () => ((await errors())[0] ?? 0) > newest + 5, {
        timeoutMs: 20_000,
        what: 'new lines',
      });
      const numbers = (await errors()).toReversed();
      expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => (numbers[0] ?? 0) + index));
      expect(changes.map(({ change }) => change)).toEqual(['raised', 'cleared']);
      console.log(`engine back: attached again after ${backMs.toFixed(0)} ms`);
    } finally {
      await core.stop();
      await logs.close();
      await containers.close();
    }
  });

  async function watchSilence() {
    const socket = join(temporaryDirectory(), 'docker.sock');
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const collector = openContainers(`unix://${socket}`);
    const start = performance.now();
    const outcome = await collector.collect(never);
    const tookMs = performance.now() - start;
    await collector.close();
    server.close();
    return { outcome, tookMs };
  }

  async function watchHangAndReturn(figuresFrom: 'cgroup-files' | 'engine') {
    const proxy = await proxies.open();
    const collector = openContainers(proxy.endpoint, figuresFrom);
    const hasFigures = (outcome: Outcome<ContainersFacts>) =>
      outcome.kind === 'ok' && outcome.data.containers.some(({ cpuCores }) => cpuCores !== null);
    await collectUntil(collector, 'figures', hasFigures);
    proxy.setMode('stall');
    let slowestMs = 0;
    const timed = {
      collect: async (signal: AbortSignal) => {
        const start = performance.now();
        const outcome = await collector.collect(signal);
        slowestMs = Math.max(slowestMs, performance.now() - start);
        return outcome;
      },
    };
    const hungMs = await collectUntil(timed, 'the verdict on the engine that hangs', ({ kind }) => kind === 'unavailable');
    proxy.setMode('pass');
    const backMs = await collectUntil(collector, 'the return', ({ kind }) => kind === 'ok');
    await collector.close();
    await waitFor(() => proxy.openCount() === 0, { timeoutMs: 5_000, what: 'no connection left open' });
    return { figuresFrom, hungMs, backMs, slowestMs };
  }

  it('F30: gives up within 6 s on an engine that never answers, notices within 15 s that an attached one hangs, wherever figures come from, and is back within 10 s', async () => {
    await engine.run([], 'sleep', '1000');
    // All at the same time: most of it is waiting.
    const [silence, ...hangs] = await Promise.all([watchSilence(), watchHangAndReturn('cgroup-files'), watchHangAndReturn('engine')]);
    expect(silence.outcome).toMatchObject({ kind: 'unavailable', detail: expect.stringMatching(/accepts connections but/) });
    expect(silence.tookMs).toBeLessThan(6_000);
    for (const seen of hangs) {
      expect(seen.hungMs, JSON.stringify(seen)).toBeLessThan(15_000);
      expect(seen.backMs, JSON.stringify(seen)).toBeLessThan(10_000);
      console.log(`engine hangs: ${JSON.stringify(seen)}`);
    }
  });
});
