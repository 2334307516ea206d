export interface MemorySample {
  readonly atMs: number;
  readonly bytes: number;
}

export interface GrowthBar {
  /** Fewer tell nothing. */
  readonly leastSamples: number;
  /** Less change than this is noise. */
  readonly noiseBytes: number;
  /** Less change than this share of the newest sample is noise too. */
  readonly noiseRatio: number;
}

/**
 * Bytes per millisecond by Theil-Sen: the median of the slopes of all pairs (P. K. Sen, 1968), which a third of wild samples
 * does not move. Null unless it is steady: long enough, more than noise, nearly all slopes of one sign and close together, and
 * the newest half as steep as the whole (what fills up and then stays is no growth). `samples`: oldest first.
 */
export function deriveSteadySlope(samples: readonly MemorySample[], bar: GrowthBar): number | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length < bar.leastSamples) return null;
  // Most stand still: told before any slope is computed, so that thousands of them cost nothing.
  if (Math.abs(last.bytes - first.bytes) < Math.max(bar.noiseBytes, last.bytes * bar.noiseRatio)) return null;
  const slopes = slopesOf(samples);
  const slope = quantile(slopes, 0.5);
  const sameSign = slopes.reduce((count, one) => count + (one * slope > 0 ? 1 : 0), 0) / slopes.length;
  const spread = quantile(slopes, 0.75) - quantile(slopes, 0.25);
  if (sameSign < 0.9 || spread > Math.abs(slope)) return null;
  const newerSlope = quantile(slopesOf(samples.slice(samples.length >> 1)), 0.5);
  return newerSlope / slope >= 0.5 ? slope : null;
}

/** Bytes per millisecond, ascending. */
function slopesOf(samples: readonly MemorySample[]): Float64Array {
  const slopes = new Float64Array((samples.length * (samples.length - 1)) / 2);
  let index = 0;
  samples.forEach((later, position) => {
    for (const earlier of samples.slice(0, position)) {
      slopes[index] = (later.bytes - earlier.bytes) / (later.atMs - earlier.atMs);
      index += 1;
    }
  });
  return slopes.sort();
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
