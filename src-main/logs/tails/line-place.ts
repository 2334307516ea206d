import type { LogStream } from '../frame';
import { type Stamp, stampToMs } from '../stamp';

/** An engine's clock may be ahead of ours by so much. A stamp beyond that is of a time before a clock was set back. */
const longestAheadMs = 10 * 60_000;

/** A line, by its stream and stamp, and how many lines of that stream bear the stamp up to there. */
export interface KnownLine {
  readonly stream: LogStream;
  readonly stamp: Stamp;
  readonly count: number;
}

/** What a stream that begins at `from` tells again. */
export interface ToldAgain {
  readonly from: Stamp;
  /** Lines were read: the last of them is told again as long as it is kept. */
  readonly isAfterLines: boolean;
  /** Asked once for each line, in the order in which they come. */
  wasRead(stream: LogStream, seconds: number, nanoseconds: number): boolean;
}

/** How far a container's log is read. */
export interface LinePlace {
  /** The line read last, where it can be told from every other one; else null. */
  readonly last: KnownLine | null;
  /** In words that `restore` takes, in a later run too; null: nothing was read. */
  write(): string | null;
  restore(text: string): void;
  /** Null: nothing was read, or only under a clock that was set back since: what came after that cannot be told by its stamps. */
  toldAgain(): ToldAgain | null;
  /** The line was read before, in this stream: a log of one stream is in the order of its stamps, but for a clock that went back. */
  isRepeated(stream: LogStream, seconds: number, nanoseconds: number): boolean;
  /** A line was read. */
  note(stream: LogStream, seconds: number, nanoseconds: number): void;
  /** A line without a stamp was read. */
  leave(): void;
  /** Stamp of the oldest line of which only a part came so far; null: there is none. */
  hold(stamp: Stamp | null): void;
}

/** It was written under a clock that has been set back since. */
export function isOfClockAhead(stamp: Stamp, nowMs: number): boolean {
  return stampToMs(stamp) > nowMs + longestAheadMs;
}

/** As much earlier. */
export function stampBefore({ seconds, nanoseconds }: Stamp, behindNs: number): Stamp {
  const whole = Math.floor(behindNs / 1e9);
  const rest = nanoseconds - (behindNs - whole * 1e9);
  return rest >= 0 ? { seconds: seconds - whole, nanoseconds: rest } : { seconds: seconds - whole - 1, nanoseconds: rest + 1e9 };
}
