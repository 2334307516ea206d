import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { type Sentence, say } from '../../../src-shared/sentence';
import type { Clock } from '../../platform/clock';
import type { LoggedContainer, LoggedPod, PodFeed, PodLogs, WatchedPods } from '../../platform/pod-logs';
import { type ChosenPods, choosePodContainers, choosePods, podSourceName } from './choose-pods';
import { PodTail, type PodTailDeps } from './pod-tail';
import type { SourceState, TailListener } from './tail';
import { createTurns } from './turns';

export interface PodSourcesDeps {
  readonly podLogs: Pick<PodLogs, 'open'>;
  readonly podFeed: PodFeed;
  readonly clock: Clock;
  /** Pods at once; 0: none. */
  readonly limit: () => number;
  readonly listenerOf: (origin: LogOrigin) => TailListener;
  /** This container's lines come from an engine of this machine: they are not read a second time through the cluster. */
  readonly isOfEngine: (containerId: string) => boolean;
  /** The engines of this machine told what runs, or had the time to. */
  readonly enginesAreKnown: () => boolean;
}

const linesOnAttach = 100;
/** Each opening is a TLS handshake of some milliseconds. */
const openingAtOnce = 8;
/** Rights may be given meanwhile. */
const nudgeEveryMs = 5 * 60_000;
/** What a removed pod still had to say is read by then; a node that died with it never ends its streams. */
const lastWordsMs = 30_000;
const maxEnded = 50;
const maxListedLeftOut = 30;
/** Ends of logs that are followed no more, in case they are again. */
const maxPlaces = 5_000;
const none: ChosenPods = { followed: [], leftOut: [] };

/** Every followed container of every followed pod, kept in step with the watch of the cluster. */
export class PodSources {
  private readonly tails = new Map<string, PodTail>();
  private readonly goneAtMs = new Map<string, number>();
  /** Read to the end, and no longer listed. */
  private readonly done = new Set<string>();
  private readonly places = new Map<string, string>();
  private readonly inTurn = createTurns(openingAtOnce);
  private watched: WatchedPods | null = null;
  /** Pods that were there when this watch began. */
  private before: ReadonlySet<string> = new Set();
  private chosen = none;
  private chosenFrom: readonly LoggedPod[] | null = null;
  private seen = '';
  private nudgedAtMs: number;

  constructor(
    private readonly deps: PodSourcesDeps,
    /** Where earlier runs of LogScope ended, by reader. */
    private readonly positions: ReadonlyMap<string, string>,
  ) {
    this.nudgedAtMs = deps.clock.monotonicMs();
  }

  /** Looks at what the cluster watch has; cheap while nothing changed. */
  follow(): void {
    const watched = this.deps.podFeed.watched();
    const nowMs = this.deps.clock.monotonicMs();
    if (watched !== null && watched.watch !== this.watched?.watch) this.meet(watched);
    this.watched = watched;
    if (nowMs - this.nudgedAtMs >= nudgeEveryMs) this.nudge();
    this.endLeaving(nowMs);
    // Without a cluster everything stays as it is: the tails try again by themselves.
    if (watched === null || !this.hasNews(watched)) return;
    this.choose(watched.pods);
    this.openAndUpdate(nowMs);
    this.forgetEnded();
  }

  /** The sources, and the pods that are left out as sources of their own. */
  read(): readonly SourceState[] {
    return [...[...this.tails.values()].map((tail) => tail.read()), ...this.listLeftOut()];
  }

  /** An engine has this container too and takes it over: where its reader shall go on; null: it was not read here. */
  giveUp(containerId: string): string | null {
    for (const [key, tail] of this.tails) {
      if (engineIdOf(tail.containerId) !== containerId) continue;
      this.drop(key, tail);
      return tail.place;
    }
    return null;
  }

  close(): void {
    for (const tail of this.tails.values()) tail.close();
  }

  private meet({ pods }: WatchedPods): void {
    this.before = new Set(pods.map(({ uid }) => uid));
    this.nudge();
  }

  private nudge(): void {
    this.nudgedAtMs = this.deps.clock.monotonicMs();
    for (const tail of this.tails.values()) tail.nudge();
  }

  /** The cluster, the setting, or who still has something to read: any of them may move a pod in or out. */
  private hasNews(watched: WatchedPods): boolean {
    const ended = [...this.tails].flatMap(([key, tail]) => (tail.isEnded ? key : []));
    const seen = `${this.deps.limit()} ${this.deps.enginesAreKnown()} ${ended.join()}`;
    const isNew = seen !== this.seen || this.chosenFrom !== watched.pods;
    this.seen = seen;
    this.chosenFrom = watched.pods;
    return isNew;
  }

  private choose(pods: readonly LoggedPod[]): void {
    const wanted = pods.map((pod) => ({ ...pod, containers: this.containersOf(pod) })).filter((pod) => !this.isFinished(pod));
    const limit = this.deps.limit();
    this.chosen = choosePods(wanted, limit, (pod) => {
      const keys = pod.containers.map((one) => keyOf(pod, one));
      return {
        isFollowed: keys.some((key) => this.tails.has(key)),
        isOurs: !this.before.has(pod.uid) || keys.some((key) => this.placeOf(key) !== null),
      };
    });
    // The wish to follow none is no lack.
    if (limit === 0) this.chosen = none;
    const present = new Set(pods.flatMap((pod) => pod.containers.map((one) => keyOf(pod, one))));
    for (const key of this.done) if (!present.has(key)) this.done.delete(key);
  }

  private containersOf(pod: LoggedPod): readonly LoggedContainer[] {
    const isNew = !this.before.has(pod.uid);
    const isOurs = (one: LoggedContainer) => isNew || this.tails.has(keyOf(pod, one)) || this.placeOf(keyOf(pod, one)) !== null;
    return choosePodContainers(pod, isOurs).filter((one) => {
      const engineId = engineIdOf(one.containerId);
      return engineId === null || (this.deps.enginesAreKnown() && !this.deps.isOfEngine(engineId));
    });
  }

  private isFinished(pod: LoggedPod): boolean {
    return pod.isOver && pod.containers.every((one) => this.done.has(keyOf(pod, one)) || this.tails.get(keyOf(pod, one))?.isEnded === true);
  }

  private openAndUpdate(nowMs: number): void {
    const wanted = new Map(this.chosen.followed.flatMap((pod) => pod.containers.map((one) => [keyOf(pod, one), { pod, one }] as const)));
    const stillThere = new Set(this.watched?.pods.map(({ uid }) => uid));
    for (const [key, tail] of this.tails) {
      const found = wanted.get(key);
      if (found !== undefined) {
        this.goneAtMs.delete(key);
        tail.update(found.one);
      } else if (!stillThere.has(uidOf(key))) {
        if (!this.goneAtMs.has(key)) this.goneAtMs.set(key, nowMs);
        tail.update(null);
      } else if (!tail.isEnded) this.drop(key, tail);
    }
    for (const [key, { pod, one }] of wanted)
      if (!this.tails.has(key) && !this.done.has(key)) this.tails.set(key, this.open(key, pod, one));
  }

  private open(key: string, pod: LoggedPod, container: LoggedContainer): PodTail {
    const name = podSourceName(this.watched?.pods.find(({ uid }) => uid === pod.uid) ?? pod, container);
    const deps: PodTailDeps = { podLogs: this.deps.podLogs, clock: this.deps.clock, inTurn: this.inTurn };
    const listener = this.deps.listenerOf({ key: readerOf(key), sourceKind: 'pod', name, kind: 'event' });
    const options = { linesOnAttach, startAt: this.placeOf(key), isNew: !this.before.has(pod.uid) };
    return new PodTail(key, name, pod, container, deps, listener, options);
  }

  private placeOf(key: string): string | null {
    return this.places.get(key) ?? this.positions.get(readerOf(key)) ?? null;
  }

  private endLeaving(nowMs: number): void {
    for (const [key, atMs] of this.goneAtMs) {
      if (nowMs - atMs < lastWordsMs) continue;
      this.goneAtMs.delete(key);
      this.tails.get(key)?.close();
    }
  }

  /** The longest-ended go first: a Map keeps the order of insertion. */
  private forgetEnded(): void {
    const followed = new Set(this.chosen.followed.map(({ uid }) => uid));
    const ended = [...this.tails].filter(([key, tail]) => tail.isEnded && !followed.has(uidOf(key)));
    for (const [key, tail] of ended.slice(0, Math.max(0, ended.length - maxEnded))) {
      this.drop(key, tail);
      this.done.add(key);
    }
  }

  private drop(key: string, tail: PodTail): void {
    tail.close();
    this.tails.delete(key);
    this.goneAtMs.delete(key);
    if (tail.place !== null) this.places.set(key, tail.place);
    const [oldest] = this.places.keys();
    if (this.places.size > maxPlaces && oldest !== undefined) this.places.delete(oldest);
  }

  private listLeftOut(): readonly SourceState[] {
    const { followed, leftOut } = this.chosen;
    const remedy = say('logs.pods.limit', { count: leftOut.length, limit: followed.length });
    const shown = leftOut.slice(0, maxListedLeftOut);
    const states = shown.map(({ uid, namespace, name }) => leftOutState(`left-out/${uid}`, `${namespace}/${name}`, remedy));
    const more = leftOut.length - shown.length;
    return more === 0 ? states : [...states, leftOutState('left-out', `… + ${more}`, remedy)];
  }
}

function leftOutState(id: string, name: string, remedy: Sentence): SourceState {
  const counts = { lineCount: 0, cutCount: 0, reopenedCount: 0, lastLineAtMs: null };
  return { id, kind: 'pod', logKind: 'event', name, state: 'not-followed', detail: null, remedy, ...counts };
}

function keyOf({ uid }: LoggedPod, { name }: LoggedContainer): string {
  return `${uid}/${name}`;
}

function uidOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

/** Under which the place in its log is kept, and its lines stand. */
function readerOf(key: string): string {
  return `pod/${key}`;
}

/** Only Docker's containers are seen both through a cluster and through an engine; null: another runtime's. */
function engineIdOf(containerId: string | null): string | null {
  return /^docker:\/\/([0-9a-f]{64})$/.exec(containerId ?? '')?.[1] ?? null;
}
