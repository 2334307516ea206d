import type { LogTarget, NextLines } from '../../../src-shared/contract';
import { sourceDetail } from '../../../src-shared/logs/source-detail';
import { say } from '../../../src-shared/sentence';
import type { ContainerFacts } from '../../../src-shared/snapshots';
import type { Clock } from '../../platform/clock';
import type { ContainerFeed } from '../../platform/container-engine';
import type { PodLogSource, PodLogs } from '../../platform/pod-logs';
import type { SpawnLines } from '../../platform/spawn-lines';
import { ContainerTail } from '../tails/container';
import { type JournalCommand, JournalTail } from '../tails/journal';
import { openPodContainer, type PodContainerListener } from '../tails/pod-container';
import type { TailLine, TailListener } from '../tails/tail';

export interface TargetDeps {
  readonly containerFeed: ContainerFeed;
  readonly podLogs: PodLogs | null;
  readonly spawnLines: SpawnLines;
  readonly clock: Clock;
  /** Null: there is no journal on this platform. */
  readonly journal: JournalCommand | null;
  /** The container of the latest snapshot; null when it is not there. */
  readonly findContainer: (id: string) => Pick<ContainerFacts, 'name' | 'tty' | 'startedAtMs'> | null;
}

export type StreamState = Pick<NextLines, 'state' | 'detail' | 'sentences'>;

/** What is being read for one reader. */
export interface OpenTarget {
  state(): StreamState;
  close(): void;
}

export interface TargetListener {
  /** `origin`: which of several merged sources the line came from. */
  readonly onLine: (line: TailLine, origin: string | null) => void;
  readonly onState: () => void;
}

/** Starts to read a target; null when there is no such thing. */
export function openTarget(target: LogTarget, tail: number, deps: TargetDeps, listener: TargetListener): OpenTarget | null {
  switch (target.kind) {
    case 'container':
      return openContainer(target.id, tail, deps, listener);
    case 'unit':
      return openUnit(target, tail, deps, listener);
    case 'pod': {
      if (deps.podLogs === null) return null;
      const { namespace, name, container, previous } = target;
      const pod = openPodContainer({ namespace, name, container, previous }, tail, deps.podLogs, deps.clock, withOrigin(listener, null));
      return { state: () => stateOf(pod.read()), close: () => pod.close() };
    }
    case 'pods-of':
      return deps.podLogs === null ? null : openPodsOf(target, tail, deps.podLogs, deps.clock, listener);
  }
}

function openContainer(id: string, tail: number, deps: TargetDeps, listener: TargetListener): OpenTarget | null {
  const found = deps.findContainer(id);
  if (found === null) return null;
  const container = { id, name: found.name, tty: found.tty, startedAtMs: found.startedAtMs ?? 0, startedWhileWatching: false };
  const stream = new ContainerTail(container, deps.containerFeed, deps.clock, takeAll(listener), {
    linesOnAttach: tail,
    onState: listener.onState,
  });
  // Told at once: of one that does not run it says that the log ends with what is there.
  const unsubscribe = deps.containerFeed.subscribe((running) => stream.update(running.find((one) => one.id === id) ?? null));
  return {
    state: () => stateOf(stream.read()),
    close() {
      unsubscribe();
      stream.close();
    },
  };
}

function openUnit(target: LogTarget & { kind: 'unit' }, tail: number, deps: TargetDeps, listener: TargetListener): OpenTarget | null {
  if (deps.journal === null) return null;
  const stream = new JournalTail(deps.journal, deps.spawnLines, () => false, takeAll(listener), {
    onState: listener.onState,
    selection: [target.scope === 'user' ? `--user-unit=${target.unit}` : `--unit=${target.unit}`],
    entriesOnAttach: tail,
  });
  return { state: () => stateOf(stream.read()), close: () => stream.close() };
}

/** Every pod of an owner; who belongs to it is asked again each time the reader asks for lines. */
function openPodsOf(
  target: LogTarget & { kind: 'pods-of' },
  tail: number,
  podLogs: PodLogs,
  clock: Clock,
  listener: TargetListener,
): OpenTarget {
  const tails = new Map<string, ContainerTail>();
  function follow(): void {
    const present = new Map(podLogs.podsOf(target.namespace, target.ownerKind, target.ownerName).flatMap(containersOf));
    for (const [key, stream] of tails) {
      if (present.has(key)) continue;
      stream.close();
      tails.delete(key);
    }
    for (const [key, { pod, container, origin }] of present) {
      if (tails.has(key)) continue;
      const request = { namespace: pod.namespace, name: pod.name, container, previous: false };
      tails.set(key, openPodContainer(request, tail, podLogs, clock, withOrigin(listener, origin)));
    }
  }
  const none = say('logSource.why.noPods', { kind: target.ownerKind, name: target.ownerName });
  follow();
  return {
    state() {
      follow();
      const states = [...tails.values()].map((stream) => stateOf(stream.read()));
      if (states.length === 0) return { state: 'ended', ...sourceDetail([none]) };
      return (
        states.find(({ state }) => state === 'following') ?? states.find(({ state }) => state === 'retrying') ?? (states[0] as StreamState)
      );
    },
    close() {
      for (const stream of tails.values()) stream.close();
    },
  };
}

function containersOf(pod: PodLogSource) {
  return pod.containers.map((container) => {
    const origin = pod.containers.length === 1 ? pod.name : `${pod.name}/${container}`;
    return [`${pod.uid}/${container}` as string, { pod, container, origin }] as const;
  });
}

function stateOf({ state, detail, sentences }: StreamState): StreamState {
  return sentences === undefined ? { state, detail } : { state, detail, sentences };
}

function takeAll({ onLine }: TargetListener): TailListener {
  return { onLine: (line) => onLine(line, null) };
}

function withOrigin({ onLine, onState }: TargetListener, origin: string | null): PodContainerListener {
  return { onLine: (line) => onLine(line, origin), onState };
}
