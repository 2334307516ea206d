import { judgeContainers } from '../../src-main/rules/judge-containers';
import type { Judgement } from '../../src-main/rules/judgement';
import { defaultSettings } from '../../src-shared/settings';
import type { Container } from '../../src-shared/snapshots';
import { dataOf, never, openContainers } from './container-parts';
import { waitFor } from './wait-for';

/** The real collector and rules over one engine, looked at when a test asks. */
export function watchContainers(endpoint: string, onJudged: (judgement: Judgement<'containers'>, nowMs: number) => void = () => undefined) {
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

/** Names that no other test uses at the same engine. */
export function uniqueNames(what: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `logscope-${what}-${process.pid}-${count}`;
  };
}
