import type { RunChanges } from '../../src-shared/contract/containers';
import type { RememberedRun, RunTrait } from '../../src-shared/runs';
import type { Container, ContainerFacts } from '../../src-shared/snapshots/containers';
import type { Clock } from '../platform/clock';
import { type ContainerAccess, ContainerEngineError } from '../platform/container-engine';
import type { EngineContainerDetail } from '../platform/container-engine-detail';
import { chooseGoodRun, compareRuns } from '../rules/compare-runs';
import type { RunStore } from '../store/store';
import { deriveTraits, type HashSecret } from './run-traits';

export interface ContainerRunsDeps {
  readonly access: ContainerAccess;
  readonly store: RunStore;
  readonly clock: Clock;
  readonly hash: HashSecret;
  /** A bug while looking at a run: told, and the next reading tries again. */
  readonly onUnexpected: (error: unknown) => void;
  /** A run shorter than this is none that went well. */
  readonly goodAfterMs?: number;
}

export interface ContainerRuns {
  /** Told the containers of each reading; remembers runs on the side, a few at a time. */
  follow(containers: readonly Container[]): void;
  /** Against the last run that went well; null when none is remembered. */
  changesOf(facts: ContainerFacts, detail: EngineContainerDetail): Promise<RunChanges | null>;
}

/** Runs looked at for each reading, one after the other: a hundred containers at the start are done within half a minute. */
const looksPerReading = 4;
/** The engine's "restarting" and a restart by hand are over by then. */
const goodAfterMs = 60_000;
/** How long a run lasts is written down again this often. */
const refreshEveryMs = 600_000;
/** One that the engine does not tell about is asked for again this late, so that it does not hold up the others. */
const askAgainMs = 60_000;

interface Known {
  readonly startedAtMs: number;
  readonly traits: readonly RunTrait[];
  readonly ended: boolean;
  /** By the clock that is never set. */
  readonly storedAtMs: number;
}

/**
 * Remembers how each container was run whenever a run goes well: it lives for a minute, or ended well after that. A run
 * that ends without anybody asking is marked as crashed.
 */
export function createContainerRuns(deps: ContainerRunsDeps): ContainerRuns {
  const { access, store, clock, hash } = deps;
  const shortestMs = deps.goodAfterMs ?? goodAfterMs;
  const known = new Map<string, Known>();
  const untold = new Map<string, number>();
  let looking = false;

  function follow(containers: readonly Container[]): void {
    const ids = new Set(containers.map(({ id }) => id));
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    for (const [id, sinceMs] of untold) if (clock.monotonicMs() - sinceMs >= askAgainMs) untold.delete(id);
    if (looking) return;
    const due = containers.filter((container) => !untold.has(container.id) && isDue(container));
    if (due.length > 0) void look(due.slice(0, looksPerReading));
  }

  function isDue(container: Container): boolean {
    const run = runOf(container, clock.nowMs());
    if (run === null) return false;
    const before = known.get(container.id);
    if (before === undefined) return run.lastedMs >= shortestMs;
    if (before.startedAtMs !== run.startedAtMs) return run.lastedMs >= shortestMs || !before.ended;
    if (before.ended) return false;
    return run.ended || (run.lastedMs >= shortestMs && clock.monotonicMs() - before.storedAtMs >= refreshEveryMs);
  }

  async function look(containers: readonly Container[]): Promise<void> {
    looking = true;
    try {
      for (const container of containers) {
        untold.set(container.id, clock.monotonicMs());
        if (await remember(container)) untold.delete(container.id);
      }
    } catch (error) {
      // The engine went away in between, or cannot tell about this one.
      if (!(error instanceof ContainerEngineError)) deps.onUnexpected(error);
    } finally {
      looking = false;
    }
  }

  /** False: the engine does not tell about it. */
  async function remember(container: Container): Promise<boolean> {
    const run = runOf(container, clock.nowMs());
    if (run === null) return true;
    const common = { identity: identityOf(container), containerId: container.id };
    const before = known.get(container.id);
    if (before !== undefined && !before.ended && before.startedAtMs !== run.startedAtMs) {
      const { startedAtMs, traits } = before;
      store.rememberRun({ ...common, startedAtMs, traits, ...earlierEnd(container, startedAtMs) });
      known.set(container.id, { ...before, ended: true });
    }
    const { startedAtMs, lastedMs, outcome, ended } = run;
    if (lastedMs < shortestMs) return true;
    const traits = before?.startedAtMs === startedAtMs ? before.traits : await readTraits(container.id, common.identity);
    if (traits === null) return false;
    known.set(container.id, { startedAtMs, traits, ended, storedAtMs: clock.monotonicMs() });
    store.rememberRun({ ...common, startedAtMs, lastedMs, outcome, traits });
    return true;
  }

  async function readTraits(id: string, identity: string): Promise<readonly RunTrait[] | null> {
    const detail = await access.find(id)?.client.inspectDetail(id, AbortSignal.timeout(10_000));
    return detail ? deriveTraits(detail, identity, hash) : null;
  }

  async function changesOf(facts: ContainerFacts, detail: EngineContainerDetail): Promise<RunChanges | null> {
    const identity = identityOf(facts);
    const good = chooseGoodRun(await store.recallRuns(identity), { containerId: facts.id, startedAtMs: facts.startedAtMs });
    if (good === null) return null;
    const changes = compareRuns(good.traits, deriveTraits(detail, identity, hash));
    return { goodRunStartedAtMs: good.startedAtMs, goodRunLastedMs: good.lastedMs, changes };
  }

  return { follow, changesOf };
}

/** A service of a compose project keeps its identity when its container is made anew; everything else goes by its name. */
export function identityOf(facts: Pick<ContainerFacts, 'engineId' | 'composeProject' | 'composeService' | 'name'>): string {
  const { engineId, composeProject, composeService, name } = facts;
  // Compose names containers "project-service-1" (v1: with underscores); a one-off "run" container is no run of the service.
  const isService = composeProject !== null && composeService !== null && !/[-_]run[-_]/.test(name);
  return isService ? `${engineId} compose ${composeProject}/${composeService}` : `${engineId} name ${name}`;
}

interface Run {
  readonly startedAtMs: number;
  readonly lastedMs: number;
  readonly ended: boolean;
  readonly outcome: RememberedRun['outcome'];
}

/** The present or last run; null when there was none, or none that can be judged (just restarting, unhealthy). */
export function runOf(container: Container, nowMs: number): Run | null {
  const { state, startedAtMs, finishedAtMs, health } = container;
  if (startedAtMs === null) return null;
  if (state === 'running' || state === 'paused') {
    if (health === 'unhealthy' || health === 'starting') return null;
    return { startedAtMs, lastedMs: nowMs - startedAtMs, ended: false, outcome: 'good' };
  }
  if (state !== 'exited' || finishedAtMs === null || finishedAtMs < startedAtMs) return null;
  const endedWell = container.stopRequested === true || (container.exitCode !== null && politeExitCodes.has(container.exitCode));
  return { startedAtMs, lastedMs: finishedAtMs - startedAtMs, ended: true, outcome: endedWell ? 'good' : 'crashed' };
}

/** Done, Ctrl+C, SIGTERM. */
const politeExitCodes = new Set([0, 130, 143]);
const nearMs = 5_000;

/** How the run before the present one ended: the engine keeps that time, and a crash was seen then or was not. */
function earlierEnd(container: Container, startedAtMs: number): Pick<RememberedRun, 'lastedMs' | 'outcome'> {
  const endedAtMs = Math.max(startedAtMs, container.finishedAtMs ?? container.startedAtMs ?? startedAtMs);
  const crashed = container.recentCrashes.some(({ atMs }) => Math.abs(atMs - endedAtMs) < nearMs);
  return { lastedMs: endedAtMs - startedAtMs, outcome: crashed ? 'crashed' : 'good' };
}
