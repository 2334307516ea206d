import type { EngineLogBound, EngineLogFile } from '../../platform/container-engine';
import type { LogFramer } from '../frame';
import { formatSince } from '../stamp';
import type { RouteDeps } from './container-file';
import type { ReadLines } from './container-lines';

/** An engine has to wait for its reader when so much is on its way to it, in lines or in bytes. The kernel holds 277 short lines, or 208 KiB. */
const heldLines = 200;
const heldBytes = 64 * 1024;
/** A chunk that had to be waited for came as it was written. */
const waitedMs = 20;
/** No engine writes a log faster. */
const fastestBytesPerMs = 100_000;

const longestPauseMs = 250;
const shortestPauseMs = 20;
/** With fewer there is no hurry when nobody looks at them. */
const manyLines = 1_000;
/** The first question is for so many of the newest lines. */
const leastNewest = 2_000;
const calmWindowMs = 5_000;
const calmLines = 300;

/**
 * Reads a log that is rotated by asking again and again for what is kept of it. An engine that follows such a log goes on with the newest
 * file when it is done with one: of those that came between while its reader was busy it says nothing, to nobody
 * (https://github.com/moby/moby/pull/43294: "file rotations were missed … some log messages have been skipped over", in its own log only;
 * 20.10 has not even this). What is kept it tells without gaps, and whether that begins where reading ended can be seen.
 */
export class KeptRoute {
  private bound: EngineLogBound | null | 'unknown' = 'unknown';
  /** The stream was at the end of the log, or near it. */
  private currentAtMs = 0;
  private askedAtMs = 0;
  private isFirst = true;
  private isPossible: boolean;
  private gapCount = 0;

  constructor(private readonly deps: RouteDeps) {
    this.isPossible = deps.feed.keptLogs !== undefined;
  }

  /** A stream is opened. */
  restart(): void {
    this.currentAtMs = this.deps.clock.monotonicMs();
    this.askedAtMs = this.currentAtMs;
    this.isFirst = true;
  }

  /** Whether files may have been passed over before what the stream just gave. Then it must not be taken. */
  mayMiss(chunk: Buffer): boolean {
    const { bound, isFirst, isPossible } = this;
    this.isFirst = false;
    if (!isPossible || bound === null || bound === 'unknown' || bound.fileCount < 2) return false;
    const { clock, lines } = this.deps;
    const nowMs = clock.monotonicMs();
    const isWaitedFor = !isFirst && nowMs - this.askedAtMs > waitedMs;
    // Of a quiet log it is enough that the engine had not to wait for its reader.
    const isCurrent = !lines.flood.isBusy && (isWaitedFor || (chunk.length < heldBytes && !holdsLines(chunk, heldLines)));
    if (isCurrent) this.currentAtMs = nowMs;
    return nowMs - this.currentAtMs >= leastTurnMs(bound) && lines.place.toldAgain() !== null;
  }

  /** What the stream gave was taken. */
  settle(): void {
    const { bound } = this;
    const { clock, lines } = this.deps;
    if (bound === null || bound === 'unknown' || lines.lastAtMs === null) return;
    if (clock.nowMs() - lines.lastAtMs < leastTurnMs(bound)) this.currentAtMs = clock.monotonicMs();
  }

  /** The stream is asked for more. */
  ask(): void {
    this.askedAtMs = this.deps.clock.monotonicMs();
  }

  /** Null: nothing is ever taken away from its log, as far as is known. */
  async readBound(): Promise<EngineLogBound | null> {
    const { id, feed, signal } = this.deps;
    if (this.bound === 'unknown') this.bound = (await feed.logBound?.(id, signal)) ?? null;
    return this.bound;
  }

  /** Until little comes, or the container does not run any more. Gives the file that it can be read from as well, as soon as `find` has one. */
  async follow(find: (framer: LogFramer) => Promise<EngineLogFile | null>): Promise<EngineLogFile | null> {
    const { clock, lines, signal, isPresent, wait } = this.deps;
    let newest: number | null = leastNewest;
    let pauseMs = longestPauseMs;
    let windowFromMs = clock.monotonicMs();
    let windowLines = 0;
    while (!signal.aborted && this.isPossible) {
      const gapsBefore = this.gapCount;
      const reading = await this.read(newest);
      if (reading === null) {
        newest = null;
        continue;
      }
      const file = await find(reading.framer);
      if (file !== null) return file;
      const { lineCount } = reading;
      // What is kept may be the flood of a moment.
      pauseMs = this.gapCount > gapsBefore ? Math.max(shortestPauseMs, pauseMs / 2) : Math.min(longestPauseMs, pauseMs * 1.1);
      newest = Math.max(leastNewest, lineCount * 4);
      windowLines += lineCount;
      if (!isPresent()) return null;
      const nowMs = clock.monotonicMs();
      if (nowMs - windowFromMs >= calmWindowMs) {
        if (windowLines < calmLines) return null;
        windowFromMs = nowMs;
        windowLines = 0;
      }
      await ((lineCount < manyLines && lines.rest()) || wait(pauseMs));
    }
    return null;
  }

  /** Null: so many of the newest do not reach back to where reading ended, and none was taken. */
  private async read(wanted: number | null): Promise<ReadLines | null> {
    const { id, feed, lines, signal } = this.deps;
    const again = lines.place.toldAgain();
    const newest = again?.isAfterLines === true ? wanted : null;
    const chunks = again === null ? null : await feed.keptLogs?.(id, { since: formatSince(again.from), newest }, signal);
    const reading = lines.open(again, newest === null);
    if (!chunks) {
      this.isPossible = false;
      return reading;
    }
    for await (const chunk of chunks) {
      reading.framer.write(chunk);
      if (reading.apartFrom !== null && newest !== null) return null;
      lines.place.hold(reading.framer.heldStamp);
      await lines.tellPosition();
      if (reading.framer.isBroken) break;
    }
    if (reading.apartFrom !== null) {
      this.gapCount += 1;
      lines.counters.countGap();
    }
    return reading;
  }
}

/** In less time no file of the log was filled. */
function leastTurnMs({ fileBytes }: EngineLogBound): number {
  return fileBytes / fastestBytesPerMs;
}

function holdsLines(chunk: Buffer, count: number): boolean {
  let at = -1;
  for (let left = count; left > 0; left -= 1) {
    at = chunk.indexOf(10, at + 1);
    if (at === -1) return false;
  }
  return true;
}
