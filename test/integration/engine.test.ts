import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dataOf, never, openContainers, openLogs } from '../helpers/container-parts';
import { startDockerEngine } from '../helpers/docker-engine';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

const engine = await startDockerEngine('private');
if ('unavailable' in engine) console.warn(`SKIPPED: the connection to a real engine: ${engine.unavailable}`);

const openDescriptors = () => readdirSync('/proc/self/fd').length;

describe.skipIf('unavailable' in engine)('the connection to a real engine', () => {
  if ('unavailable' in engine) return;
  afterAll(() => engine.stop());

  it('is told as lost once and back again, with the containers and their logs', async () => {
    const containers = openContainers(engine.endpoint);
    const logs = openLogs(containers);
    const id = await engine.run([], 'sh', '-c', 'i=0; while :; do i=$((i+1)); echo "error $i"; sleep 0.1; done');
    const numbers = async () => {
      await logs.collect(never);
      const newestErrors = await logs.errors();
      return newestErrors
        .filter(({ sourceId }) => sourceId === id)
        .map(({ text }) => Number(text.slice('error '.length)))
        .toReversed();
    };
    const states: string[] = [];
    const collect = async () => {
      const outcome = await containers.collect(never);
      const state = outcome.kind === 'ok' ? 'ok' : outcome.reason;
      if (states.at(-1) !== state) states.push(state);
      await logs.collect(never);
      return outcome;
    };
    await waitFor(async () => (await collect()).kind === 'ok' && (await numbers()).length > 5, { timeoutMs: 10_000, what: 'the log' });

    await engine.stopDaemon();
    const gone = await waitFor(
      async () => {
        const outcome = await collect();
        return outcome.kind === 'ok' ? null : outcome;
      },
      { timeoutMs: 5_000, what: 'the loss to be seen' },
    );
    expect(gone).toMatchObject({ kind: 'unavailable', reason: 'not-running' });
    expect(gone.kind === 'unavailable' ? gone.hint : '').toMatch(/[Ss]tart/);
    const newest = (await numbers()).at(-1) ?? 0;

    await engine.startDaemon();
    const backAt = performance.now();
    await waitFor(async () => (await collect()).kind === 'ok', { timeoutMs: 10_000, what: 'the engine to be attached again' });
    await waitFor(async () => (await collect()) && ((await numbers()).at(-1) ?? 0) > newest + 5, {
      timeoutMs: 10_000,
      what: 'the log to go on',
    });
    expect(performance.now() - backAt).toBeLessThan(10_000);
    expect(states).toEqual(['ok', 'not-running', 'ok']);
    const seen = await numbers();
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => (seen[0] ?? 0) + index));
    await logs.close();
    await containers.close();
    await engine.removeContainers();
  });

  it('leaves no descriptor behind in 20 cycles', async () => {
    await engine.run(['--restart', 'no'], 'sleep', '1000');
    const cycle = async (figuresFrom: 'cgroup-files' | 'engine') => {
      const containers = openContainers(engine.endpoint, figuresFrom);
      const logs = openLogs(containers);
      await dataOf(containers.collect(never));
      const { sources } = await dataOf(logs.collect(never));
      expect(sources.length).toBeGreaterThan(0);
      await containers.collect(never);
      await logs.close();
      await containers.close();
    };
    await cycle('engine');
    await cycle('cgroup-files');
    const settled = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return openDescriptors();
    };
    const before = await settled();
    for (let count = 0; count < 20; count += 1) await cycle(count % 2 === 0 ? 'engine' : 'cgroup-files');
    await waitFor(async () => (await settled()) <= before + 2, { timeoutMs: 5_000, what: `descriptors to return to ${before}` });
    await engine.removeContainers();
  });

  it('ends with the state that the engine lists after a storm of starts and ends', async () => {
    const containers = openContainers(engine.endpoint);
    await dataOf(containers.collect(never));
    const starts = Array.from({ length: 20 }, (_, index) => engine.run(['--name', `storm-${index}`], 'sh', '-c', `exit ${index % 3}`));
    const reading = waitFor(
      async () => {
        const { containers: all } = await dataOf(containers.collect(never));
        const storm = all.filter(({ name }) => name.startsWith('storm-'));
        return storm.length === 20 && storm.every(({ state }) => state === 'exited') ? storm : null;
      },
      { timeoutMs: 40_000, what: 'all ends' },
    );
    await Promise.all(starts);
    const storm = await reading;
    for (const { name, exitCode, stopRequested } of storm) {
      expect([name, exitCode, stopRequested]).toEqual([name, Number(name.slice('storm-'.length)) % 3, false]);
    }
    await containers.close();
    await engine.removeContainers();
  });
});

describe('an engine that cannot be used', () => {
  it('is not running where no socket is', async () => {
    const containers = openContainers('unix:///nonexistent/docker.sock');
    expect(await containers.collect(never)).toMatchObject({
      kind: 'unavailable',
      detail: expect.stringContaining('/nonexistent/docker.sock'),
    });
    await containers.close();
  });

  it.skipIf(process.platform === 'win32')('is not running where nobody listens any more, or something else does', async () => {
    const directory = temporaryDirectory();
    const socketPath = join(directory, 'other.sock');
    const server = createServer((socket) => socket.resume().end('I am no engine\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    const containers = openContainers(`unix://${socketPath}`);
    expect(await containers.collect(never)).toMatchObject({ kind: 'unavailable', reason: 'not-running' });
    await new Promise((resolve) => server.close(resolve));
    expect(await containers.collect(never)).toMatchObject({ kind: 'unavailable', reason: expect.stringMatching(/not-/) });
    await containers.close();
  });

  it.skipIf(process.platform === 'win32')('is given up within the deadline when it accepts and never answers', async () => {
    const directory = temporaryDirectory();
    const socketPath = join(directory, 'stalled.sock');
    const server = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => server.listen(socketPath, resolve));
    const containers = openContainers(`unix://${socketPath}`);
    const start = performance.now();
    expect(await containers.collect(never)).toMatchObject({ reason: 'not-running', detail: expect.stringContaining('did not answer') });
    expect(performance.now() - start).toBeLessThan(5_000);
    await containers.close();
    await new Promise((resolve) => server.close(resolve));
  });
});
