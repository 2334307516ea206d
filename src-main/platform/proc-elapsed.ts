import type { Clock } from './clock';

/** The base of rates: how long since the sample before, in monotonic time. */
export interface ElapsedBetweenSamples {
  /** Marks a sample; the milliseconds since the one before, or null when there is none that a rate may be made from. */
  mark(): number | null;
}

/**
 * No rate over a gap longer than three cadences: the machine slept or LogScope was paused, and an average over that
 * would be shown as "now". The cadence is the longer of `everyMs` and the last gap, because a hidden window samples
 * more rarely: then only the first sample after the change has no rate.
 */
export function elapsedBetweenSamples(clock: Clock, everyMs: number): ElapsedBetweenSamples {
  let lastMs: number | null = null;
  let lastGapMs = 0;
  return {
    mark() {
      const nowMs = clock.monotonicMs();
      const gapMs = lastMs === null ? null : nowMs - lastMs;
      lastMs = nowMs;
      if (gapMs === null) return null;
      const longestMs = 3 * Math.max(everyMs, lastGapMs);
      lastGapMs = gapMs;
      return gapMs > 0 && gapMs <= longestMs ? gapMs : null;
    },
  };
}
