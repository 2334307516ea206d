import { expect, it } from 'vitest';
import { StatsStreams } from '../../../../../src-main/collectors/containers/read-stats';
import type { EngineStats } from '../../../../../src-main/platform/container-engine';
import { createFakeTime } from '../../../../helpers/fake-time';
import { FakeClient, FakeEngine, hexId } from './fake-engine';

const id = hexId('a');
const running = new Map([[id, { state: 'running' as const }]]);
const paused = new Map([[id, { state: 'paused' as const }]]);

function sample(change: Partial<EngineStats>): EngineStats {
  return {
    kind: 'stats',
    readAtMs: 0,
    cpuUsageNanoseconds: 0,
    systemCpuNanoseconds: 0,
    onlineCoreCount: 2,
    memoryUsageBytes: 10,
    memoryInactiveFileBytes: 0,
    networkReceivedBytes: null,
    networkSentBytes: null,
    blockReadBytes: null,
    blockWrittenBytes: null,
    processCount: 1,
    ...change,
  };
}

async function open() {
  const client = new FakeClient(new FakeEngine('x'), { address: { kind: 'socket', path: '/s' }, text: '/s', origin: 's' });
  const time = createFakeTime();
  const streams = new StatsStreams(client.port(), time);
  streams.follow(running);
  await time.advance(0);
  const push = async (...samples: readonly EngineStats[]) => {
    client.stats_.get(id)?.push(...samples);
    await time.advance(0);
  };
  return { client, time, streams, push };
}

it('has figures from the second sample on, and none when the newest is old', async () => {
  const { time, streams, push } = await open();
  await push(sample({}));
  expect(streams.latest(id)).toBeNull();
  await push(sample({ cpuUsageNanoseconds: 50, systemCpuNanoseconds: 200 }));
  expect(streams.latest(id)?.cpuCores).toBe(0.5);
  await time.advance(5_001);
  expect(streams.latest(id)).toBeNull();
});

it('opens a stream anew that was silent for 15 s, unless the container is paused', async () => {
  const { client, time, streams, push } = await open();
  await push(sample({}));
  const first = client.stats_.get(id);
  await time.advance(15_000);
  streams.follow(paused);
  expect([client.statsOpenedCount, first?.isAborted]).toEqual([1, false]);
  streams.follow(running);
  await time.advance(0);
  expect([client.statsOpenedCount, first?.isAborted, streams.openCount]).toEqual([2, true, 1]);
});

it('opens a stream anew that ended while the container runs, and closes it when it does not', async () => {
  const { client, time, streams } = await open();
  client.stats_.get(id)?.close();
  await time.advance(0);
  expect(streams.openCount).toBe(0);
  streams.follow(running);
  await time.advance(0);
  expect([client.statsOpenedCount, streams.openCount]).toEqual([2, 1]);
  streams.follow(new Map());
  expect([client.stats_.get(id)?.isAborted, streams.openCount]).toEqual([true, 0]);
});
