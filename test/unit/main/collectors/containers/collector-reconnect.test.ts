import { expect, it } from 'vitest';
import { createContainersCollector } from '../../../../../src-main/collectors/containers/collector';
import type { EngineEvent } from '../../../../../src-main/platform/container-engine';
import { systemRoots } from '../../../../../src-main/platform/roots';
import { createFakeTime } from '../../../../helpers/fake-time';
import { engineContainer, FakeEngine, FakeMachine, hexId } from './fake-engine';

/** What was seen of an engine's containers outlives the connection to it. */
const never = new AbortController().signal;
const id = hexId('a');

async function openLooping() {
  const machine = new FakeMachine();
  const engine = new FakeEngine('x');
  engine.containers = [engineContainer({ id, startedAtMs: 0 })];
  machine.add('/engine', engine);
  const time = createFakeTime();
  const collector = createContainersCollector({
    engine: machine.connector,
    clock: time,
    roots: systemRoots,
    platform: 'linux',
    figuresFrom: 'engine',
  });
  const tell = async (action: string, exitCode: number | null = null) => {
    const event: EngineEvent = { kind: 'event', action, containerId: id, atMs: time.nowMs(), signal: null, exitCode };
    engine.clients.at(-1)?.events_.push(event);
    await time.advance(1_000);
    return event;
  };
  const collect = async () => {
    const outcome = await collector.collect(never);
    await time.advance(0);
    return outcome.kind === 'ok' ? outcome.data : null;
  };
  const reconnect = async () => {
    engine.stop();
    await time.advance(1_000);
    expect(await collect()).toBeNull();
    engine.trouble = null;
    await time.advance(10_000);
    await collect();
  };
  const container = async () => (await collect())?.containers.find((one) => one.id === id);
  await collect();
  return { machine, engine, time, tell, collect, reconnect, container };
}

it('still knows the crashes when the engine is back, and counts none twice that is told again', async () => {
  const { engine, tell, reconnect, container } = await openLooping();
  const first = await tell('die', 9);
  await tell('start');
  const second = await tell('die', 9);
  const crashes = [second, first].map(({ atMs }) => ({ atMs, exitCode: 9, oomKilled: false }));
  expect((await container())?.recentCrashes).toEqual(crashes);
  await reconnect();
  expect(engine.connectCount).toBe(2);
  expect((await container())?.recentCrashes).toEqual(crashes);
  // Asked for from the last one that was seen on, not only from five seconds ago: what happened meanwhile is told.
  expect(engine.clients.at(-1)?.eventsSinceMs).toBe(second.atMs);
  engine.clients.at(-1)?.events_.push(second);
  const third = await tell('die', 9);
  expect((await container())?.recentCrashes.map(({ atMs }) => atMs)).toEqual([third.atMs, second.atMs, first.atMs]);
});

it('does not take an earlier verdict for that on an end which came while there was no connection', async () => {
  const { engine, time, tell, reconnect, container } = await openLooping();
  const died = await tell('die', 9);
  engine.containers = [engineContainer({ id, state: 'exited', pid: null, exitCode: 9, startedAtMs: 0, finishedAtMs: died.atMs })];
  await tell('update');
  expect((await container())?.stopRequested).toBe(false);
  engine.containers = [engineContainer({ id, state: 'exited', pid: null, startedAtMs: 0, finishedAtMs: time.nowMs() + 5_000 })];
  await reconnect();
  expect(await container()).toMatchObject({ stopRequested: null, recentCrashes: [{ exitCode: 9 }] });
});

it('forgets what was removed while there was no connection', async () => {
  const { engine, tell, reconnect, container } = await openLooping();
  await tell('die', 9);
  engine.containers = [];
  await reconnect();
  expect(await container()).toBeUndefined();
  engine.containers = [engineContainer({ id })];
  await tell('create');
  expect((await container())?.recentCrashes).toEqual([]);
});

it('keeps those of an engine that is reached over another address now', async () => {
  const { machine, engine, tell, collect, time, container } = await openLooping();
  await tell('die', 9);
  machine.found = [];
  engine.stop();
  await time.advance(1_000);
  await collect();
  engine.trouble = null;
  machine.add('/other', engine);
  await time.advance(10_000);
  await collect();
  expect((await collect())?.containers).toMatchObject([{ id, engineId: '/other', recentCrashes: [{ exitCode: 9 }] }]);
  expect((await container())?.engineId).toBe('/other');
});
