/** Memory of one run of a container over the last minutes; a bounded ring, oldest first. */
export interface MemoryTrend {
  readonly startedAtMs: number | null;
  readonly samples: readonly MemorySample[];
  /** As of the newest sample. */
  readonly growthBytesPerSecond: number | null;
}

export interface MemorySample {
  readonly atMs: number;
  readonly bytes: number;
}

const sampleEveryMs = 10_000;
const maxSamples = 30;
/** A minute is the least that tells growth from filling up at the start. */
const leastSamples = 7;
/** The machine slept, or the engine was away: what was before is another story. */
const gapMs = 60_000;
/** Less than this, and less than a hundredth of what it uses, is noise. */
const noiseBytes = 1024 * 1024;

/** The trend after one more reading; the same object when it was too early for a sample. Pure. */
export function advanceTrend(before: MemoryTrend | undefined, startedAtMs: number | null, sample: MemorySample): MemoryTrend {
  const newest = before?.samples.at(-1);
  const elapsedMs = newest === undefined ? 0 : sample.atMs - newest.atMs;
  if (before === undefined || newest === undefined || before.startedAtMs !== startedAtMs || elapsedMs < 0 || elapsedMs > gapMs) {
    return { startedAtMs, samples: [sample], growthBytesPerSecond: null };
  }
  if (elapsedMs < sampleEveryMs - 500) return before;
  const samples = [...before.samples.slice(1 - maxSamples), sample];
  return { startedAtMs, samples, growthBytesPerSecond: deriveGrowth(samples) };
}

/**
 * Theil-Sen: the median of the slopes of all pairs (P. K. Sen, 1968), which a third of wild samples does not move. Null
 * unless it is steady: long enough, more than noise, nearly all slopes of one sign and close together, and the newest half
 * as steep as the whole (what fills up and then stays is no growth).
 */
export function deriveGrowth(samples: readonly MemorySample[]): number | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length < leastSamples) return null;
  // Most containers stand still: told before any slope is computed, so that a hundred of them cost nothing.
  if (Math.abs(last.bytes - first.bytes) < Math.max(noiseBytes, last.bytes / 100)) return null;
  const slopes = slopesOf(samples);
  const slope = quantile(slopes, 0.5);
  const sameSign = slopes.reduce((count, one) => count + (one * slope > 0 ? 1 : 0), 0) / slopes.length;
  const spread = quantile(slopes, 0.75) - quantile(slopes, 0.25);
  if (sameSign < 0.9 || spread > Math.abs(slope)) return null;
  const newerSlope = quantile(slopesOf(samples.slice(samples.length >> 1)), 0.5);
  return newerSlope / slope >= 0.5 ? slope * 1000 : null;
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
