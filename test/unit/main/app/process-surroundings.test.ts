import { describe, expect, test } from 'vitest';
import { createAskedAnswers } from '../../../../src-main/app/asked-answers';
import { createContainerContexts } from '../../../../src-main/app/container-contexts';
import { createRecentStarts } from '../../../../src-main/app/recent-starts';
import { createUnitContexts } from '../../../../src-main/app/unit-contexts';
import type { Clock } from '../../../../src-main/platform/clock';
import type { Container, Service, ServicesSnapshot } from '../../../../src-shared/snapshots';
import { containerFacts, processFacts, serviceFacts } from '../rules/sample-facts';

const minute = 60_000;

function clockAt(startMs = 1_000_000) {
  let nowMs = startMs;
  const monotonicFromMs = startMs;
  let wallAheadMs = 0;
  const clock: Clock = { nowMs: () => nowMs + wallAheadMs, monotonicMs: () => nowMs - monotonicFromMs };
  return { clock, pass: (ms: number) => (nowMs += ms), setWall: (ms: number) => (wallAheadMs += ms) };
}

function services(list: readonly Partial<Service>[], method: ServicesSnapshot['method'] = 'systemd'): ServicesSnapshot {
  return {
    method,
    ports: [],
    unreadScopes: [],
    level: 'ok',
    services: list.map((one) => ({ ...serviceFacts(one), level: 'ok', reasons: [] })),
  };
}

describe('starts of late', () => {
  test('grow with the total, age after ten minutes, begin anew after a start by hand', () => {
    const starts = createRecentStarts();
    expect(starts.note('a', null, 0)).toBeNull();
    expect(starts.note('a', 4, 0)).toBe(0);
    expect(starts.note('a', 6, minute)).toBe(2);
    expect(starts.note('a', 7, 2 * minute)).toBe(3);
    expect(starts.note('a', 7, 11.5 * minute)).toBe(1);
    expect(starts.note('a', 7, 12.5 * minute)).toBe(0);
    expect(starts.note('a', 0, 13 * minute)).toBe(0);
    expect(starts.note('a', 2, 14 * minute)).toBe(2);
    starts.keepOnly(new Set());
    expect(starts.note('a', 2, 15 * minute)).toBe(0);
  });
});

describe('questions in the background', () => {
  test('asked together, once, and again after ten minutes', async () => {
    const { clock, pass, setWall } = clockAt();
    const asked: (readonly string[])[] = [];
    const answers = createAskedAnswers<string>({
      clock,
      mostAtOnce: 2,
      onTrouble: () => undefined,
      ask: async (keys) => {
        asked.push(keys);
        return new Map(keys.filter((key) => key !== 'c').map((key) => [key, `${key}!`]));
      },
    });
    expect([answers.get('a'), answers.get('b'), answers.get('c'), answers.get('a')]).toEqual([null, null, null, null]);
    await answers.settled();
    expect(asked).toEqual([['a', 'b'], ['c']]);
    expect([answers.get('a'), answers.get('b'), answers.get('c')]).toEqual(['a!', 'b!', null]);
    await answers.settled();
    expect(asked).toHaveLength(2);
    pass(11 * minute);
    expect(answers.get('a')).toBe('a!');
    await answers.settled();
    expect(asked.at(-1)).toEqual(['a']);
    setWall(-540 * minute);
    pass(11 * minute);
    answers.get('c');
    await answers.settled();
    expect(asked.at(-1)).toEqual(['c']);
  });

  test('what cannot be asked is told, and not asked again at once', async () => {
    const { clock } = clockAt();
    const troubles: unknown[] = [];
    let count = 0;
    const answers = createAskedAnswers<string>({
      clock,
      mostAtOnce: 10,
      onTrouble: (error) => troubles.push(error),
      ask: async () => {
        count += 1;
        throw new Error('nobody there');
      },
    });
    answers.get('a');
    await answers.settled();
    expect(answers.get('a')).toBeNull();
    await answers.settled();
    expect([count, troubles.length]).toEqual([1, 1]);
  });
});

describe('units', () => {
  const policies = { get: (key: string) => (key === 'system/nginx.service' ? 'always' : null), settled: async () => undefined };
  const of = (list: readonly Partial<Service>[], ownUid = 1000, method: ServicesSnapshot['method'] = 'systemd') => {
    const snapshot = services(list, method);
    return createUnitContexts({ clock: clockAt().clock, latest: () => snapshot, restartPolicies: policies, ownUid });
  };

  test('with what the list knows, its policy and what triggers it; the same object as long as it says the same', () => {
    let snapshot = services([
      { unit: 'nginx.service', description: 'web server', mainPid: 10 },
      { unit: 'nginx.socket', kind: 'socket', socket: { unit: 'nginx.service', listens: [], acceptedCount: null, openCount: null } },
    ]);
    const units = createUnitContexts({ clock: clockAt().clock, latest: () => snapshot, restartPolicies: policies, ownUid: 1000 });
    const first = units.unitOf(processFacts({ unit: 'nginx.service', uid: 0 }));
    expect(first).toEqual({
      unit: 'nginx.service',
      scope: 'system',
      description: 'web server',
      restartPolicy: 'always',
      mainPid: 10,
      triggers: ['nginx.socket'],
      recentStartCount: 0,
    });
    snapshot = services([...snapshot.services]);
    expect(units.unitOf(processFacts({ unit: 'nginx.service', uid: 33 }))).toBe(first);
    snapshot = services([{ unit: 'nginx.service', description: 'web server', mainPid: 11 }]);
    expect(units.unitOf(processFacts({ unit: 'nginx.service', uid: 0 }))).not.toBe(first);
  });

  test('a name that two managers know: the user of the login, the system for its accounts, nobody for other logins', () => {
    const units = of([
      { unit: 'dbus.service', scope: 'system', mainPid: 10 },
      { unit: 'dbus.service', scope: 'user', mainPid: 20 },
    ]);
    const scopeOf = (pid: number, uid: number) => units.unitOf(processFacts({ pid, uid, unit: 'dbus.service' }))?.scope ?? null;
    expect([scopeOf(500, 1000), scopeOf(501, 101), scopeOf(502, 1001), scopeOf(10, 1001), scopeOf(20, 0)]).toEqual([
      'user',
      'system',
      null,
      'system',
      'user',
    ]);
  });

  test('none for containers, for units that are not listed, and without a control group under systemd', () => {
    const units = of([{ unit: 'nginx.service', mainPid: 10 }]);
    expect(units.unitOf(processFacts({ unit: 'nginx.service', container: 'c' }))).toBeNull();
    expect(units.unitOf(processFacts({ unit: 'session-3.scope' }))).toBeNull();
    expect(units.unitOf(processFacts({ pid: 10, unit: null }))).toBeNull();
  });

  test('outside Linux by the main process', () => {
    const units = of([{ unit: 'com.example.shop', mainPid: 10 }], 501, 'launchd');
    expect(units.unitOf(processFacts({ pid: 10, unit: null }))?.unit).toBe('com.example.shop');
  });
});

describe('containers', () => {
  const settings = { get: () => ({ restartPolicy: 'always', privileged: true }), settled: async () => undefined };
  const id = 'a'.repeat(64);
  const container = {
    ...containerFacts({
      id,
      name: 'shop-db',
      image: 'postgres:16',
      pid: 400,
      ports: [
        { containerPort: 5432, protocol: 'tcp', hostPort: 5432, hostAddress: '0.0.0.0' },
        { containerPort: 9187, protocol: 'tcp', hostPort: 9187, hostAddress: '127.0.0.1' },
        { containerPort: 80, protocol: 'tcp', hostPort: null, hostAddress: null },
      ],
    }),
  } as Container;

  test('with its policy, its main process and the ports others reach', () => {
    const contexts = createContainerContexts({
      clock: clockAt().clock,
      latestContainers: () => [container],
      latestPods: () => null,
      settings,
    });
    expect(contexts.containerOf(processFacts({ container: id }))).toEqual({
      id,
      name: 'shop-db',
      image: 'postgres:16',
      restartPolicy: 'always',
      mainPid: 400,
      pod: null,
      recentStartCount: 0,
      memoryLimitBytes: 1000,
      publishedPorts: [5432],
      privileged: true,
    });
    expect(contexts.containerOf(processFacts({ container: 'b'.repeat(64) }))).toBeNull();
  });

  test('a shim belongs to the container it keeps', () => {
    const contexts = createContainerContexts({
      clock: clockAt().clock,
      latestContainers: () => [container],
      latestPods: () => null,
      settings,
    });
    const shim = processFacts({ exe: '/usr/bin/containerd-shim-runc-v2', command: `containerd-shim-runc-v2 -namespace moby -id ${id}` });
    expect(contexts.containerOf(shim)?.name).toBe('shop-db');
    expect(contexts.containerOf({ ...shim, exe: '/tmp/x' })).toBeNull();
  });

  test('the same object while nothing of it changes, though the list is new each time', () => {
    let list = [container];
    const contexts = createContainerContexts({ clock: clockAt().clock, latestContainers: () => list, latestPods: () => null, settings });
    const first = contexts.containerOf(processFacts({ container: id }));
    list = [{ ...container, cpuCores: 3 }];
    expect(contexts.containerOf(processFacts({ container: id }))).toBe(first);
    list = [{ ...container, name: 'other' }];
    expect(contexts.containerOf(processFacts({ container: id }))).not.toBe(first);
  });
});
