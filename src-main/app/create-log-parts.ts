import type { NewSince } from '../../src-shared/contract';
import type { LogOrigin } from '../../src-shared/logs/log-record';
import type { PathMount } from '../../src-shared/logs/stack-frames';
import type { Container, ServicesSnapshot } from '../../src-shared/snapshots';
import type { LogPort } from '../api/log-handlers';
import { RefusedRequest } from '../api/refused-request';
import { type KeeperQuestion, type KeeperQuestions, KeeperRefusal, type LogKeeper } from '../logs/keeper/log-keeper';
import type { ContainerAccess } from '../platform/container-engine';
import { createLoginPath } from '../platform/login-path';
import { isExecutableFile, startDetached } from '../platform/terminal';
import { createOpenFrame } from './open-in-editor';

export interface LogPartsDeps {
  readonly keeper: LogKeeper;
  readonly access: ContainerAccess;
  /** Of the latest readings; empty and null while there are none. */
  readonly containers: () => readonly Container[];
  readonly services: () => ServicesSnapshot | null;
}

/** What begins within this time after its source started began with it. */
const soonAfterMs = 10 * 60_000;
const containerPrefix = 'container/';
const patienceMs = 5_000;

/** Kept lines as doors may ask for them, and what happened before a pattern began. */
export function createLogParts({ keeper, access, containers, services }: LogPartsDeps): LogPort {
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

  /** The latest start of one of the sources, shortly before. */
  function startBefore(origins: readonly LogOrigin[], atMs: number): NewSince | null {
    for (const { key, sourceKind, name } of origins) {
      const start = startOf(key, sourceKind, name);
      if (start === null || start.atMs > atMs || atMs - start.atMs > soonAfterMs) continue;
      return { ...start, name };
    }
    return null;
  }

  function startOf(key: string, sourceKind: LogOrigin['sourceKind'], name: string): Omit<NewSince, 'name'> | null {
    if (sourceKind === 'container') {
      const container = containers().find(({ id }) => key === `container/${id}`);
      if (container?.startedAtMs == null) return null;
      // Made and started in one go: another image or other settings than before.
      const isFresh = container.startedAtMs - container.createdAtMs < 60_000;
      return { kind: isFresh ? 'deploy' : 'restart', atMs: container.startedAtMs };
    }
    const service = sourceKind === 'journal' ? services()?.services.find(({ unit }) => unit === name) : undefined;
    return service?.stateSinceMs == null || service.activeState !== 'active' ? null : { kind: 'restart', atMs: service.stateSinceMs };
  }

  /** Null: the source is no container. One that is gone, or does not answer, has no mounts. */
  async function mountsOf(origin: string): Promise<readonly PathMount[] | null> {
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
      const patterns = list.patterns.map((pattern) => ({ ...pattern, newSince: startBefore(pattern.origins, pattern.firstSeenAtMs) }));
      return { ...list, patterns };
    },
    markPattern: (input) => ask('mark-pattern', input),
    storage: () => ask('storage', null),
  };
}
