import type { Clock } from '../../platform/clock';
import { ContainerEngineError, type ContainerFeed, type FollowedContainer, type LogStart } from '../../platform/container-engine';
import { PodLogError } from '../../platform/pod-logs';
import { createLogFramer, type LogLine } from '../frame';
import { compareStamps, formatSince, msToStamp, type Stamp, stampToMs } from '../stamp';
import { backOffMs, Waker } from './back-off';
import { TailCounters, type TailListener, type TailState } from './tail';

export interface ContainerTailOptions {
  /** Lines of the past that are read of a container that ran before it was met. */
  readonly linesOnAttach: number;
  readonly onState?: () => void;
  /** Where an earlier run of LogScope ended, as `onPosition` gave it; null: it never read this container. */
  readonly startAt?: string | null;
}

const usualOptions: ContainerTailOptions = { linesOnAttach: 20 };
/** The engine notes the start after the first lines of a quick container were written. */
const startOverlapMs = 2_000;

/** A stream that lived this long was no failed try, even if it was silent. */
const steadyMs = 10_000;

/** The newest line read, and how many lines bear its stamp: where a new stream goes on without loss or repetition. */
interface Position {
  readonly stamp: Stamp;
  readonly count: number;
}

/**
 * Follows one container through restarts of it and of the engine. Each run of the container, and each break of the
 * connection, is one stream; a new one starts at the stamp of the last line, and lines read before are dropped.
 */
export class ContainerTail {
  private readonly counters = new TailCounters();
  private readonly waker = new Waker();
  private readonly lifetime = new AbortController();
  private state: TailState['state'] = 'retrying';
  private detail: string | null = null;
  private failures = 0;
  private position: Position | null = null;
  /** Start of the run whose stream was opened last. */
  private openedRunAtMs: number | null = null;
  private lostFrames = 0;
  private present = true;
  /** The position behind the newest line was told. */
  private told = true;
  private unexpected: unknown = null;

  constructor(
    private container: FollowedContainer,
    private readonly feed: Pick<ContainerFeed, 'openLogs'>,
    private readonly clock: Clock,
    private readonly listener: TailListener,
    private readonly options: ContainerTailOptions = usualOptions,
  ) {
    if (options.startAt != null) this.position = readPosition(options.startAt);
    this.run().catch((error: unknown) => {
      this.unexpected = error;
    });
  }

  get id(): string {
    return this.container.id;
  }

  get isEnded(): boolean {
    return this.state === 'ended';
  }

  /** Streams given up because their frames made no sense. */
  get lostFramesCount(): number {
    return this.lostFrames;
  }

  /** Throws what a bug in the tail threw. */
  read(): TailState {
    if (this.unexpected !== null) throw this.unexpected;
    const { id, name } = this.container;
    return { id, kind: 'container', logKind: 'event', name, state: this.state, detail: this.detail, ...this.counters.read() };
  }

  /** Null: it does not run any more, or its engine is gone; what is still coming is read. */
  update(container: FollowedContainer | null): void {
    const wasPresent = this.present;
    const startedAtMs = this.container.startedAtMs;
    this.present = container !== null;
    if (container !== null) this.container = container;
    if (!this.present || (wasPresent && startedAtMs === this.container.startedAtMs)) return;
    this.failures = 0;
    this.waker.wake();
  }

  close(): void {
    this.lifetime.abort();
    this.waker.wake();
  }

  private async run(): Promise<void> {
    while (!this.lifetime.signal.aborted) {
      const { startedAtMs } = this.container;
      const mayRetry = await this.follow();
      if (this.lifetime.signal.aborted) return;
      // Started again while the old run was still being read: nothing to wait for.
      if (this.present && this.container.startedAtMs !== startedAtMs) continue;
      if (!this.present && mayRetry) this.show('ended', null);
      await this.waker.wait(this.present && mayRetry ? backOffMs(this.failures) : null);
      this.failures += 1;
    }
  }

  /** One stream from start to end. False: trying again makes no sense before the container is started anew. */
  private async follow(): Promise<boolean> {
    const skip = this.position;
    const repeated = { count: skip?.count ?? 0 };
    const openedAtMs = this.clock.monotonicMs();
    const { startedAtMs } = this.container;
    const framer = createLogFramer(this.container.tty, (line) => this.take(line, skip, repeated));
    try {
      const chunks = await this.feed.openLogs(this.container.id, this.startOfStream(), this.lifetime.signal);
      if (this.openedRunAtMs === startedAtMs) this.counters.countReopening();
      this.openedRunAtMs = startedAtMs;
      this.show('following', null);
      for await (const chunk of chunks) {
        framer.write(chunk);
        await this.tellPosition();
        if (framer.isBroken) {
          this.lostFrames += 1;
          throw new ContainerEngineError('The log stream lost its frames', null, null);
        }
      }
      framer.flush();
      await this.tellPosition();
      this.show(this.present ? 'retrying' : 'ended', this.present ? 'The engine ended the stream.' : null);
      return true;
    } catch (error) {
      if (!(error instanceof ContainerEngineError || error instanceof PodLogError)) throw error;
      return this.judge(error);
    } finally {
      if (this.clock.monotonicMs() - openedAtMs >= steadyMs) this.failures = 0;
    }
  }

  private judge(error: ContainerEngineError | PodLogError): boolean {
    const { statusCode, message } = error;
    if (statusCode === 404 || statusCode === 409) {
      this.show('ended', null);
      return false;
    }
    // A cluster says 400 for a run or a container that is not there, 403 when these rights do not reach to logs.
    const closedByCluster = error instanceof PodLogError && (statusCode === 400 || statusCode === 403);
    // "configured logging driver does not support reading": 501 since engine 20.10, 500 or 400 before.
    if (closedByCluster || statusCode === 501 || /logging driver|does not support reading/i.test(message)) {
      this.show('unavailable', message);
      return false;
    }
    this.show('retrying', message);
    return true;
  }

  private show(state: TailState['state'], detail: string | null): void {
    const changed = state !== this.state || detail !== this.detail;
    this.state = state;
    this.detail = detail;
    if (changed) this.options.onState?.();
  }

  private startOfStream(): LogStart {
    const { startedWhileWatching, startedAtMs } = this.container;
    if (this.position !== null) return { since: formatSince(this.position.stamp) };
    return startedWhileWatching ? { since: formatSince(msToStamp(startedAtMs - startOverlapMs)) } : { tail: this.options.linesOnAttach };
  }

  private take(line: LogLine, skip: Position | null, repeated: { count: number }): void {
    const { stamp, bytes, cutBytes } = line;
    if (stamp !== null) {
      if (skip !== null) {
        const order = compareStamps(stamp, skip.stamp);
        if (order < 0) return;
        if (order === 0 && repeated.count > 0) {
          repeated.count -= 1;
          return;
        }
      }
      this.advance(stamp);
    }
    this.failures = 0;
    const tailLine = {
      sourceKind: 'container',
      sourceId: this.container.id,
      source: this.container.name,
      atMs: stamp === null ? this.clock.nowMs() : stampToMs(stamp),
      bytes,
      cutBytes,
      stated: null,
    } as const;
    this.counters.count(tailLine);
    this.told = false;
    this.listener.onLine(tailLine, line.stream);
  }

  /** Whoever takes the lines may be busy: then nothing more is read. */
  private tellPosition(): Promise<void> | null {
    if (this.told || this.position === null) return null;
    this.told = true;
    return this.listener.onPosition?.(JSON.stringify(this.position)) ?? null;
  }

  private advance(stamp: Stamp): void {
    const order = this.position === null ? 1 : compareStamps(stamp, this.position.stamp);
    if (order > 0) this.position = { stamp, count: 1 };
    else if (order === 0 && this.position !== null) this.position = { stamp, count: this.position.count + 1 };
  }
}

function readPosition(text: string): Position {
  return JSON.parse(text) as Position;
}
