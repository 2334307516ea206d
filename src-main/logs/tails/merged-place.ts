import type { LogStream } from '../frame';
import { compareStamps, type Stamp } from '../stamp';
import { isOfClockAhead, type KnownLine, type LinePlace, stampBefore, type ToldAgain } from './line-place';

/** As it is written down: what else was read shortly before the newest stamp, as nanoseconds behind it. */
interface WrittenPlace {
  readonly stamp: Stamp;
  readonly count: number;
  readonly recent?: readonly number[];
}

/** An engine stamps the two streams of a container before they wait for each other: so long behind a line an earlier one may come. */
const longestDisorderNs = 100e6;
/** Lines whose stamps are remembered: a tenth of a second of a flood. */
const leastRemembered = 64;
const mostRemembered = 8_192;
const writtenNs = 20e6;
const mostWritten = 256;

/**
 * The place in a log that does not say which of the two streams a line was printed on, as that of a pod: the newest stamp, how many lines
 * bear it, and the stamps of the lines read last. A stream that begins anew is opened a moment before the newest stamp, and what of it
 * was read is told by these: neither the clock alone nor the order of the lines could.
 */
export class MergedPlace implements LinePlace {
  readonly last: KnownLine | null = null;
  private seconds = 0;
  private nanoseconds = 0;
  private count = -1;
  /** A ring of stamps; `total` lines were put into it. */
  private ringSeconds = new Float64Array(leastRemembered);
  private ringNanoseconds = new Uint32Array(leastRemembered);
  private total = 0;

  constructor(private readonly nowMs: () => number) {}

  /** Null: no line was read. */
  get newest(): Stamp | null {
    return this.count < 0 ? null : { seconds: this.seconds, nanoseconds: this.nanoseconds };
  }

  write(): string | null {
    const { newest, count } = this;
    if (newest === null) return null;
    const recent = this.behindNewest(mostWritten).filter((behind) => behind > 0 && behind <= writtenNs);
    const written: WrittenPlace = recent.length === 0 ? { stamp: newest, count } : { stamp: newest, count, recent };
    return JSON.stringify(written);
  }

  restore(text: string): void {
    const { stamp, count, recent = [] } = JSON.parse(text) as WrittenPlace;
    this.total = 0;
    for (const behind of recent) this.remember(stampBefore(stamp, behind));
    for (let left = Math.min(count, mostRemembered); left > 0; left -= 1) this.remember(stamp);
    this.seconds = stamp.seconds;
    this.nanoseconds = stamp.nanoseconds;
    this.count = count;
  }

  toldAgain(): ToldAgain | null {
    const { newest, count } = this;
    if (newest === null || this.isAhead()) return null;
    const behind = this.behindNewest(mostRemembered);
    // Of the older half the lines may be missing that were read before those that are remembered. Where lines come one by one there is none.
    const reach = Math.floor(behind.reduce((most, one) => (one <= longestDisorderNs ? Math.max(most, one) : most), 0) / 2);
    const left = new Map([[keyOf(newest), count]]);
    for (const one of behind) {
      if (one <= 0 || one > reach) continue;
      const key = keyOf(stampBefore(newest, one));
      left.set(key, (left.get(key) ?? 0) + 1);
    }
    return new MergedAgain(stampBefore(newest, reach), newest, left, count > 0);
  }

  note(_stream: LogStream, seconds: number, nanoseconds: number): void {
    const order = this.count < 0 ? 1 : seconds - this.seconds || nanoseconds - this.nanoseconds;
    if (order > 0 || (order < 0 && this.isAhead())) {
      this.seconds = seconds;
      this.nanoseconds = nanoseconds;
      this.count = 1;
    } else if (order === 0) this.count += 1;
    this.remember({ seconds, nanoseconds });
  }

  isRepeated(): boolean {
    return false;
  }

  leave(): void {}

  hold(): void {}

  /** The clock was set back since the newest line. */
  private isAhead(): boolean {
    return this.newest !== null && isOfClockAhead(this.newest, this.nowMs());
  }

  private remember({ seconds, nanoseconds }: Stamp): void {
    const size = this.ringSeconds.length;
    if (this.total === size && size < mostRemembered) this.grow();
    const at = this.total % this.ringSeconds.length;
    this.ringSeconds[at] = seconds;
    this.ringNanoseconds[at] = nanoseconds;
    this.total += 1;
  }

  private grow(): void {
    const { ringSeconds, ringNanoseconds } = this;
    this.ringSeconds = new Float64Array(ringSeconds.length * 4);
    this.ringSeconds.set(ringSeconds);
    this.ringNanoseconds = new Uint32Array(ringNanoseconds.length * 4);
    this.ringNanoseconds.set(ringNanoseconds);
  }

  /** Of the lines read last, the oldest first. */
  private behindNewest(limit: number): readonly number[] {
    const size = this.ringSeconds.length;
    const behind: number[] = [];
    for (let index = Math.max(0, this.total - Math.min(limit, size)); index < this.total; index += 1) {
      const at = index % size;
      const seconds = this.seconds - (this.ringSeconds[at] ?? 0);
      behind.push(seconds * 1e9 + this.nanoseconds - (this.ringNanoseconds[at] ?? 0));
    }
    return behind;
  }
}

class MergedAgain implements ToldAgain {
  constructor(
    readonly from: Stamp,
    private readonly upTo: Stamp,
    /** How many lines of each stamp were read; counted down as they come. */
    private readonly left: Map<string, number>,
    readonly isAfterLines: boolean,
  ) {}

  wasRead(_stream: LogStream, seconds: number, nanoseconds: number): boolean {
    const stamp = { seconds, nanoseconds };
    if (compareStamps(stamp, this.upTo) > 0) return false;
    if (compareStamps(stamp, this.from) < 0) return true;
    const key = keyOf(stamp);
    const left = this.left.get(key) ?? 0;
    if (left === 0) return false;
    this.left.set(key, left - 1);
    return true;
  }
}

function keyOf({ seconds, nanoseconds }: Stamp): string {
  return `${seconds}.${nanoseconds}`;
}
