import { type Outcome, ok, type Unavailable } from '../../../src-shared/reading';
import type { ContainerFacts, ContainersFacts } from '../../../src-shared/snapshots/containers';
import type { Clock } from '../../platform/clock';
import {
  type ContainerAccess,
  type ContainerEngineClient,
  ContainerEngineError,
  type ContainerFeed,
  type FollowedContainer,
} from '../../platform/container-engine';
import type { EngineConnector } from '../../platform/container-engine-connect';
import type { Roots } from '../../platform/roots';
import type { Collector } from '../collector';
import { ContainerDepth } from './depth';
import { type ContainerFigures, deriveFacts, isAlive, noFigures } from './derive';
import { CgroupReader } from './read-cgroup';
import { maxStreamCount, StatsStreams } from './read-stats';
import { ContainerWatch } from './watch';

export interface ContainersCollectorDeps {
  readonly engine: EngineConnector;
  readonly clock: Clock;
  readonly roots: Roots;
  readonly platform: NodeJS.Platform;
  /** 'engine' asks the stats interface even where the control groups could be read (tests, comparison). */
  readonly figuresFrom?: 'cgroup-files' | 'engine';
}

export interface ContainersCollector extends Collector<'containers'> {
  readonly containerFeed: ContainerFeed;
  readonly containerAccess: ContainerAccess;
  close(): Promise<void>;
}

/** One connection and all that hangs on it. */
interface Session {
  /** The address that flags or settings named when it was opened. */
  readonly explicitAddress: string | null;
  readonly client: ContainerEngineClient;
  readonly watch: ContainerWatch;
  readonly depth: ContainerDepth;
  readonly streams: StatsStreams;
  readonly readers: Map<string, { readonly pid: number; readonly reader: CgroupReader | null }>;
}

/**
 * Containers of a Docker or Podman engine. Attaches at the first reading and again, at each reading, after the engine went
 * away; between readings only the event stream is open, so an idle engine costs nothing.
 */
export function createContainersCollector(deps: ContainersCollectorDeps): ContainersCollector {
  const listeners = new Set<(running: readonly FollowedContainer[]) => void>();
  let followed: readonly FollowedContainer[] = [];
  let session: Session | null = null;
  let closed = false;

  function announce(next: readonly FollowedContainer[]): void {
    followed = next;
    for (const listener of listeners) listener(next);
  }

  function detach(): void {
    if (session === null) return;
    const { client, watch, depth, streams, readers } = session;
    session = null;
    watch.close();
    depth.close();
    streams.close();
    for (const { reader } of readers.values()) reader?.close();
    client.close();
    announce([]);
  }

  async function attach(signal: AbortSignal): Promise<Session | Unavailable> {
    const explicitAddress = deps.engine.explicitAddress();
    const connection = await deps.engine.connect(signal);
    if (connection.kind !== 'connected') return connection;
    const { client } = connection;
    const watch = new ContainerWatch(client, deps.clock, announce);
    const depth = new ContainerDepth(client, deps.clock);
    const opened: Session = { explicitAddress, client, watch, depth, streams: new StatsStreams(client), readers: new Map() };
    session = opened;
    if (closed) detach();
    else await watch.start(signal);
    return opened;
  }

  async function collect(signal: AbortSignal): Promise<Outcome<ContainersFacts>> {
    try {
      if (session !== null && session.explicitAddress !== deps.engine.explicitAddress()) detach();
      const current = session ?? (await attach(signal));
      if ('reason' in current) return current;
      return await readContainers(current, deps, signal);
    } catch (error) {
      detach();
      if (error instanceof ContainerEngineError && error.outage !== null) return error.outage;
      throw error;
    }
  }

  return {
    id: 'containers',
    everyMs: 1_000,
    timeoutMs: 10_000,
    collect,
    close: async () => {
      closed = true;
      detach();
      listeners.clear();
    },
    containerAccess: {
      find(id) {
        if (session === null) return null;
        const { client, watch } = session;
        const container = watch.find(id);
        return container === null ? null : { container, client, events: () => watch.eventsOf(id), noteAsked: () => watch.noteAsked(id) };
      },
    },
    containerFeed: {
      subscribe(listener) {
        listeners.add(listener);
        listener(followed);
        return () => listeners.delete(listener);
      },
      openLogs(id, from, signal) {
        if (session !== null) return session.client.logs(id, from, signal);
        return Promise.reject(new ContainerEngineError('No engine is attached', null, null));
      },
    },
  };
}

async function readContainers(session: Session, deps: ContainersCollectorDeps, signal: AbortSignal): Promise<Outcome<ContainersFacts>> {
  const { client, watch, depth, streams } = session;
  const present = await watch.read(signal);
  depth.update(present.map(({ container }) => container));
  const figures = readFigures(session, deps, present);
  const containers = present.map(({ container, stopRequested, recentCrashes }): ContainerFacts => {
    const runsHere = (session.readers.get(container.id)?.reader ?? null) !== null;
    const ownFigures = figures.get(container.id) ?? noFigures;
    return deriveFacts({
      container,
      engineId: client.identity.endpoint,
      figures: ownFigures,
      machine: client.machine,
      stopRequested,
      recentCrashes,
      runsHere,
      memoryGrowthBytesPerSecond: depth.memoryGrowth(container, ownFigures.memoryUsedBytes),
      newerThings: depth.newerThings(container),
    });
  });
  containers.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
  const { endpoint, origin } = client.identity;
  const engine = {
    id: endpoint,
    endpoint,
    origin,
    state: 'ok',
    detail: null,
    hint: null,
    identity: client.identity,
    coreCount: client.machine.coreCount,
    diskUse: null,
  } as const;
  return ok({ engines: [engine], containers }, warningsOf(watch, streams));
}

function readFigures(
  session: Session,
  deps: ContainersCollectorDeps,
  present: Awaited<ReturnType<ContainerWatch['read']>>,
): ReadonlyMap<string, ContainerFigures> {
  const { client, streams, readers } = session;
  const filesMayHelp = client.isLocalSocket && deps.platform === 'linux' && deps.figuresFrom !== 'engine';
  const figures = new Map<string, ContainerFigures>();
  const byStream = new Set<string>();
  const alive = new Set<string>();
  for (const { container } of present) {
    const { id, pid, networkMode } = container;
    if (!isAlive(container) || pid === null) continue;
    alive.add(id);
    let known = readers.get(id);
    if (known !== undefined && known.pid !== pid) {
      known.reader?.close();
      known = undefined;
    }
    if (known === undefined) {
      known = { pid, reader: filesMayHelp ? CgroupReader.open({ id, pid, networkMode }, deps.roots, deps.clock) : null };
      readers.set(id, known);
    }
    if (known.reader === null) byStream.add(id);
    else figures.set(id, known.reader.read() ?? noFigures);
  }
  for (const [id, { reader }] of readers) {
    if (alive.has(id)) continue;
    reader?.close();
    readers.delete(id);
  }
  streams.follow(byStream);
  for (const id of byStream) figures.set(id, streams.latest(id) ?? noFigures);
  return figures;
}

function warningsOf(watch: ContainerWatch, streams: StatsStreams): string[] {
  const warnings: string[] = [];
  const malformed = watch.malformedCount + streams.malformedCount;
  if (malformed > 0) warnings.push(`${malformed} messages of the engine could not be read.`);
  if (streams.refusedCount > 0) {
    warnings.push(`${streams.refusedCount} containers are without figures: the engine is asked for ${maxStreamCount} at a time at most.`);
  }
  return warnings;
}
