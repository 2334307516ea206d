import type { Clock } from '../../platform/clock';
import type { FollowedContainer } from '../../platform/container-engine';
import { createLogFramer, type LogFramer, type LogLine, type LogStream, type WholeLineListener } from '../frame';
import type { PackedLines } from '../pipeline/packed-lines';
import { type Stamp, stampToMs } from '../stamp';
import { FloodGauge } from './flood-gauge';
import type { ToldLines } from './follow-log-file';
import type { LinePlace, ToldAgain } from './line-place';
import { MergedPlace } from './merged-place';
import { StreamPlaces } from './stream-places';
import { TailCounters, type TailListener } from './tail';

/** One answer of an engine, on its way into lines. */
export interface ReadLines {
  readonly framer: LogFramer;
  /** Lines that were not read before. */
  readonly lineCount: number;
  /** Where it begins, when that is behind lines that should have been told again: what is between is not kept any more. */
  readonly apartFrom: Stamp | null;
  /** How often it went back to lines that were read already: whoever does that has passed others over. */
  readonly repeatCount: number;
}

/** What is read of one container, on whichever way: how far, its counts, and who takes the lines. */
export class ContainerLines {
  readonly counters = new TailCounters();
  readonly flood: FloodGauge;
  readonly place: LinePlace;
  lineCount = 0;
  /** Its engine takes old files of its log away. */
  isBounded = false;
  /** Of the line read last. */
  lastStream: LogStream = 'stdout';
  lastAtMs: number | null = null;
  /** The position behind the newest line was told. */
  private told = true;

  /** `tellsStreams`: which of its two streams a line was printed on is known, or it has only one. */
  constructor(
    private readonly container: () => FollowedContainer,
    tellsStreams: boolean,
    private readonly clock: Clock,
    private readonly listener: TailListener,
  ) {
    const nowMs = () => clock.nowMs();
    this.place = tellsStreams ? new StreamPlaces(nowMs) : new MergedPlace(nowMs);
    this.flood = new FloodGauge(() => clock.monotonicMs());
  }

  /** Where lines may be put as bytes; null: nowhere. */
  get packed(): PackedLines | null {
    return this.listener.packed?.() ?? null;
  }

  /** `takesApart`: also of an answer that begins behind what should have been told again. */
  open(again: ToldAgain | null, takesApart: boolean): ReadLines {
    return new Reading(this, this.container().tty, again, takesApart, this.packed);
  }

  /** Null: its engine sent no stamp that can be read. */
  takeOne({ stream, bytes, cutBytes }: Pick<LogLine, 'stream' | 'bytes' | 'cutBytes'>, stamp: Stamp | null, out: PackedLines | null): void {
    if (stamp === null) this.place.leave();
    const atMs = stamp === null ? this.clock.nowMs() : stampToMs(stamp);
    this.accept(stream, atMs, cutBytes);
    if (out !== null) {
      out.add(bytes, 0, bytes.length, atMs, cutBytes);
      return;
    }
    const { id: sourceId, name: source } = this.container();
    this.listener.onLine({ sourceKind: 'container', sourceId, source, atMs, bytes, cutBytes, stated: null }, stream);
  }

  accept(stream: LogStream, atMs: number, cutBytes: number): void {
    this.lastStream = stream;
    this.flood.count();
    this.count({ lineCount: 1, cutCount: cutBytes > 0 ? 1 : 0, lastAtMs: atMs });
  }

  count({ lineCount, cutCount, lastAtMs }: ToldLines): void {
    this.lineCount += lineCount;
    this.lastAtMs = lastAtMs;
    this.counters.countMany(lineCount, cutCount, lastAtMs);
    this.told = false;
  }

  /** Whoever takes the lines may have no hurry. */
  rest(): Promise<void> | null {
    return this.listener.rest?.() ?? null;
  }

  /** Whoever takes the lines may be busy: then nothing more is read. */
  tellPosition(): Promise<void> | null {
    const place = this.told ? null : this.place.write();
    if (place === null) return null;
    this.told = true;
    return this.listener.onPosition?.(place) ?? null;
  }
}

class Reading implements ReadLines {
  readonly framer: LogFramer;
  lineCount = 0;
  apartFrom: Stamp | null = null;
  repeatCount = 0;
  private isJoined: boolean;
  private isRepeating = false;

  constructor(
    private readonly lines: ContainerLines,
    tty: boolean,
    private readonly again: ToldAgain | null,
    private readonly takesApart: boolean,
    out: PackedLines | null,
  ) {
    this.isJoined = again === null || !again.isAfterLines;
    const takeWhole: WholeLineListener = (stream, chunk, start, end, stamp) => {
      if (out === null || !this.pass(stream, stamp)) return;
      lines.accept(stream, stampToMs(stamp), 0);
      out.add(chunk, start, end, stampToMs(stamp), 0);
    };
    const take = (line: LogLine) => {
      if (line.stamp === null || this.pass(line.stream, line.stamp)) lines.takeOne(line, line.stamp, out);
    };
    this.framer = createLogFramer(tty, take, out === null ? null : takeWhole);
  }

  private pass(stream: LogStream, stamp: Stamp): boolean {
    const { seconds, nanoseconds } = stamp;
    if (this.again !== null) {
      if (this.again.wasRead(stream, seconds, nanoseconds)) {
        this.isJoined = true;
        return false;
      }
      if (!this.isJoined) this.apartFrom ??= stamp;
      if (this.apartFrom !== null && !this.takesApart) return false;
      this.isJoined = true;
    }
    const isRepeated = this.lines.isBounded && this.lines.place.isRepeated(stream, seconds, nanoseconds);
    if (isRepeated && !this.isRepeating) this.repeatCount += 1;
    this.isRepeating = isRepeated;
    if (isRepeated) return false;
    this.lineCount += 1;
    this.lines.place.note(stream, seconds, nanoseconds);
    return true;
  }
}
