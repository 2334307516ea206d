import { dirname } from 'node:path';
import type { LogPatternSummary, NewSince } from '../../src-shared/contract';
import type { LogOrigin } from '../../src-shared/logs/log-record';
import type { PathMount } from '../../src-shared/logs/stack-frames';
import type { Container, Pod, ServicesSnapshot } from '../../src-shared/snapshots';
import type { LogPort } from '../api/log-handlers';
import { RefusedRequest } from '../api/refused-request';
import { type KeeperQuestion, type KeeperQuestions, KeeperRefusal, type LogKeeper } from '../logs/keeper/log-keeper';
import type { ContainerAccess } from '../platform/container-engine';
import { readLastCheckout } from '../platform/git-checkout';
import { createLoginPath } from '../platform/login-path';
import { isExecutableFile, startDetached } from '../platform/terminal';
import { readWrappedRuns } from '../platform/wrapped-runs';
import { createOpenFrame } from './open-in-editor';

export interface LogPartsDeps {
  readonly keeper: LogKeeper;
  readonly access: ContainerAccess;
  /** Of the latest readings; empty and null while there are none. */
  readonly containers: () => readonly Container[];
  readonly services: () => ServicesSnapshot | null;
  readonly pods: () => readonly Pod[];
  /** Where wrapped commands are kept. */
  readonly runsDirectory: string;
}

/** What begins within this time after its source started began with it. */
const soonAfterMs = 10 * 60_000;
const containerPrefix = 'container/';
const podPrefix = 'pod/';
const patienceMs = 5_000;

/** Kept lines as doors may ask for them, and what happened before a pattern began. */
export function createLogParts({ keeper, access, containers, services, pods, runsDirectory }: LogPartsDeps): LogPort {
  async function ask<Name extends KeeperQuestion>(
    name: Name,
    input: KeeperQuestions[Name]['input'],
  ): Promise<KeeperQuestions[Name]['answer']> {
    try {
      return await keeper.ask(name, input);
    } catch (error) {
      if (error instanceof KeeperRefusal) throw new RefusedRequest(error.code, error.message);
      throw error;
    }
  }

  /** What happened to one of the sources shortly before: the latest of it. */
  function changeBefore(origins: readonly LogOrigin[], atMs: number, checkoutOf: (origin: LogOrigin) => NewSince | null): NewSince | null {
    let latest: NewSince | null = null;
    for (const origin of origins) {
      const start = startOf(origin.key, origin.sourceKind, origin.name);
      for (const one of [start === null ? null : { ...start, name: origin.name }, checkoutOf(origin)]) {
        if (one === null || one.atMs > atMs || atMs - one.atMs > soonAfterMs) continue;
        if (latest === null || one.atMs > latest.atMs) latest = one;
      }
    }
    return latest;
  }

  /** Of the project that a log file lies in, or that a wrapped command was started in; each source is looked up once. */
  function createCheckoutLookup(): (origin: LogOrigin) => NewSince | null {
    const known = new Map<string, NewSince | null>();
    let runs: ReturnType<typeof readWrappedRuns> | null = null;
    function folderOf({ key, sourceKind }: LogOrigin): string | null {
      const id = key.slice(sourceKind.length + 1);
      if (sourceKind === 'file') return dirname(id);
      if (sourceKind !== 'run') return null;
      runs ??= readWrappedRuns(runsDirectory);
      return runs.find(({ run }) => run.id === id)?.run.cwd ?? null;
    }
    return (origin) => {
      const found = known.get(origin.key);
      if (found !== undefined) return found;
      const folder = folderOf(origin);
      const checkout = folder === null ? null : readLastCheckout(folder);
      const since: NewSince | null = checkout === null ? null : { kind: 'checkout', ...checkout };
      known.set(origin.key, since);
      return since;
    };
  }

  function startOf(key: string, sourceKind: LogOrigin['sourceKind'], name: string): Omit<NewSince, 'name'> | null {
    if (sourceKind === 'container') {
      const container = containers().find(({ id }) => key === `container/${id}`);
      if (container?.startedAtMs == null) return null;
      // Made and started in one go: another image or other settings than before.
      const isFresh = container.startedAtMs - container.createdAtMs < 60_000;
      return { kind: isFresh ? 'deploy' : 'restart', atMs: container.startedAtMs };
    }
    if (sourceKind === 'pod') return podStartOf(key);
    const service = sourceKind === 'journal' ? services()?.services.find(({ unit }) => unit === name) : undefined;
    return service?.stateSinceMs == null || service.activeState !== 'active' ? null : { kind: 'restart', atMs: service.stateSinceMs };
  }

  function podStartOf(key: string): Omit<NewSince, 'name'> | null {
    const [uid, containerName] = key.slice(podPrefix.length).split('/');
    const container = pods()
      .find((pod) => pod.uid === uid)
      ?.containers.find(({ name }) => name === containerName);
    // A pod is never changed: another image or other settings make another pod.
    return container?.startedAtMs == null
      ? null
      : { kind: container.restartCount === 0 ? 'deploy' : 'restart', atMs: container.startedAtMs };
  }

  /** Null: the source is no container. One that is gone, or does not answer, has no mounts. */
  async function mountsOf(origin: string): Promise<readonly PathMount[] | null> {
    // Paths in a pod are those of its image; what is mounted lies on its node.
    if (origin.startsWith(podPrefix)) return [];
    if (!origin.startsWith(containerPrefix)) return null;
    const id = origin.slice(containerPrefix.length);
    const detail = await access.find(id)?.client.inspectDetail(id, AbortSignal.timeout(patienceMs));
    return (detail?.mounts ?? []).flatMap(({ kind, source, target }) => (kind === 'bind' ? [{ source, target }] : []));
  }

  const { platform } = process;
  return {
    openFrame: createOpenFrame({
      mountsOf,
      search: { platform, environment: process.env, isExecutable: isExecutableFile },
      loginPath: createLoginPath({ platform, environment: process.env }),
      start: (call) => startDetached(call, process.env),
    }),
    search: (input) => ask('search', input),
    newer: (input) => ask('newer', input),
    around: (input) => ask('around', input),
    timeline: (input) => ask('timeline', input),
    async patterns(input) {
      const list = await ask('patterns', input);
      const checkoutOf = createCheckoutLookup();
      const newSinceOf = ({ origins, firstSeenAtMs }: LogPatternSummary) => changeBefore(origins, firstSeenAtMs, checkoutOf);
      const patterns = list.patterns.map((pattern) => ({ ...pattern, newSince: newSinceOf(pattern) }));
      return { ...list, patterns };
    },
    markPattern: (input) => ask('mark-pattern', input),
    storage: () => ask('storage', null),
  };
}
