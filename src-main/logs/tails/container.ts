import { type SourceDetail, sourceDetail } from '../../../src-shared/logs/source-detail';
import { type Sentence, say } from '../../../src-shared/sentence';
import type { Clock } from '../../platform/clock';
import { ContainerEngineError, type ContainerFeed, type FollowedContainer, type LogStart } from '../../platform/container-engine';
import { PodLogError } from '../../platform/pod-logs';
import type { LogFramer } from '../frame';
import { formatSince, msToStamp } from '../stamp';
import { backOffMs, Waker } from './back-off';
import { FileRoute } from './container-file';
import { KeptRoute } from './container-kept';
import { ContainerLines } from './container-lines';
import type { LogFileEnd } from './follow-log-file';
import type { ToldAgain } from './line-place';
import type { TailListener, TailState } from './tail';

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

/** A stream that brings less at once can wait: the kernel holds as much again and again. */
const littleBytes = 4 * 1024;

/** What comes after a stream: another one at once, one after a pause, or none before the container is started anew. */
type AfterStream = 'at-once' | 'later' | 'none';

/**
 * Follows one container through restarts of it and of the engine. Each run of the container, and each break of the
 * connection, is one stream; a new one starts at the stamp of the last line, and lines read before are dropped. A flood of lines is
 * read from the file the engine writes them to, where that can be: the engine spends more on a line it hands out than anybody on
 * reading it.
 */
export class ContainerTail {
  private readonly waker = new Waker();
  private readonly lifetime = new AbortController();
  private readonly lines: ContainerLines;
  private readonly file: FileRoute;
  private readonly kept: KeptRoute;
  private state: TailState['state'] = 'retrying';
  private told: SourceDetail = sourceDetail([]);
  private failures = 0;
  /** Start of the run whose stream was opened last. */
  private openedRunAtMs: number | null = null;
  private lostFrames = 0;
  private present = true;
  private unexpected: unknown = null;

  constructor(
    private container: FollowedContainer,
    private readonly feed: Omit<ContainerFeed, 'subscribe'>,
    private readonly clock: Clock,
    listener: TailListener,
    private readonly options: ContainerTailOptions = usualOptions,
  ) {
    // A cluster does not say which of its two streams a line was printed on.
    const tellsStreams = !container.tty || feed.logFile !== undefined;
    this.lines = new ContainerLines(() => this.container, tellsStreams, clock, listener);
    if (options.startAt != null) this.lines.place.restore(options.startAt);
    const route = {
      id: container.id,
      feed,
      clock,
      lines: this.lines,
      signal: this.lifetime.signal,
      isPresent: () => this.present,
      wait: (ms: number) => this.waker.wait(ms),
    };
    this.file = new FileRoute(route);
    this.kept = new KeptRoute(route);
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
    return { id, kind: 'container', logKind: 'event', name, state: this.state, ...this.told, ...this.lines.counters.read() };
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
      const after = await this.follow();
      const mayRetry = after !== 'none';
      if (this.lifetime.signal.aborted) return;
      if (after === 'at-once') continue;
      // Started again while the old run was still being read: nothing to wait for.
      if (this.present && this.container.startedAtMs !== startedAtMs) continue;
      if (!this.present && mayRetry) this.show('ended', null);
      await this.waker.wait(this.present && mayRetry ? backOffMs(this.failures) : null);
      this.failures += 1;
    }
  }

  /** One stream from start to end. */
  private async follow(): Promise<AfterStream> {
    const { lines, kept } = this;
    const again = lines.place.toldAgain();
    // The clock was set back while nobody read: of what came since then only the newest lines are taken.
    if (again === null && lines.place.write() !== null) lines.counters.countGap();
    const openedAtMs = this.clock.monotonicMs();
    const { startedAtMs } = this.container;
    const linesBefore = lines.lineCount;
    const reading = lines.open(again, true);
    const { framer } = reading;
    try {
      lines.isBounded = (await kept.readBound()) !== null;
      kept.restart();
      const chunks = await this.feed.openLogs(this.container.id, this.startOfStream(again), this.lifetime.signal);
      if (this.openedRunAtMs === startedAtMs) lines.counters.countReopening();
      this.openedRunAtMs = startedAtMs;
      this.show('following', null);
      lines.flood.restart();
      let gapCount = 0;
      for await (const chunk of chunks) {
        if (kept.mayMiss(chunk)) return await this.leaveStream(framer);
        framer.write(chunk);
        lines.place.hold(framer.heldStamp);
        await lines.tellPosition();
        if (framer.isBroken) {
          this.lostFrames += 1;
          throw new ContainerEngineError('The log stream lost its frames', null, null);
        }
        if (lines.isBounded) {
          const gaps = reading.repeatCount + (reading.apartFrom === null ? 0 : 1);
          for (; gapCount < gaps; gapCount += 1) lines.counters.countGap();
        }
        kept.settle();
        const file = lines.flood.isFlooded ? await this.file.find(framer) : null;
        if (file !== null) return this.judgeEnd(await this.file.follow(file));
        if (chunk.length < littleBytes && !lines.flood.isBusy) await lines.rest();
        kept.ask();
      }
      framer.flush();
      lines.place.hold(null);
      await lines.tellPosition();
      this.show(this.present ? 'retrying' : 'ended', this.present ? say('logSource.why.streamEnded') : null);
      return 'later';
    } catch (error) {
      if (!(error instanceof ContainerEngineError || error instanceof PodLogError)) throw error;
      return this.judge(error);
    } finally {
      if (lines.lineCount > linesBefore || this.clock.monotonicMs() - openedAtMs >= steadyMs) this.failures = 0;
    }
  }

  /** What the stream just gave is read another way, from where it was up to that. */
  private async leaveStream(framer: LogFramer): Promise<AfterStream> {
    const find = (of: LogFramer) => this.file.find(of);
    const file = (await find(framer)) ?? (await this.kept.follow(find));
    if (file !== null) return this.judgeEnd(await this.file.follow(file));
    this.openedRunAtMs = null;
    return 'at-once';
  }

  private judgeEnd(end: LogFileEnd | null): AfterStream {
    if (end === 'ended') {
      this.show('ended', null);
      return 'later';
    }
    // Where it did not break off, the stream that comes next is none that was opened anew.
    if (end !== 'lost') this.openedRunAtMs = null;
    return 'at-once';
  }

  private judge(error: ContainerEngineError | PodLogError): AfterStream {
    const { statusCode, message } = error;
    if (statusCode === 404 || statusCode === 409) {
      this.show('ended', null);
      return 'none';
    }
    // A cluster says 400 for a run or a container that is not there, 403 when these rights do not reach to logs.
    const closedByCluster = error instanceof PodLogError && (statusCode === 400 || statusCode === 403);
    // "configured logging driver does not support reading": 501 since engine 20.10, 500 or 400 before.
    if (closedByCluster || statusCode === 501 || /logging driver|does not support reading/i.test(message)) {
      this.show('unavailable', { text: message });
      return 'none';
    }
    this.show('retrying', { text: message });
    return 'later';
  }

  private show(state: TailState['state'], why: Sentence | null): void {
    const told = sourceDetail(why === null ? [] : [why]);
    const changed = state !== this.state || told.detail !== this.told.detail;
    this.state = state;
    this.told = told;
    if (changed) this.options.onState?.();
  }

  private startOfStream(again: ToldAgain | null): LogStart {
    const { startedWhileWatching, startedAtMs } = this.container;
    if (again !== null) return { since: formatSince(again.from) };
    return startedWhileWatching ? { since: formatSince(msToStamp(startedAtMs - startOverlapMs)) } : { tail: this.options.linesOnAttach };
  }
}
