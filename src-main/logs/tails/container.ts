import type { Clock } from '../../platform/clock';
import {
  ContainerEngineError,
  type ContainerFeed,
  type EngineLogFile,
  type FollowedContainer,
  type LogStart,
} from '../../platform/container-engine';
import { PodLogError } from '../../platform/pod-logs';
import { createLogFramer, type LogFramer, type LogLine, type LogStream, type WholeLineListener } from '../frame';
import type { PackedLines } from '../pipeline/packed-lines';
import { formatSince, msToStamp, stampToMs } from '../stamp';
import { backOffMs, Waker } from './back-off';
import { FloodGauge } from './flood-gauge';
import { followLogFile, type LogFileEnd } from './follow-log-file';
import { LinePlace, type ToldAgain } from './line-place';
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

/** A file that could not be followed is not tried again for so long. */
const withoutFileMs = 600_000;

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
  private readonly counters = new TailCounters();
  private readonly waker = new Waker();
  private readonly lifetime = new AbortController();
  private state: TailState['state'] = 'retrying';
  private detail: string | null = null;
  private failures = 0;
  private readonly place = new LinePlace();
  /** Start of the run whose stream was opened last. */
  private openedRunAtMs: number | null = null;
  private lostFrames = 0;
  private present = true;
  /** The position behind the newest line was told. */
  private told = true;
  private unexpected: unknown = null;
  private readonly flood: FloodGauge;
  private withoutFileUntilMs = Number.NEGATIVE_INFINITY;
  /** Of the line read last. */
  private lastStream: LogStream = 'stdout';

  constructor(
    private container: FollowedContainer,
    private readonly feed: Pick<ContainerFeed, 'openLogs' | 'logFile'>,
    private readonly clock: Clock,
    private readonly listener: TailListener,
    private readonly options: ContainerTailOptions = usualOptions,
  ) {
    if (options.startAt != null) this.place.restore(options.startAt);
    this.flood = new FloodGauge(() => clock.monotonicMs());
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
    const again = this.place.toldAgain();
    const openedAtMs = this.clock.monotonicMs();
    const { startedAtMs } = this.container;
    const out = this.listener.packed?.() ?? null;
    const takeWhole: WholeLineListener | null =
      out === null
        ? null
        : (stream, chunk, start, end, stamp) => {
            if (!this.place.pass(stamp.seconds, stamp.nanoseconds, again)) return;
            this.accept(stream, stampToMs(stamp), 0);
            out.add(chunk, start, end, stampToMs(stamp), 0);
          };
    const framer = createLogFramer(this.container.tty, (line) => this.take(line, again, out), takeWhole);
    try {
      const chunks = await this.feed.openLogs(this.container.id, this.startOfStream(again), this.lifetime.signal);
      if (this.openedRunAtMs === startedAtMs) this.counters.countReopening();
      this.openedRunAtMs = startedAtMs;
      this.show('following', null);
      this.flood.restart();
      for await (const chunk of chunks) {
        framer.write(chunk);
        await this.tellPosition();
        if (framer.isBroken) {
          this.lostFrames += 1;
          throw new ContainerEngineError('The log stream lost its frames', null, null);
        }
        const file = this.flood.isFlooded ? await this.findFile(framer) : null;
        if (file !== null) return await this.followFile(file);
        if (chunk.length < littleBytes) await this.listener.rest?.();
      }
      framer.flush();
      await this.tellPosition();
      this.show(this.present ? 'retrying' : 'ended', this.present ? 'The engine ended the stream.' : null);
      return 'later';
    } catch (error) {
      if (!(error instanceof ContainerEngineError || error instanceof PodLogError)) throw error;
      return this.judge(error);
    } finally {
      if (this.clock.monotonicMs() - openedAtMs >= steadyMs) this.failures = 0;
    }
  }

  /** Null: there is none, or the stream is at no place that can be found again in it. */
  private async findFile(framer: LogFramer): Promise<EngineLogFile | null> {
    if (this.feed.logFile === undefined || this.listener.packed === undefined) return null;
    if (this.clock.monotonicMs() < this.withoutFileUntilMs) return null;
    // Lines that all bear one stamp may have begun before the first of them that was read.
    if (!this.place.isAtNewest || !framer.holdsOnly(this.lastStream) || (this.place.newest?.count ?? 0) >= this.flood.lineCount)
      return null;
    const file = await this.feed.logFile(this.container.id, this.lifetime.signal);
    if (file === null) this.withoutFileUntilMs = this.clock.monotonicMs() + withoutFileMs;
    return file;
  }

  /** Goes on in the file behind the line that was read last. */
  private async followFile(file: EngineLogFile): Promise<AfterStream> {
    const out = this.listener.packed?.();
    const known = this.place.newest;
    if (known === null || out === undefined) return 'at-once';
    const end = await followLogFile({
      place: file,
      lines: this.place,
      known,
      signal: this.lifetime.signal,
      isPresent: () => this.present,
      monotonicMs: () => this.clock.monotonicMs(),
      wait: (ms) => this.waker.wait(ms),
      out,
      told: ({ lineCount, cutCount, lastAtMs }) => {
        this.failures = 0;
        this.counters.countMany(lineCount, cutCount, lastAtMs);
        this.told = false;
        return this.tellPosition();
      },
    });
    return this.judgeEnd(end);
  }

  private judgeEnd(end: LogFileEnd): AfterStream {
    if (end === 'ended') {
      this.show('ended', null);
      return 'later';
    }
    if (end !== 'calm') this.withoutFileUntilMs = this.clock.monotonicMs() + withoutFileMs;
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
      this.show('unavailable', message);
      return 'none';
    }
    this.show('retrying', message);
    return 'later';
  }

  private show(state: TailState['state'], detail: string | null): void {
    const changed = state !== this.state || detail !== this.detail;
    this.state = state;
    this.detail = detail;
    if (changed) this.options.onState?.();
  }

  private startOfStream(again: ToldAgain | null): LogStart {
    const { startedWhileWatching, startedAtMs } = this.container;
    if (again !== null) return { since: formatSince(again.from) };
    return startedWhileWatching ? { since: formatSince(msToStamp(startedAtMs - startOverlapMs)) } : { tail: this.options.linesOnAttach };
  }

  private take(line: LogLine, again: ToldAgain | null, out: PackedLines | null): void {
    const { stamp, bytes, cutBytes, stream } = line;
    if (stamp !== null && !this.place.pass(stamp.seconds, stamp.nanoseconds, again)) return;
    if (stamp === null) this.place.leave();
    const atMs = stamp === null ? this.clock.nowMs() : stampToMs(stamp);
    this.accept(stream, atMs, cutBytes);
    if (out !== null) {
      out.add(bytes, 0, bytes.length, atMs, cutBytes);
      return;
    }
    const { id: sourceId, name: source } = this.container;
    this.listener.onLine({ sourceKind: 'container', sourceId, source, atMs, bytes, cutBytes, stated: null }, stream);
  }

  private accept(stream: LogStream, atMs: number, cutBytes: number): void {
    this.failures = 0;
    this.lastStream = stream;
    this.flood.count();
    this.counters.countMany(1, cutBytes > 0 ? 1 : 0, atMs);
    this.told = false;
  }

  /** Whoever takes the lines may be busy: then nothing more is read. */
  private tellPosition(): Promise<void> | null {
    const place = this.told ? null : this.place.write();
    if (place === null) return null;
    this.told = true;
    return this.listener.onPosition?.(place) ?? null;
  }
}
