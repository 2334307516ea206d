import type { MetricPoint, MetricSample } from '../../src-shared/metrics';

/** A figure without a number has nothing to plot, and one NaN would make a whole transaction fail. */
export function keepFinite(samples: readonly MetricSample[]): readonly MetricSample[] {
  return samples.every(hasNumbers) ? samples : samples.filter(hasNumbers);
}

function hasNumbers(sample: MetricSample): boolean {
  return Number.isFinite(sample.value) && Number.isFinite(sample.atMs);
}

/** Width of one of at most `maxPoints` equal stretches that cover fromMs..toMs, both ends included. */
export function bucketWidthMs(fromMs: number, toMs: number, maxPoints: number): number {
  return Math.max(1, Math.ceil((toMs - fromMs + 1) / maxPoints));
}

/**
 * Mean value and mean time of each stretch that has points; a stretch with one point keeps it as it is.
 * `points` are sorted by time and lie within fromMs..toMs.
 */
export function bucketMeans(
  points: readonly { readonly atMs: number; readonly value: number }[],
  fromMs: number,
  toMs: number,
  maxPoints: number,
): readonly MetricPoint[] {
  const width = bucketWidthMs(fromMs, toMs, maxPoints);
  const buckets = new Map<number, { count: number; timeSum: number; valueSum: number }>();
  for (const { atMs, value } of points) {
    const index = Math.floor((atMs - fromMs) / width);
    const bucket = buckets.get(index) ?? { count: 0, timeSum: 0, valueSum: 0 };
    bucket.count += 1;
    // Offsets, not epoch times: sums of epoch times lose milliseconds to rounding.
    bucket.timeSum += atMs - fromMs;
    bucket.valueSum += value;
    buckets.set(index, bucket);
  }
  return [...buckets.values()].map(({ count, timeSum, valueSum }) => ({
    atMs: fromMs + Math.round(timeSum / count),
    value: valueSum / count,
  }));
}
