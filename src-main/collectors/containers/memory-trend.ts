import { deriveSteadySlope, type GrowthBar, type MemorySample } from '../steady-growth';

/** Memory of one run of a container over the last minutes; a bounded ring, oldest first. */
export interface MemoryTrend {
  readonly startedAtMs: number | null;
  readonly samples: readonly MemorySample[];
  /** As of the newest sample. */
  readonly growthBytesPerSecond: number | null;
}

const sampleEveryMs = 10_000;
const maxSamples = 30;
/** The machine slept, or the engine was away: what was before is another story. */
const gapMs = 60_000;
/** A minute is the least that tells growth from filling up at the start. */
const bar: GrowthBar = { leastSamples: 7, noiseBytes: 1024 * 1024, noiseRatio: 1 / 100 };

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

/** Bytes per second; null unless it is steady. */
export function deriveGrowth(samples: readonly MemorySample[]): number | null {
  const slope = deriveSteadySlope(samples, bar);
  return slope === null ? null : slope * 1000;
}
