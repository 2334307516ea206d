import { say } from '../../../src-shared/sentence';
import type { Clock } from '../../platform/clock';
import type { LogStart } from '../../platform/container-engine';
import { type LoggedContainer, type LoggedPod, PodLogError, type PodLogRequest, type PodLogs } from '../../platform/pod-logs';
import { ContainerTail } from './container';
import { podLogStart } from './pod-log-start';
import type { TailListener, TailState } from './tail';

export interface PodTailDeps {
  readonly podLogs: Pick<PodLogs, 'open'>;
  readonly clock: Clock;
  /** Bounds how many logs are being opened at once. */
  readonly inTurn: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export interface PodTailOptions {
  /** Lines of the past, of each of the last two runs, that are read of a container that ran before it was met. */
  readonly linesOnAttach: number;
  /** Where an earlier reader ended, as `onPosition` gave it; null: there was none. */
  readonly startAt: string | null;
  /** It began while LogScope watched: all of its log is read. */
  readonly isNew: boolean;
}

/** Behind nothing: a log is read from its first line on. */
const fromTheStart = JSON.stringify({ stamp: { seconds: 0, nanoseconds: 0 }, count: 0 });
/** A cluster says these of the pod or of our rights; with any other it only says that it has no log of the run before. */
const tellingStatus: ReadonlySet<number> = new Set([401, 403, 404]);

/**
 * One container of a pod, followed through its runs. A cluster gives the log of the present run and of the one before:
 * what of the latter was not read yet comes first, as a stream of its own, so that the place behind each line stays exact.
 */
export class PodTail {
  private readonly tail: ContainerTail;
  /** Rises whenever there is something else to read: the tail then opens a stream at once. */
  private reading = 1;
  private wasOpened = false;
  private previousIsRead = false;
  private presentWasOpened = false;
  /** The run whose log was read to its end. */
  private readRun: number | null = null;
  private isGone = false;
  private isClosed = false;
  private denied = false;
  private position: string | null;

  constructor(
    readonly id: string,
    private readonly name: string,
    private readonly pod: Pick<LoggedPod, 'namespace' | 'name'>,
    private container: LoggedContainer,
    private readonly deps: PodTailDeps,
    listener: TailListener,
    private readonly options: PodTailOptions,
  ) {
    this.position = options.startAt;
    const { onLine, rest } = listener;
    const noting: TailListener = {
      onLine,
      ...(rest === undefined ? {} : { rest }),
      onPosition: (position) => {
        this.position = position;
        return listener.onPosition?.(position) ?? null;
      },
    };
    const startAt = options.startAt ?? (options.isNew ? fromTheStart : null);
    const { linesOnAttach } = options;
    const feed = { openLogs: (_id: string, from: LogStart, signal: AbortSignal) => this.open(from, signal) };
    this.tail = new ContainerTail(this.followed(), feed, deps.clock, noting, { linesOnAttach, startAt });
  }

  get containerId(): string | null {
    return this.container.containerId;
  }

  /** Behind the newest line that was handed over; null: none was, ever. */
  get place(): string | null {
    return this.position;
  }

  /** Nothing more comes as far as is known now. */
  get isEnded(): boolean {
    return this.isClosed || this.tail.isEnded;
  }

  /** Throws what a bug in the tail threw. */
  read(): TailState {
    const { sentences, ...known } = this.tail.read();
    const state = { ...known, id: this.id, kind: 'pod' } as const;
    if (this.isClosed) return { ...state, state: 'ended', detail: null };
    const told = sentences === undefined ? state : { ...state, sentences };
    return this.denied ? { ...told, remedy: say('logs.pods.rights', { namespace: this.pod.namespace }) } : told;
  }

  /** Null: the pod is gone; what is still coming is read. */
  update(container: LoggedContainer | null): void {
    this.isGone = container === null;
    if (container !== null) {
      if (container.restartCount !== this.container.restartCount) this.reading += 1;
      this.container = container;
    }
    this.settle();
  }

  /** Tries again at once what waits for better times. */
  nudge(): void {
    const { state } = this.tail.read();
    if (state === 'following' || state === 'ended') return;
    this.tail.update(null);
    this.settle();
  }

  close(): void {
    this.isClosed = true;
    this.tail.close();
  }

  private settle(): void {
    const { isRunning, restartCount } = this.container;
    const isOver = this.isGone || (!isRunning && this.readRun === restartCount);
    this.tail.update(isOver ? null : this.followed());
  }

  /** For the tail each reading is a start of the container. */
  private followed() {
    return { id: this.id, name: this.name, tty: true, startedAtMs: this.reading, startedWhileWatching: false };
  }

  private async open(from: LogStart, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const { container, previousIsRead } = this;
    const isFirst = !this.wasOpened;
    this.wasOpened = true;
    this.previousIsRead = false;
    // While a stream was broken the container may have been started anew without our knowing.
    if (!previousIsRead && (!isFirst || reachesPrevious(container, from))) {
      const previous = await this.openPrevious(from, signal);
      if (previous !== null) return thenCall(previous, () => this.goOn());
    }
    const isMeeting = this.options.startAt === null && !this.options.isNew && !this.presentWasOpened;
    const start = isMeeting ? { tail: this.options.linesOnAttach } : podLogStart(from);
    const present = await this.ask({ previous: false, from: start }, signal);
    this.presentWasOpened = true;
    return thenCall(present, () => {
      this.readRun = container.restartCount;
      this.settle();
    });
  }

  /** Null: the cluster has no log of a run before. */
  private async openPrevious(from: LogStart, signal: AbortSignal): Promise<AsyncIterable<Buffer> | null> {
    try {
      return await this.ask({ previous: true, from: podLogStart(from) }, signal);
    } catch (error) {
      if (error instanceof PodLogError && error.statusCode !== null && !tellingStatus.has(error.statusCode)) return null;
      throw error;
    }
  }

  private async ask(request: Pick<PodLogRequest, 'previous' | 'from'>, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const { namespace, name } = this.pod;
    const { podLogs, inTurn } = this.deps;
    try {
      const pieces = await inTurn(() => podLogs.open({ namespace, name, container: this.container.name, ...request }, signal));
      this.denied = false;
      return pieces;
    } catch (error) {
      this.denied = error instanceof PodLogError && error.statusCode === 403;
      throw error;
    }
  }

  private goOn(): void {
    this.previousIsRead = true;
    this.reading += 1;
    this.settle();
  }
}

/** Whether the run before may have lines behind the place from which reading starts. */
function reachesPrevious({ previousEndedAtMs }: LoggedContainer, from: LogStart): boolean {
  if (previousEndedAtMs === null) return false;
  return 'tail' in from || Math.floor(previousEndedAtMs / 1000) >= Number.parseInt(from.since, 10);
}

async function* thenCall(pieces: AsyncIterable<Buffer>, onEnd: () => void): AsyncGenerator<Buffer, void> {
  yield* pieces;
  onEnd();
}
