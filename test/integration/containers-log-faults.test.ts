import { afterAll, describe, expect, it } from 'vitest';
import { dataOf, never, openContainers, openLogs } from '../helpers/container-parts';
import { startDockerEngine } from '../helpers/docker-engine';
import { createSocketProxies } from '../helpers/socket-proxy';
import { waitFor } from '../helpers/wait-for';

/**
 * Rows F31, F34 and F35 of the fault table: logs that rotate or cannot be read, an engine that talks nonsense. All at
 * once: most of each is waiting for lines.
 */
const engine = await startDockerEngine('shared');
if ('unavailable' in engine) console.warn(`SKIPPED: log faults of a real engine: ${engine.unavailable}`);

describe.skipIf('unavailable' in engine)('streams of an engine that fail', { concurrent: true }, () => {
  if ('unavailable' in engine) return;
  const proxies = createSocketProxies(engine.socketPath);

  afterAll(async () => {
    await engine.removeContainers();
    await proxies.stop();
    await engine.stop();
  });

  for (const files of ['1', '3']) {
    it(`F31: follows a log through rotations (max-size 1k, max-file ${files})`, async () => {
      const options = ['--log-opt', 'max-size=1k', '--log-opt', `max-file=${files}`];
      const id = await engine.run(options, 'sh', '-c', 'n=0; while :; do n=$((n+1)); echo "error $n"; sleep 0.02; done');
      const containers = openContainers(engine.endpoint);
      const logs = openLogs(containers);
      const newest = async () => {
        await containers.collect(never);
        const { sources } = await dataOf(logs.collect(never));
        const newestErrors = await logs.errors();
        expect(sources.find((source) => source.id === id)?.state ?? 'following').not.toBe('ended');
        return Number(newestErrors.find(({ sourceId }) => sourceId === id)?.text.slice('error '.length) ?? 0);
      };
      // A file holds about ten lines: this is dozens of rotations, and the newest line must go on coming.
      for (const wanted of [100, 200, 300]) {
        await waitFor(async () => (await newest()) >= wanted, { timeoutMs: 20_000, what: `line ${wanted}` });
      }
      await logs.close();
      await containers.close();
    });
  }

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
    // Only its own lines: those of the tests beside it would push them out of what is kept.
    const logs = openLogs(containers, { keywords: ['mine'] });
    const verdicts = await waitFor(
      async () => {
        await containers.collect(never);
        const { sources } = await dataOf(logs.collect(never));
        const newestErrors = await logs.errors();
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
    const proxy = await proxies.open();
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
    const proxy = await proxies.open();
    let corruptions = 0;
    proxy.corrupt('/logs', (chunk) => {
      const line = chunk.indexOf('frame 7\n');
      if (line === -1 || corruptions > 0) return chunk;
      corruptions += 1;
      // The header stands 8 bytes before the stamp of 31 that begins the line: a stream number that does not exist.
      const broken = Buffer.from(chunk);
      broken[line - 31 - 8] = 0x63;
      return broken;
    });
    const containers = openContainers(proxy.endpoint);
    const logs = openLogs(containers, { keywords: ['frame'] });
    await containers.collect(never);
    await logs.collect(never);
    const id = await engine.run([], 'sh', '-c', 'for n in $(seq 20); do echo "frame $n"; sleep 0.1; done; sleep 1000');
    const texts = await waitFor(
      async () => {
        await containers.collect(never);
        await logs.collect(never);
        const newestErrors = await logs.errors();
        const found = newestErrors.filter(({ sourceId }) => sourceId === id).map(({ text }) => text);
        return found[0] === 'frame 20' ? found.toReversed() : null;
      },
      { timeoutMs: 20_000, what: 'the last line' },
    );
    expect(corruptions).toBe(1);
    const told = await logs.collect(never);
    // What an engine passes over of the rotated logs beside it is told too.
    expect(told).toMatchObject({
      kind: 'ok',
      warnings: expect.arrayContaining([expect.stringMatching(/^1 log streams lost their frames/)]),
    });
    expect((await dataOf(logs.collect(never))).sources.find((source) => source.id === id)?.reopenedCount).toBe(1);
    expect(texts).toEqual(Array.from({ length: 20 }, (_, index) => `frame ${index + 1}`));
    await logs.close();
    await containers.close();
  });
});
