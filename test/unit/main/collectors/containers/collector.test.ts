import { expect, it } from 'vitest';
import { createContainersCollector } from '../../../../../src-main/collectors/containers/collector';
import type { FollowedContainer } from '../../../../../src-main/platform/container-engine';
import { systemRoots } from '../../../../../src-main/platform/roots';
import { createFakeTime } from '../../../../helpers/fake-time';
import { engineContainer, FakeEngine, FakeMachine, hexId } from './fake-engine';

const never = new AbortController().signal;

function open(machine: FakeMachine) {
  const time = createFakeTime();
  const collector = createContainersCollector({
    engine: machine.connector,
    clock: time,
    roots: systemRoots,
    platform: 'linux',
    figuresFrom: 'engine',
  });
  const collect = async () => {
    const outcome = await collector.collect(never);
    await time.advance(0);
    return outcome;
  };
  /** One reading a second, as the window has it. */
  const collectFor = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      await time.advance(1_000);
      await collect();
    }
  };
  const states = async () => {
    const outcome = await collect();
    return outcome.kind === 'ok' ? outcome.data.engines.map(({ id, state }) => [id, state]) : outcome.reason;
  };
  return { time, collector, collect, collectFor, states };
}

it('shows the containers of several engines together, each with its engine, and finds the log of each', async () => {
  const machine = new FakeMachine();
  const [first, second] = [new FakeEngine('one'), new FakeEngine('two')];
  first.containers = [engineContainer({ id: hexId('a'), name: 'zoo' })];
  second.containers = [engineContainer({ id: hexId('b'), name: 'api' })];
  machine.add('/first', first);
  machine.add('/second', second);
  const { collector, collect } = open(machine);
  const followed: (readonly FollowedContainer[])[] = [];
  collector.containerFeed.subscribe((running) => followed.push(running));
  const outcome = await collect();
  expect(outcome.kind === 'ok' && outcome.data.containers.map(({ name, engineId }) => [name, engineId])).toEqual([
    ['api', '/second'],
    ['zoo', '/first'],
  ]);
  expect(outcome.kind === 'ok' && outcome.data.engines).toMatchObject([
    { id: '/first', origin: 'origin of /first', state: 'ok', detail: null, hint: null, coreCount: 2, identity: { version: '20' } },
    { id: '/second', state: 'ok' },
  ]);
  expect(
    followed
      .at(-1)
      ?.map(({ name }) => name)
      .sort(),
  ).toEqual(['api', 'zoo']);
  for (const [id, place] of [
    [hexId('a'), '/first'],
    [hexId('b'), '/second'],
  ] as const) {
    for await (const chunk of await collector.containerFeed.openLogs(id, { tail: 1 }, never))
      expect(chunk.toString()).toBe(`${place} ${id}`);
    expect(collector.containerAccess.find(id)?.client.identity.endpoint).toBe(place);
  }
  await expect(collector.containerFeed.openLogs(hexId('c'), { tail: 1 }, never)).rejects.toThrow();
  await collector.close();
  expect([...first.clients, ...second.clients].map(({ isClosed }) => isClosed)).toEqual([true, true]);
});

it('takes two ways to one engine for one, and prefers the one that was found first', async () => {
  const machine = new FakeMachine();
  const engine = new FakeEngine('same');
  engine.containers = [engineContainer({ id: hexId('a') })];
  machine.add('tcp://localhost:2375', engine, true);
  machine.add('/docker.sock', engine);
  const { collect, collectFor, states } = open(machine);
  expect(await states()).toEqual([['tcp://localhost:2375', 'ok']]);
  const outcome = await collect();
  expect(outcome.kind === 'ok' && outcome.data.containers).toHaveLength(1);
  await collectFor(59);
  expect(engine.connectCount).toBe(2);
  expect(engine.clients.filter(({ isClosed }) => !isClosed)).toHaveLength(1);
});

it('keeps two engines that tell no id apart', async () => {
  const machine = new FakeMachine();
  machine.add('/one', new FakeEngine(null));
  machine.add('/two', new FakeEngine(null));
  expect(await open(machine).states()).toEqual([
    ['/one', 'ok'],
    ['/two', 'ok'],
  ]);
});

it('tells what was named and is missing, and leaves out what is only a usual place', async () => {
  const machine = new FakeMachine();
  machine.add('/named', null, true);
  machine.add('/works', new FakeEngine('x'));
  const { collect } = open(machine);
  const outcome = await collect();
  expect(outcome.kind === 'ok' && outcome.data.engines).toMatchObject([
    { id: '/named', state: 'absent', detail: expect.stringContaining('/named'), hint: expect.any(String), identity: null },
    { id: '/works', state: 'ok' },
  ]);
});

it('is unavailable only when no engine is there, with the most telling reason', async () => {
  const machine = new FakeMachine();
  const denied = new FakeEngine('x');
  denied.trouble = 'EACCES';
  machine.add('/named', null, true);
  machine.add('/denied', denied);
  expect(await open(machine).states()).toBe('permission-denied');
  expect(await open(new FakeMachine()).states()).toBe('not-running');
});

it('asks an engine that denies once a minute, and at once when its socket has other rights', async () => {
  const machine = new FakeMachine();
  const engine = new FakeEngine('x');
  engine.trouble = 'EACCES';
  machine.add('/denied', engine);
  machine.add('/works', new FakeEngine('y'));
  const { collectFor, states } = open(machine);
  await collectFor(1);
  await collectFor(59);
  expect(engine.connectCount).toBe(1);
  await collectFor(120);
  expect(engine.connectCount).toBe(3);
  engine.trouble = null;
  machine.seen.set('/denied', 'other rights');
  await collectFor(2);
  expect(await states()).toEqual([
    ['/denied', 'ok'],
    ['/works', 'ok'],
  ]);
});

it('never connects where there is no socket, and attaches when one is made', async () => {
  const machine = new FakeMachine();
  const engine = new FakeEngine('x');
  machine.add('/late', engine, true);
  machine.seen.set('/late', 'nothing');
  const { collectFor, states } = open(machine);
  await collectFor(100);
  expect(await states()).toBe('not-running');
  expect(engine.connectCount).toBe(0);
  machine.seen.set('/late', 'made');
  expect(await states()).toEqual([['/late', 'ok']]);
});

it('tells an engine that stops as stopped, the other one going on, and attaches again when it is back', async () => {
  const machine = new FakeMachine();
  const engine = new FakeEngine('x');
  machine.add('/stops', engine);
  machine.add('/works', new FakeEngine('y'));
  const { collectFor, states } = open(machine);
  expect(await states()).toEqual([
    ['/stops', 'ok'],
    ['/works', 'ok'],
  ]);
  engine.stop();
  await collectFor(1);
  const seen: unknown[] = [];
  for (let second = 0; second < 30; second += 1) {
    await collectFor(1);
    seen.push(await states());
  }
  expect(new Set(seen.map((one) => JSON.stringify(one)))).toEqual(
    new Set([
      JSON.stringify([
        ['/stops', 'stopped'],
        ['/works', 'ok'],
      ]),
    ]),
  );
  // The file of the socket is gone, and with it the usual place: it is still told.
  machine.found = machine.found.slice(1);
  machine.seen.set('/stops', 'nothing');
  await collectFor(1);
  expect(await states()).toEqual([
    ['/works', 'ok'],
    ['/stops', 'stopped'],
  ]);
  machine.add('/stops', engine);
  machine.seen.set('/stops', 'made anew');
  engine.trouble = null;
  await collectFor(2);
  expect(await states()).toEqual([
    ['/works', 'ok'],
    ['/stops', 'ok'],
  ]);
});

it('comes back within seconds even when nothing can be seen from outside', async () => {
  const machine = new FakeMachine();
  const engine = new FakeEngine('x');
  machine.add('tcp://far:1', engine);
  machine.seen.set('tcp://far:1', null);
  const { collectFor, states } = open(machine);
  await states();
  engine.stop();
  await collectFor(600);
  expect(await states()).toBe('not-running');
  engine.trouble = null;
  await collectFor(6);
  expect(await states()).toEqual([['tcp://far:1', 'ok']]);
});

it('does not let an engine that hangs hold up the others', async () => {
  const machine = new FakeMachine();
  const hanging = new FakeEngine('x');
  hanging.trouble = 'hang';
  machine.add('tcp://hangs:1', hanging, true);
  machine.add('/works', new FakeEngine('y'));
  const { states } = open(machine);
  expect(await states()).toEqual([['/works', 'ok']]);
  expect(await states()).toEqual([['/works', 'ok']]);
  expect(hanging.connectCount).toBe(1);
});

it('notices by its ping that an attached engine hangs', async () => {
  const machine = new FakeMachine();
  const engine = new FakeEngine('x');
  machine.add('/hangs', engine);
  const { collectFor, states } = open(machine);
  await collectFor(5);
  engine.trouble = 'ETIMEDOUT';
  await collectFor(15);
  expect(await states()).toBe('not-running');
  expect(engine.clients[0]?.isClosed).toBe(true);
});

it('lets go of everything when an address is named in the settings', async () => {
  const machine = new FakeMachine();
  const [usual, mine] = [new FakeEngine('x'), new FakeEngine('y')];
  machine.add('/usual', usual);
  const { states } = open(machine);
  await states();
  machine.found = [];
  machine.isExclusive = true;
  machine.add('/mine', mine, true);
  expect(await states()).toEqual([['/mine', 'ok']]);
  expect(usual.clients[0]?.isClosed).toBe(true);
});

it('looks at the disk use beside the readings, not with the first, and shows the last known value', async () => {
  const machine = new FakeMachine();
  const engine = new FakeEngine('x');
  const line = { count: 1, totalBytes: 2, reclaimableBytes: 1 };
  let answer = () => undefined as undefined;
  engine.diskUse = () =>
    new Promise((resolve) => {
      answer = () => void resolve({ images: line, containers: line, volumes: line, buildCache: line }) as undefined;
    });
  machine.add('/engine', engine);
  const { collect, collectFor } = open(machine);
  const diskUse = async () => {
    const outcome = await collect();
    return outcome.kind === 'ok' ? (outcome.data.engines[0]?.diskUse ?? null) : null;
  };
  await collect();
  expect(engine.diskUseCount).toBe(0);
  expect(await diskUse()).toBeNull();
  expect(engine.diskUseCount).toBe(1);
  expect(await diskUse()).toBeNull();
  answer();
  await new Promise(setImmediate);
  expect(await diskUse()).toMatchObject({ images: line, rootDirectory: '/nonexistent', rootAvailableBytes: null });
  await collectFor(100);
  expect(engine.diskUseCount).toBe(1);
  engine.storageChangeCount += 1;
  await collectFor(2);
  expect(engine.diskUseCount).toBe(2);
});
