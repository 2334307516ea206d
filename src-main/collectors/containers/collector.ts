import { type Outcome, ok, type Unavailable, type UnavailableReason } from '../../../src-shared/reading';
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
import { EngineHistories } from './engine-histories';
import { EngineSession, type EngineSessionDeps } from './engine-session';

export interface ContainersCollectorDeps {
  readonly engine: EngineConnector;
  readonly clock: Clock;
  readonly roots: Roots;
  readonly platform: NodeJS.Platform;
  /** 'engine' asks the stats interface even where the control groups could be read (tests, comparison). */
  readonly figuresFrom?: 'cgroup-files' | 'engine';
  /** 0 makes everything that happened before attaching the past (tests); usually some seconds are asked for again. */
  readonly eventOverlapMs?: number;
}

export interface ContainersCollector extends Collector<'containers'> {
  readonly containerFeed: ContainerFeed;
  readonly containerAccess: ContainerAccess;
  close(): Promise<void>;
}

/** The most telling of several reasons: a socket that refuses says more than one that is not there. */
const weight: Readonly<Record<UnavailableReason, number>> = {
  'permission-denied': 5,
  starting: 4,
  'not-running': 3,
  unreachable: 3,
  'needs-consent': 2,
  'unsupported-platform': 2,
  'not-installed': 1,
  'not-configured': 1,
  disabled: 0,
};

/**
 * Containers of every Docker and Podman engine that can be found. Each place is a session of its own that attaches, is lost
 * and attaches again, at readings only; between them nothing but event streams is open, so idle engines cost nothing.
 */
export function createContainersCollector(deps: ContainersCollectorDeps): ContainersCollector {
  const listeners = new Set<(running: readonly FollowedContainer[]) => void>();
  /** By address, the most wanted first. */
  let sessions: ReadonlyMap<string, EngineSession> = new Map();
  const wakes = new Set<() => void>();
  const watchers = new Map<string, EngineSession>();
  let closed = false;

  const sessionDeps: EngineSessionDeps = {
    connector: deps.engine,
    clock: deps.clock,
    roots: deps.roots,
    eventOverlapMs: deps.eventOverlapMs,
    histories: new EngineHistories(),
    readsFiles: deps.platform === 'linux' && deps.figuresFrom !== 'engine',
    claim(uniqueId, session) {
      const watcher = watchers.get(uniqueId);
      if (watcher !== undefined && watcher !== session && watcher.isBusy) {
        const order = [...sessions.values()];
        if (order.indexOf(watcher) < order.indexOf(session)) return false;
        watcher.giveWay(uniqueId);
      }
      watchers.set(uniqueId, session);
      return true;
    },
    isWatched: (uniqueId) => watchers.get(uniqueId)?.isBusy ?? false,
    onFollowed() {
      const all = followed();
      for (const listener of listeners) listener(all);
      for (const wake of wakes) wake();
    },
  };

  function followed(): readonly FollowedContainer[] {
    return [...sessions.values()].flatMap((session) => session.followed);
  }

  /** Places that went away are let go, except one whose engine was watched: that it is gone is news. */
  function findSessions(): void {
    const { endpoints, isExclusive } = deps.engine.find();
    const before = sessions;
    const next = new Map<string, EngineSession>();
    for (const found of endpoints) {
      const { text, origin } = found.kind === 'usable' ? found.endpoint : found;
      const known = before.get(text);
      next.set(text, known?.origin === origin ? known : new EngineSession(found, sessionDeps));
    }
    const gone: EngineSession[] = [];
    for (const [id, session] of before) {
      if (next.get(id) === session) continue;
      if (!next.has(id) && session.wasOk && !session.isNamed && !isExclusive) next.set(id, session);
      else gone.push(session);
    }
    sessions = next;
    for (const session of gone) session.close();
  }

  /** Waits only while there is nothing to show: engines of this machine first, which answer at once or never. */
  async function attachAll(signal: AbortSignal): Promise<void> {
    const all = [...sessions.values()];
    const hadOne = all.some((session) => session.isAttached);
    const attempts = all.map((session) => ({ session, attempt: session.tryAttach() }));
    if (hadOne) return;
    const settled = (isLocal: boolean) =>
      untilAborted(Promise.all(attempts.filter(({ session }) => session.isLocal === isLocal).map(({ attempt }) => attempt)), signal);
    await settled(true);
    if (!all.some((session) => session.isAttached)) await settled(false);
  }

  function clientOf(id: string): ContainerEngineClient | null {
    return [...sessions.values()].find((session) => session.hasContainer(id))?.client ?? null;
  }

  async function collect(signal: AbortSignal): Promise<Outcome<ContainersFacts>> {
    if (closed) return deps.engine.judgeNone();
    findSessions();
    await attachAll(signal);
    const all = [...sessions.values()];
    const readings = (await Promise.all(all.map((session) => session.read(signal)))).filter((reading) => reading !== null);
    if (readings.length === 0) return worstOutage(all) ?? deps.engine.judgeNone();
    const containers = readings.flatMap((reading) => reading.containers).sort(compareByName);
    const engines = all.flatMap((session) => session.state() ?? []);
    return ok({ engines, containers }, [...new Set(readings.flatMap((reading) => reading.warnings))]);
  }

  return {
    id: 'containers',
    everyMs: 1_000,
    timeoutMs: 10_000,
    collect,
    onUrgent(wake) {
      wakes.add(wake);
      return () => wakes.delete(wake);
    },
    close: async () => {
      closed = true;
      for (const session of sessions.values()) session.close();
      listeners.clear();
      wakes.clear();
    },
    containerAccess: {
      find(id) {
        for (const session of sessions.values()) {
          const found = session.access(id);
          if (found !== null) return found;
        }
        return null;
      },
    },
    containerFeed: {
      subscribe(listener) {
        listeners.add(listener);
        listener(followed());
        return () => listeners.delete(listener);
      },
      openLogs(id, from, signal) {
        const client = clientOf(id);
        if (client !== null) return client.logs(id, from, signal);
        return Promise.reject(new ContainerEngineError('No attached engine has this container', null, null));
      },
      async logFile(id, signal) {
        return (await clientOf(id)?.logFile(id, signal)) ?? null;
      },
      async logBound(id, signal) {
        return (await clientOf(id)?.logBound(id, signal)) ?? null;
      },
      async keptLogs(id, from, signal) {
        return (await clientOf(id)?.keptLogs(id, from, signal)) ?? null;
      },
    },
  };
}

function worstOutage(sessions: readonly EngineSession[]): Unavailable | null {
  const outages = sessions.flatMap((session) => (session.state() === null ? [] : (session.outage ?? [])));
  return outages.reduce<Unavailable | null>(
    (worst, outage) => (worst === null || weight[outage.reason] > weight[worst.reason] ? outage : worst),
    null,
  );
}

function compareByName(left: ContainerFacts, right: ContainerFacts): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
}

/** Settles at the latest when `signal` aborts. `promise` must not reject. */
function untilAborted(promise: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = () => resolve(null);
    signal.addEventListener('abort', stop, { once: true });
    void promise.then(resolve).finally(() => signal.removeEventListener('abort', stop));
  });
}
