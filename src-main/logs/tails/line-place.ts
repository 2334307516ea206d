import { compareStamps, type Stamp } from '../stamp';

/** A line, by its stamp, and how many lines bear it up to there. */
export interface KnownPlace {
  readonly stamp: Stamp;
  readonly count: number;
}

/** As it is written down: what else was read shortly before the newest stamp, as nanoseconds behind it. */
interface WrittenPlace extends KnownPlace {
  readonly recent?: readonly number[];
}

/** What a stream that begins at `from` tells again. */
export interface ToldAgain {
  readonly from: Stamp;
  readonly upTo: Stamp;
  /** How many lines of each stamp were read; counted down as they come. */
  readonly read: Map<string, number>;
}

/** An engine stamps the two streams of a container before they wait for each other: so long behind a line an earlier one may come. */
const longestDisorderNs = 100e6;
/** Lines whose stamps are remembered: a tenth of a second of a flood. */
const leastRemembered = 64;
const mostRemembered = 8_192;
const writtenNs = 20e6;
const mostWritten = 256;

/**
 * How far a container's log is read: the newest stamp, how many lines bear it, and the stamps of the lines read last. A stream that
 * begins anew is opened a moment before the newest stamp, and what of it was read is told by these: neither the clock alone nor the
 * order of the lines could.
 */
export class LinePlace {
  private seconds = 0;
  private nanoseconds = 0;
  private count = -1;
  private atNewest = false;
  /** A ring of stamps; `total` lines were put into it. */
  private ringSeconds = new Float64Array(leastRemembered);
  private ringNanoseconds = new Uint32Array(leastRemembered);
  private total = 0;

  /** Null: no line was read. */
  get newest(): KnownPlace | null {
    if (this.count < 0) return null;
    return { stamp: { seconds: this.seconds, nanoseconds: this.nanoseconds }, count: this.count };
  }

  /** The line read last is the one with the newest stamp. */
  get isAtNewest(): boolean {
    return this.atNewest;
  }

  /** Null: nowhere. */
  write(): string | null {
    const { newest } = this;
    if (newest === null) return null;
    const recent = this.behindNewest(mostWritten).filter((behind) => behind > 0 && behind <= writtenNs);
    const written: WrittenPlace = recent.length === 0 ? newest : { ...newest, recent };
    return JSON.stringify(written);
  }

  /** As `write` gave it, in an earlier run too. */
  restore(text: string): void {
    const { stamp, count, recent = [] } = JSON.parse(text) as WrittenPlace;
    this.total = 0;
    for (const behind of recent) this.remember(...before(stamp, behind));
    for (let left = Math.min(count, mostRemembered); left > 0; left -= 1) this.remember(stamp.seconds, stamp.nanoseconds);
    this.seconds = stamp.seconds;
    this.nanoseconds = stamp.nanoseconds;
    this.count = count;
  }

  toldAgain(): ToldAgain | null {
    const { newest } = this;
    if (newest === null) return null;
    const behind = this.behindNewest(mostRemembered);
    // Of the older half the lines may be missing that were read before those that are remembered. Where lines come one by one there is none.
    const reach = Math.floor(behind.reduce((most, one) => (one <= longestDisorderNs ? Math.max(most, one) : most), 0) / 2);
    const [fromSeconds, fromNanoseconds] = before(newest.stamp, reach);
    const read = new Map([[keyOf(this.seconds, this.nanoseconds), newest.count]]);
    for (const one of behind) {
      if (one <= 0 || one > reach) continue;
      const key = keyOf(...before(newest.stamp, one));
      read.set(key, (read.get(key) ?? 0) + 1);
    }
    return { from: { seconds: fromSeconds, nanoseconds: fromNanoseconds }, upTo: newest.stamp, read };
  }

  /** A line without a stamp came. */
  leave(): void {
    this.atNewest = false;
  }

  /** False: the line was read before. */
  pass(seconds: number, nanoseconds: number, again: ToldAgain | null): boolean {
    if (again !== null && wasRead(seconds, nanoseconds, again)) return false;
    this.note(seconds, nanoseconds);
    return true;
  }

  /** A line was read. */
  note(seconds: number, nanoseconds: number): void {
    const order = this.count < 0 ? 1 : seconds - this.seconds || nanoseconds - this.nanoseconds;
    if (order > 0) {
      this.seconds = seconds;
      this.nanoseconds = nanoseconds;
      this.count = 1;
    } else if (order === 0) this.count += 1;
    this.atNewest = order >= 0;
    this.remember(seconds, nanoseconds);
  }

  private remember(seconds: number, nanoseconds: number): void {
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

function wasRead(seconds: number, nanoseconds: number, { from, upTo, read }: ToldAgain): boolean {
  const stamp = { seconds, nanoseconds };
  if (compareStamps(stamp, upTo) > 0) return false;
  if (compareStamps(stamp, from) < 0) return true;
  const key = keyOf(seconds, nanoseconds);
  const left = read.get(key) ?? 0;
  if (left === 0) return false;
  read.set(key, left - 1);
  return true;
}

function before({ seconds, nanoseconds }: Stamp, behindNs: number): readonly [seconds: number, nanoseconds: number] {
  const whole = Math.floor(behindNs / 1e9);
  const rest = nanoseconds - (behindNs - whole * 1e9);
  return rest >= 0 ? [seconds - whole, rest] : [seconds - whole - 1, rest + 1e9];
}

function keyOf(seconds: number, nanoseconds: number): string {
  return `${seconds}.${nanoseconds}`;
}
