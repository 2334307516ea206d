import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
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
import { startDockerEngine, testImage } from '../helpers/docker-engine';
import { type SocketProxy, startSocketProxy } from '../helpers/socket-proxy';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';
import { testCoreOptions } from '../helpers/web-core-options';

/** Rows F28 to F35 of the fault table: an engine that is denied, stops, hangs, storms, rotates and talks nonsense. */
const engine = await startDockerEngine('private');
if ('unavailable' in engine) console.warn(`SKIPPED: faults of a real engine: ${engine.unavailable}`);

describe.skipIf('unavailable' in engine)('an engine that fails', () => {
  if ('unavailable' in engine) return;
  const proxies: SocketProxy[] = [];
  let proxyCount = 0;

  async function openProxy(): Promise<SocketProxy> {
    proxyCount += 1;
    const proxy = await startSocketProxy(engineSocket(), join(dirname(engineSocket()), `proxy-${proxyCount}.sock`));
    proxies.push(proxy);
    return proxy;
  }
  const engineSocket = () => ('unavailable' in engine ? '' : engine.socketPath);

  afterEach(async () => {
    await engine.removeContainers();
    for (const proxy of proxies.splice(0)) await proxy.stop();
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
    const proxy = await openProxy();
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
      const { newestErrors } = await dataOf(logs.collect(never));
      return newestErrors.filter(({ sourceId }) => sourceId === id).map(({ text }) => Number(text.slice('error '.length)));
    };
    try {
      await waitFor(async () => (await errors()).length > 3, { timeoutMs: 10_000, what: 'lines' });
      await waitFor(async () => (await core.handle('readings.refresh', { source: 'containers' }, { actionsAllowed: false })).ok, {
        timeoutMs: 10_000,
        what: 'the core',
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

  it('F30: gives up within 6 s on an engine that accepts and never answers', async () => {
    const socket = join(temporaryDirectory(), 'docker.sock');
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const collector = openContainers(`unix://${socket}`);
    const start = performance.now();
    const outcome = await collector.collect(never);
    const tookMs = performance.now() - start;
    expect(outcome).toMatchObject({ kind: 'unavailable', detail: expect.stringMatching(/accepts connections but/) });
    expect(tookMs).toBeLessThan(6_000);
    await collector.close();
    server.close();
  });

  async function watchHangAndReturn(figuresFrom: 'cgroup-files' | 'engine') {
    const proxy = await openProxy();
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

  it('F30: notices within 15 s that an attached engine hangs, wherever figures come from, and is back within 10 s', async () => {
    await engine.run([], 'sleep', '1000');
    // At the same time: most of it is waiting.
    for (const seen of await Promise.all([watchHangAndReturn('cgroup-files'), watchHangAndReturn('engine')])) {
      expect(seen.hungMs, JSON.stringify(seen)).toBeLessThan(15_000);
      expect(seen.backMs, JSON.stringify(seen)).toBeLessThan(10_000);
      console.log(`engine hangs: ${JSON.stringify(seen)}`);
    }
  });

  for (const files of ['1', '3']) {
    it(`F31: follows a log through rotations (max-size 1k, max-file ${files})`, async () => {
      const options = ['--log-opt', 'max-size=1k', '--log-opt', `max-file=${files}`];
      const id = await engine.run(options, 'sh', '-c', 'n=0; while :; do n=$((n+1)); echo "error $n"; sleep 0.02; done');
      const containers = openContainers(engine.endpoint);
      const logs = openLogs(containers);
      const newest = async () => {
        await containers.collect(never);
        const { newestErrors, sources } = await dataOf(logs.collect(never));
        expect(sources.find((source) => source.id === id)?.state ?? 'following').not.toBe('ended');
        return Number(newestErrors[0]?.text.slice('error '.length) ?? 0);
      };
      // A file holds about ten lines: this is dozens of rotations, and the newest line must go on coming.
      for (const wanted of [100, 200, 300]) {
        await waitFor(async () => (await newest()) >= wanted, { timeoutMs: 20_000, what: `line ${wanted}` });
      }
      await logs.close();
      await containers.close();
    });
  }

  it('F32: has the list of the engine after a storm of containers, and leaks nothing', async () => {
    const proxy = await openProxy();
    const containers = openContainers(proxy.endpoint, 'engine');
    const logs = openLogs(containers);
    await containers.collect(never);
    await logs.collect(never);
    // The event stream alone.
    await waitFor(() => proxy.openCount() === 1, { timeoutMs: 5_000, what: 'one open connection' });
    const descriptorsBefore = readdirSync('/proc/self/fd').length;
    let storming = true;
    const readings = (async () => {
      while (storming) {
        await containers.collect(never);
        await logs.collect(never);
        await delay(500);
      }
    })();
    const start = performance.now();
    // One shell starts them all: 300 docker programs would cost more than the containers.
    const stormed = await startMany(engine.socketPath, 300, 20_000);
    const tookMs = performance.now() - start;
    storming = false;
    await readings;
    expect(stormed.startedCount).toBeGreaterThan(20);
    await waitFor(
      async () => {
        const ours = (await dataOf(containers.collect(never))).containers.map(({ id, state }) => `${id} ${state}`).sort();
        const { stdout } = await engine.docker('ps', '-a', '--no-trunc', '--format', '{{.ID}} {{.State}}');
        expect(ours).toEqual(stdout.trim().split('\n').sort());
        return true;
      },
      { timeoutMs: 20_000, what: 'the list of the engine', everyMs: 500 },
    );
    await removeMany(engine.socketPath, stormed.ids);
    await waitFor(async () => (await dataOf(containers.collect(never))).containers.length === 0, {
      timeoutMs: 20_000,
      what: 'an empty list',
    });
    await waitFor(() => proxy.openCount() === 1, { timeoutMs: 20_000, what: 'the streams to be closed' });
    // Both ends of the proxy's connections are in this process.
    await waitFor(() => readdirSync('/proc/self/fd').length <= descriptorsBefore + 2, {
      timeoutMs: 10_000,
      what: 'the descriptors to be closed',
    });
    console.log(`storm: ${stormed.startedCount} containers in ${(tookMs / 1000).toFixed(1)} s; one open connection before and after`);
    await logs.close();
    await containers.close();
  }, 240_000);

  it('F34: reads what a log driver lets read, and says what it does not', async () => {
    const script = 'echo "error of mine"; sleep 1000';
    const gelf = ['--log-driver', 'gelf', '--log-opt', 'gelf-address=udp://127.0.0.1:9'];
    const ids = {
      local: await engine.run(['--log-driver', 'local'], 'sh', '-c', script),
      none: await engine.run(['--log-driver', 'none'], 'sh', '-c', script),
      // The engine keeps a copy of its own for reading, unless that is switched off.
      gelf: await engine.run(gelf, 'sh', '-c', script),
      gelfWithoutCopy: await engine.run([...gelf, '--log-opt', 'cache-disabled=true'], 'sh', '-c', script),
    };
    const containers = openContainers(engine.endpoint);
    const logs = openLogs(containers);
    const verdicts = await waitFor(
      async () => {
        await containers.collect(never);
        const { sources, newestErrors } = await dataOf(logs.collect(never));
        const seen = Object.fromEntries(
          Object.entries(ids).map(([driver, id]) => [
            driver,
            `${sources.find((source) => source.id === id)?.state}, ${newestErrors.filter(({ sourceId }) => sourceId === id).length}`,
          ]),
        );
        return Object.values(seen).every((one) => one === 'following, 1' || one === 'unavailable, 0') ? seen : null;
      },
      { timeoutMs: 20_000, what: 'a verdict on each' },
    );
    expect(verdicts).toEqual({ local: 'following, 1', none: 'unavailable, 0', gelf: 'following, 1', gelfWithoutCopy: 'unavailable, 0' });
    await logs.close();
    await containers.close();
  });

  it('F35: counts events that cannot be read and goes on', async () => {
    const proxy = await openProxy();
    let corruptions = 0;
    proxy.corrupt('/events', (chunk) => {
      // Not what is told again on attaching: that comes in one piece with the head of the answer.
      if (!chunk.includes('"die"') || chunk.includes('HTTP/1.1')) return chunk;
      corruptions += 1;
      return Buffer.concat([Buffer.from('9\r\n{"Type":\n\r\n'), chunk]);
    });
    const containers = openContainers(proxy.endpoint);
    await containers.collect(never);
    const id = await engine.run([], 'true');
    await waitFor(async () => (await dataOf(containers.collect(never))).containers.find((one) => one.id === id)?.state === 'exited', {
      timeoutMs: 10_000,
      what: 'the end of the container',
    });
    const outcome = await containers.collect(never);
    expect(corruptions).toBeGreaterThan(0);
    expect(outcome).toMatchObject({ kind: 'ok', warnings: [expect.stringMatching(/^\d+ messages of the engine could not be read/)] });
    await containers.close();
  });

  it('F35: opens a log stream anew whose frames are broken, without losing or repeating a line', async () => {
    const proxy = await openProxy();
    let corruptions = 0;
    proxy.corrupt('/logs', (chunk) => {
      const line = chunk.indexOf('error 7\n');
      if (line === -1 || corruptions > 0) return chunk;
      corruptions += 1;
      // The header stands 8 bytes before the stamp of 31 that begins the line: a stream number that does not exist.
      const broken = Buffer.from(chunk);
      broken[line - 31 - 8] = 0x63;
      return broken;
    });
    const containers = openContainers(proxy.endpoint);
    const logs = openLogs(containers);
    await containers.collect(never);
    await logs.collect(never);
    const id = await engine.run([], 'sh', '-c', 'for n in $(seq 20); do echo "error $n"; sleep 0.1; done; sleep 1000');
    const texts = await waitFor(
      async () => {
        await containers.collect(never);
        const { newestErrors } = await dataOf(logs.collect(never));
        const found = newestErrors.filter(({ sourceId }) => sourceId === id).map(({ text }) => text);
        return found[0] === 'error 20' ? found.toReversed() : null;
      },
      { timeoutMs: 20_000, what: 'the last line' },
    );
    expect(corruptions).toBe(1);
    expect(texts).toEqual(Array.from({ length: 20 }, (_, index) => `error ${index + 1}`));
    await logs.close();
    await containers.close();
  });
});

/** `count` at most, as many as this machine starts in the time, through the engine's own interface. Nine of ten end at once by themselves or are removed while they run, one runs on. */
async function startMany(socketPath: string, count: number, timeMs: number) {
  const { default: Docker } = await import('dockerode');
  const docker = new Docker({ socketPath });
  const deadline = performance.now() + timeMs;
  let startedCount = 0;
  const ids: string[] = [];
  const numbers = Array.from({ length: count }, (_, index) => index).values();
  const worker = async () => {
    for (const number of numbers) {
      if (performance.now() > deadline) return;
      startedCount += 1;
      const Cmd = number % 10 === 0 ? ['sleep', '1000'] : ['echo', 'error'];
      const container = await docker.createContainer({ Image: testImage, Cmd, HostConfig: { NetworkMode: 'none' } });
      await container.start();
      if (number % 10 === 1) await container.remove({ force: true });
      else ids.push(container.id);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return { ids, startedCount };
}

async function removeMany(socketPath: string, ids: readonly string[]): Promise<void> {
  const { default: Docker } = await import('dockerode');
  const docker = new Docker({ socketPath });
  const next = ids.values();
  const worker = async () => {
    for (const id of next) await docker.getContainer(id).remove({ force: true });
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}
