import { expect, it } from 'vitest';
import { ContainerWatch } from '../../../../../src-main/collectors/containers/watch';
import type { EngineEvent, FollowedContainer } from '../../../../../src-main/platform/container-engine';
import { createFakeTime } from '../../../../helpers/fake-time';
import { engineContainer, FakeClient, FakeEngine, hexId } from './fake-engine';

const id = hexId('a');
const never = new AbortController().signal;

function event(action: string): EngineEvent {
  return { kind: 'event', action, containerId: id, atMs: 1, signal: null, exitCode: null };
}

async function open() {
  const engine = new FakeEngine('x');
  const client = new FakeClient(engine, { address: { kind: 'socket', path: '/s' }, text: '/s', origin: 's' });
  const time = createFakeTime();
  const followed: (readonly FollowedContainer[])[] = [];
  const watch = new ContainerWatch(client.port(), time, (running) => followed.push(running));
  await watch.start(never);
  const tell = async (action: string) => {
    client.events_.push(event(action));
    await time.advance(0);
  };
  return { engine, watch, time, followed, tell };
}

it('reads a container created while watching from its first line, even if it ran before its start was told', async () => {
  const { engine, followed, tell } = await open();
  // The inspect that "create" asks for comes back when the engine has started it already, but "start" is still to come.
  engine.containers = [engineContainer({ id, startedAtMs: 5 })];
  await tell('create');
  expect(followed.at(-1)).toMatchObject([{ id, startedWhileWatching: true }]);
  await tell('start');
  expect(followed.at(-1)).toMatchObject([{ id, startedWhileWatching: true }]);
});

it('reads one that ran before from its newest lines only', async () => {
  const engine = new FakeEngine('x');
  engine.containers = [engineContainer({ id })];
  const client = new FakeClient(engine, { address: { kind: 'socket', path: '/s' }, text: '/s', origin: 's' });
  const followed: (readonly FollowedContainer[])[] = [];
  const watch = new ContainerWatch(client.port(), createFakeTime(), (running) => followed.push(running));
  await watch.start(never);
  expect(followed.at(-1)).toMatchObject([{ id, startedWhileWatching: false }]);
});

it('keeps a container that was created while a list without it was on its way', async () => {
  const { engine, watch, time, tell } = await open();
  engine.whileListing = async () => {
    engine.containers = [engineContainer({ id })];
    await tell('create');
    await tell('start');
  };
  await time.advance(30_000);
  const present = await watch.read(never);
  expect(present.map(({ container }) => container.id)).toEqual([id]);
});

it('forgets one that a list no longer has', async () => {
  const { engine, watch, time, tell } = await open();
  engine.containers = [engineContainer({ id })];
  await tell('start');
  engine.containers = [];
  await time.advance(30_000);
  expect(await watch.read(never)).toEqual([]);
});

it('looks again at one that could not be started, of which only the network tells', async () => {
  const { engine, watch, tell } = await open();
  const created = { id, state: 'created', startedAtMs: null, pid: null } as const;
  engine.containers = [engineContainer(created)];
  await tell('create');
  engine.containers = [engineContainer({ ...created, exitCode: 127 })];
  expect(watch.find(id)?.exitCode).toBe(0);
  await tell('disconnect');
  expect(watch.find(id)?.exitCode).toBe(127);
  expect(watch.eventsOf(id).map(({ action }) => action)).toEqual(['create']);
});

it('finds with the next list a failed start that nothing told of', async () => {
  const { engine, watch, time, tell } = await open();
  const created = { id, state: 'created', startedAtMs: null, pid: null } as const;
  engine.containers = [engineContainer(created)];
  await tell('create');
  await time.advance(30_000);
  await watch.read(never);
  engine.containers = [engineContainer({ ...created, exitCode: 127 })];
  await time.advance(30_000);
  expect((await watch.read(never))[0]?.container.exitCode).toBe(127);
});

it('announces a container that lived for moments, once', async () => {
  const { engine, followed, tell } = await open();
  engine.containers = [engineContainer({ id, state: 'exited', pid: null })];
  await tell('start');
  expect(followed.slice(-2).map((one) => one.length)).toEqual([1, 0]);
});
