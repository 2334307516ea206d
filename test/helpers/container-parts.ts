import type { ContainersCollector } from '../../src-main/collectors/containers/collector';
import { createContainersCollector } from '../../src-main/collectors/containers/collector';
import { createLogsCollector } from '../../src-main/logs/collector';
import type { LogKeeper } from '../../src-main/logs/keeper/log-keeper';
import type { JournalCommand } from '../../src-main/logs/tails/journal';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import type { ContainerFeed } from '../../src-main/platform/container-engine';
import { createEngineConnector } from '../../src-main/platform/container-engine-connect';
import { systemRoots } from '../../src-main/platform/roots';
import { systemSpawnLines } from '../../src-main/platform/spawn-lines';
import type { Outcome } from '../../src-shared/reading';
import type { ContainersFacts } from '../../src-shared/snapshots/containers';
import type { LogsFacts } from '../../src-shared/snapshots/logs';
import { keptErrors, openKeeper } from './log-keeper-parts';

type LogsCollector = ReturnType<typeof createLogsCollector>;

/** The real containers collector against one socket, as the app builds it. */
export function openContainers(
  endpoint: string,
  figuresFrom: 'cgroup-files' | 'engine' = 'cgroup-files',
  options: { readonly eventOverlapMs?: number } = {},
): ContainersCollector {
  const engine = createEngineConnector(() => ({
    explicit: { address: endpoint, origin: 'settings' },
    environment: { PATH: process.env.PATH },
    homeDirectory: '/nonexistent',
    platform: process.platform,
    runDirectory: '/nonexistent',
  }));
  return createContainersCollector({ engine, clock: systemClock, roots: systemRoots, platform: process.platform, figuresFrom, ...options });
}

/** The real logs collector with this keeper, without pods; without a journal unless one is given. */
export function collectLogs(keeper: LogKeeper, containerFeed: ContainerFeed, journal: JournalCommand | null = null): LogsCollector {
  return createLogsCollector({
    containerFeed,
    spawnLines: systemSpawnLines,
    clock: systemClock,
    timers: systemTimers,
    keywords: () => [],
    journal,
    pods: null,
    keeper,
  });
}

/** The same with a keeper in this thread. */
export function openLogs(
  containers: ContainersCollector,
  options: { readonly keywords?: readonly string[]; readonly journal?: JournalCommand } = {},
) {
  const keeper = openKeeper({ settings: { keywords: [...(options.keywords ?? [])] } });
  const collector = collectLogs(keeper, containers.containerFeed, options.journal ?? null);
  return { ...collector, keeper, errors: () => keptErrors(keeper) };
}

export async function dataOf<T extends ContainersFacts | LogsFacts>(outcome: Promise<Outcome<T>>): Promise<T> {
  const settled = await outcome;
  if (settled.kind !== 'ok') throw new Error(`${settled.reason}: ${settled.detail}`);
  return settled.data;
}

export const never = new AbortController().signal;
