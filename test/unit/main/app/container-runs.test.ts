import { describe, expect, it } from 'vitest';
import { createContainerRuns, identityOf, runOf } from '../../../../src-main/app/container-runs';
import { type ContainerAccess, ContainerEngineError } from '../../../../src-main/platform/container-engine';
import type { EngineContainerDetail } from '../../../../src-main/platform/container-engine-detail';
import { createMemoryStore } from '../../../../src-main/store/memory-store';
import type { Container } from '../../../../src-shared/snapshots/containers';
import { createFakeTime } from '../../../helpers/fake-time';
import { containerFacts } from '../rules/sample-facts';

const detail = {
  id: 'c1',
  image: 'api:1',
  imageId: 'sha256:1',
  entrypoint: [],
  command: [],
  mounts: [],
  networkMode: 'none',
  networks: [],
  environment: [{ name: 'A', value: '1' }],
  orderedPorts: [],
  limits: {},
  user: null,
} as unknown as EngineContainerDetail;

function open() {
  const time = createFakeTime();
  const store = createMemoryStore({ detail: null });
  const asked: string[] = [];
  const access = {
    find: (id: string) => ({
      client: {
        inspectDetail: async () => {
          asked.push(id);
          if (id === 'broken') throw new ContainerEngineError('server error', 500, null);
          return detail;
        },
      },
    }),
  } as unknown as ContainerAccess;
  const runs = createContainerRuns({
    access,
    store,
    clock: time,
    hash: (text) => text,
    onUnexpected: (error) => {
      throw error;
    },
  });
  const follow = async (...containers: readonly Container[]) => {
    runs.follow(containers);
    await time.advance(0);
  };
  const startMs = time.nowMs();
  const container = (over: Partial<Container> = {}) =>
    ({ ...containerFacts({ engineId: 'e', composeProject: 'shop', composeService: 'api', startedAtMs: startMs }), ...over }) as Container;
  const remembered = async () =>
    (await store.recallRuns('e compose shop/api')).map(({ startedAtMs, lastedMs, outcome }) => [startedAtMs - startMs, lastedMs, outcome]);
  return { time, asked, follow, container, remembered, runs, startMs };
}

describe('remembering runs', () => {
  it('remembers a run after a minute, asks the engine once, and writes its length down now and then', async () => {
    const { time, asked, follow, container, remembered } = open();
    await time.advance(59_000);
    await follow(container());
    expect(await remembered()).toEqual([]);
    await time.advance(1_000);
    await follow(container());
    await follow(container());
    expect(await remembered()).toEqual([[0, 60_000, 'good']]);
    await time.advance(600_000);
    await follow(container());
    expect(await remembered()).toEqual([[0, 660_000, 'good']]);
    expect(asked).toEqual(['c1']);
  });
  it('marks it as crashed when it ends unasked, as good when it was stopped', async () => {
    for (const [stopRequested, outcome] of [
      [false, 'crashed'],
      [true, 'good'],
    ] as const) {
      const { time, follow, container, remembered, startMs } = open();
      await time.advance(90_000);
      await follow(container());
      await follow(container({ state: 'exited', exitCode: 1, stopRequested, finishedAtMs: startMs + 95_000 }));
      expect(await remembered()).toEqual([[0, 95_000, outcome]]);
    }
  });
  it('learns of the end of a run from the next one when its restart was too quick to be seen', async () => {
    const { time, follow, container, remembered, startMs } = open();
    await time.advance(90_000);
    await follow(container());
    const finishedAtMs = startMs + 100_000;
    await time.advance(20_000);
    const recentCrashes = [{ atMs: finishedAtMs + 10, exitCode: 1, oomKilled: false }];
    await follow(container({ startedAtMs: startMs + 101_000, finishedAtMs, recentCrashes }));
    expect(await remembered()).toEqual([[0, 100_000, 'crashed']]);
  });
  it('does not remember what is unhealthy or ends at once', async () => {
    const { time, follow, container, remembered, startMs } = open();
    await time.advance(90_000);
    await follow(container({ health: 'unhealthy' }));
    await follow(container({ state: 'exited', exitCode: 0, finishedAtMs: startMs + 5_000 }));
    await follow(container({ state: 'created', startedAtMs: null }));
    expect(await remembered()).toEqual([]);
  });
  it('is not held up by one that the engine does not tell about', async () => {
    const { time, asked, follow, container, remembered } = open();
    await time.advance(90_000);
    const broken = container({ id: 'broken' });
    await follow(broken, container());
    await follow(broken, container());
    expect(await remembered()).toHaveLength(1);
    expect(asked).toEqual(['broken', 'c1']);
    await time.advance(61_000);
    await follow(broken, container());
    expect(asked).toEqual(['broken', 'c1', 'broken']);
  });
  it('asks again, and writes lengths down, as often when the clock was set back', async () => {
    const { time, asked, follow, container, remembered } = open();
    await time.advance(10 * 3_600_000);
    const broken = container({ id: 'broken' });
    await follow(broken, container());
    await follow(broken, container());
    time.setWall(-9 * 3_600_000);
    await time.advance(600_000);
    await follow(container(), broken);
    expect(asked).toEqual(['broken', 'c1', 'broken']);
    expect(await remembered()).toEqual([[0, 3_600_000 + 600_000, 'good']]);
  });
  it('is not held up by runs that began later than the clock now shows', async () => {
    const { time, follow, container, remembered, startMs } = open();
    await time.advance(90_000);
    const early = ['a', 'b', 'c', 'd'].map((id) => container({ id, composeService: id }));
    await follow(...early);
    time.setWall(-9 * 3_600_000);
    await time.advance(600_000);
    await follow(...early, container({ startedAtMs: startMs - 10 * 3_600_000 }));
    expect(await remembered()).toHaveLength(1);
  });
  it('tells the changes against the last good run', async () => {
    const { time, follow, container, runs, startMs } = open();
    await time.advance(90_000);
    await follow(container());
    const failed = container({ id: 'c2', startedAtMs: startMs + 200_000 });
    const changes = await runs.changesOf(failed, { ...detail, image: 'api:2', environment: [] });
    expect(changes).toEqual({
      goodRunStartedAtMs: startMs,
      goodRunLastedMs: 90_000,
      changes: [
        { what: 'image', name: '', kind: 'changed', before: 'api:1', after: 'api:2' },
        { what: 'environment', name: 'A', kind: 'removed', before: null, after: null },
      ],
    });
  });
});

describe('identityOf', () => {
  it('is the compose service, the name for everything else', () => {
    const facts = { engineId: 'e', composeProject: 'shop', composeService: 'api', name: 'shop-api-1' };
    expect(identityOf(facts)).toBe('e compose shop/api');
    expect(identityOf({ ...facts, name: 'shop-api-run-1a2b' })).toBe('e name shop-api-run-1a2b');
    expect(identityOf({ ...facts, composeService: null })).toBe('e name shop-api-1');
  });
});

describe('runOf', () => {
  it('takes Ctrl+C and SIGTERM for good ends', () => {
    const { container, startMs } = open();
    const ended = (exitCode: number) => container({ state: 'exited', exitCode, finishedAtMs: startMs + 5 });
    expect([0, 130, 143, 1, 137].map((code) => runOf(ended(code), startMs)?.outcome)).toEqual([
      'good',
      'good',
      'good',
      'crashed',
      'crashed',
    ]);
  });
});
