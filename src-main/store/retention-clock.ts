import type { Clock } from '../platform/clock';

/** What is believed of the wall clock. Times without "wall" are those of the clock that is never set. */
export interface ClockBelief {
  readonly wallMs: number;
  /** When that was believed. */
  readonly atMs: number;
  /** Since when the wall clock runs far ahead of that; null: it does not. */
  readonly doubtedSinceMs: number | null;
}

const dayMs = 86_400_000;
/** Further ahead than this of what was last believed, the clock is doubted. */
const farAheadMs = 2 * dayMs;
/** A clock that was doubted for so long is right: the machine was off, or slept, for days. */
const believedAfterMs = 6 * 3_600_000;

/** What to believe now that the wall clock shows `wallMs`. */
export function believe(before: ClockBelief, wallMs: number, atMs: number): ClockBelief {
  const isFarAhead = wallMs - expectedWallMs(before, atMs) > farAheadMs;
  const doubtedSinceMs = before.doubtedSinceMs ?? atMs;
  if (isFarAhead && atMs - doubtedSinceMs < believedAfterMs) return { ...before, doubtedSinceMs };
  return { wallMs, atMs, doubtedSinceMs: null };
}

/** What the wall clock shows when it went on from what was believed. */
export function expectedWallMs({ wallMs, atMs }: ClockBelief, nowMs: number): number {
  return wallMs + (nowMs - atMs);
}

/**
 * The time by which things become too old to be kept. A clock that stands years ahead for the first minutes after a start would have
 * everything thrown away for ever: in doubt the time goes on from where the last thing was stored. Null: there is nothing stored yet.
 */
export function createRetentionClock(clock: Clock, lastStoredAtMs: number | null): () => number {
  let belief: ClockBelief = { wallMs: lastStoredAtMs ?? clock.nowMs(), atMs: clock.monotonicMs(), doubtedSinceMs: null };
  return () => {
    const atMs = clock.monotonicMs();
    belief = believe(belief, clock.nowMs(), atMs);
    return expectedWallMs(belief, atMs);
  };
}
