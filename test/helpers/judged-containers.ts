import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { judgeContainers } from '../../src-main/rules/judge-containers';
import type { Judgement } from '../../src-main/rules/judgement';
import { defaultSettings } from '../../src-shared/settings';
import type { Container } from '../../src-shared/snapshots';
import { dataOf, never, openContainers } from './container-parts';
import { startDockerEngine, type TestDockerEngine } from './docker-engine';
import { waitFor } from './wait-for';

type JudgedListener = (judgement: Judgement<'containers'>, nowMs: number) => void;

export interface WatchedEngine extends ReturnType<typeof watchContainers> {
  readonly engine: TestDockerEngine;
  /** Names that no other test uses at the same engine. */
  readonly uniqueName: () => string;
  /** Told of each look from now on. */
  onJudged(listener: JudgedListener): void;
}

/**
 * Tests on the shared real engine, with the real collector and rules over it: looked at once before, containers removed
 * after each. Says aloud why they are skipped where there is no engine. `what`: part of the containers' names.
 */
export async function describeWatched(title: string, what: string, define: (watched: WatchedEngine) => void): Promise<void> {
  const engine = await startDockerEngine('shared');
  if ('unavailable' in engine) {
    console.warn(`SKIPPED: ${title}: ${engine.unavailable}`);
    describe.skip(title);
    return;
  }
  describe(title, () => {
    let listener: JudgedListener = () => undefined;
    const watched = watchContainers(engine.endpoint, (judgement, nowMs) => listener(judgement, nowMs));
    beforeAll(async () => {
      await watched.look();
    });
    afterEach(() => engine.removeContainers());
    afterAll(async () => {
      await watched.collector.close();
      await engine.stop();
    });
    define({
      ...watched,
      engine,
      uniqueName: uniqueNames(what),
      onJudged(next) {
        listener = next;
      },
    });
  });
}

/** The real collector and rules over one engine, looked at when a test asks. */
function watchContainers(endpoint: string, onJudged: JudgedListener) {
  const collector = openContainers(endpoint);
  let latest: readonly Container[] = [];

  async function look(): Promise<readonly Container[]> {
    const nowMs = Date.now();
    const judgement = judgeContainers(await dataOf(collector.collect(never)), { nowMs, thresholds: defaultSettings.thresholds });
    latest = judgement.snapshot.containers;
    onJudged(judgement, nowMs);
    return latest;
  }

  return {
    collector,
    look,
    /** Of the last look. */
    latest: () => latest,
    find: (id: string) => latest.find((container) => container.id === id) ?? null,
    /** By name or id; looks again until the condition holds. */
    waitForContainer: (nameOrId: string, what: string, condition: (container: Container) => boolean, timeoutMs = 20_000) =>
      waitFor(
        async () => {
          const container = (await look()).find(({ name, id }) => name === nameOrId || id === nameOrId);
          return container !== undefined && condition(container) ? container : null;
        },
        { timeoutMs, what: `${nameOrId} ${what}`, everyMs: 100 },
      ),
  };
}

function uniqueNames(what: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `logscope-${what}-${process.pid}-${count}`;
  };
}
