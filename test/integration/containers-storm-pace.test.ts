import { execFile, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { dataOf, never, openContainers, openLogs } from '../helpers/container-parts';
import { startEngineStandIn } from '../helpers/engine-stand-in';
import { keepReading } from '../helpers/keep-reading';
import { waitFor } from '../helpers/wait-for';

/**
 * Row F32 of the fault table at its full pace, which two cores cannot give a real engine (containers-storm.test.ts has that one): 300
 * containers made, started, ended, one of ten removed, all within 10 s, over the engine's protocol. `docker ps` is the proof that the
 * stand-in speaks it.
 */
const containerCount = 300;
const withinMs = 10_000;

it('F32: 300 containers started and stopped in 10 s: the list of the engine afterwards, and nothing left open', async () => {
  const engine = await startEngineStandIn();
  const containers = openContainers(engine.endpoint, 'engine');
  const logs = openLogs(containers);
  await containers.collect(never);
  await logs.collect(never);
  await waitFor(() => engine.openStreamCount() === 1, { timeoutMs: 5_000, what: 'the stream of events' });
  const descriptorsBefore = readdirSync('/proc/self/fd').length;
  const readings = keepReading(async () => {
    await containers.collect(never);
    await logs.collect(never);
  });
  const startedAt = performance.now();
  const running: string[] = [];
  let mostStreams = 0;
  for (let number = 0; number < containerCount; number += 1) {
    const id = engine.create(`storm-${number}`);
    engine.start(id);
    running.push(id);
    // Each lives for as long as the next ten take to start.
    if (running.length > 10) stopOne(number, running.shift() ?? '');
    mostStreams = Math.max(mostStreams, engine.openStreamCount());
    // The pace is what is tested: 30 a second.
    const lead = ((number + 1) / containerCount) * withinMs * 0.95 - (performance.now() - startedAt);
    if (lead > 0) await delay(lead);
  }
  for (const [index, id] of running.entries()) stopOne(index, id);
  expect(performance.now() - startedAt).toBeLessThan(withinMs);
  await readings.stop();
  // Logs were followed while the storm went on: more than the stream of events was open.
  expect(mostStreams).toBeGreaterThan(1);

  function stopOne(number: number, id: string): void {
    engine.end(id);
    if (number % 10 === 0) engine.remove(id);
  }

  const ours = async () =>
    (await dataOf(containers.collect(never))).containers.map(({ id, state, name }) => `${id} ${state} ${name}`).sort();
  await waitFor(
    async () => {
      expect(await ours()).toEqual(engine.list());
      return true;
    },
    { timeoutMs: 10_000, what: 'the list of the engine', everyMs: 200 },
  );
  expect(engine.list()).toHaveLength(270);
  await waitFor(() => engine.openStreamCount() === 1, { timeoutMs: 10_000, what: 'the logs to be closed' });
  // Both ends are in this process; kept connections end after their five seconds.
  await waitFor(() => readdirSync('/proc/self/fd').length <= descriptorsBefore + 2, {
    timeoutMs: 15_000,
    what: 'the descriptors to be closed',
  });
  const format = ['-H', engine.endpoint, 'ps', '-a', '--no-trunc', '--format', '{{.ID}} {{.State}} {{.Names}}'];
  if (spawnSync('docker', ['--version']).status === 0) {
    const { stdout } = await promisify(execFile)('docker', format);
    expect(stdout.trim().split('\n').sort()).toEqual(engine.list());
  } else console.warn('SKIPPED the proof of the stand-in: `docker` is not installed (apt-get install docker.io)');
  await logs.close();
  await containers.close();
  await engine.stop();
});
