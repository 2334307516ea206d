const stepsPerOctave = 64;
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
/** Upper half of a double: sign, 11 bits of exponent, 20 of mantissa; six of these number the steps of an octave. */
const shift = 14;
/** Below a microsecond (in milliseconds) everything counts as zero; above 2^33 ms (99 days) as that. */
const smallest = 2 ** -10;
const lowestStep = stepOf(smallest);
const highestStep = stepOf(2 ** 33);

/** A sketch as plain data. */
export interface SketchDump {
  readonly count: number;
  readonly sumMs: number;
  readonly maxMs: number;
  readonly minMs: number;
  readonly zeroCount: number;
  readonly counts: Uint32Array;
  readonly firstStep: number;
}

/**
 * The step of a time from the bits of its float32, which has 8 bits of exponent above its mantissa: the same steps, numbered from
 * another place (biases 1023 and 127).
 */
export const float32Shift = 17;
const float32Offset = (1023 - 127) * stepsPerOctave;
/** Steps of float32: those below count as zero, those above as the highest. */
export const lowestFloat32Step = lowestStep - float32Offset;
export const highestFloat32Step = highestStep - float32Offset;

/**
 * Durations in buckets whose width is 1/64 of the power of two they begin at, as HdrHistogram does: a quantile is at most 1/128 (0.8 %)
 * from the exact one, whatever was added, and two sketches are added bucket by bucket. 2.5 kB for times from 1 ms to 1 s.
 */
export class DurationSketch {
  count = 0;
  sumMs = 0;
  maxMs = 0;
  private minMs = Number.POSITIVE_INFINITY;
  private zeroCount = 0;
  private counts = new Uint32Array(0);
  private firstStep = 0;

  /** `ms`: zero or more. */
  add(ms: number): void {
    this.count += 1;
    this.sumMs += ms;
    if (ms > this.maxMs) this.maxMs = ms;
    if (ms < this.minMs) this.minMs = ms;
    if (ms < smallest) {
      this.zeroCount += 1;
      return;
    }
    double[0] = ms;
    let step = (words[1] as number) >> shift;
    if (step > highestStep) step = highestStep;
    let index = step - this.firstStep;
    if (index < 0 || index >= this.counts.length) {
      this.reach(step, step);
      index = step - this.firstStep;
    }
    (this.counts[index] as number) += 1;
  }

  merge(other: DurationSketch): void {
    this.count += other.count;
    this.sumMs += other.sumMs;
    this.maxMs = Math.max(this.maxMs, other.maxMs);
    this.minMs = Math.min(this.minMs, other.minMs);
    this.zeroCount += other.zeroCount;
    if (other.counts.length === 0) return;
    this.reach(other.firstStep, other.firstStep + other.counts.length - 1);
    const offset = other.firstStep - this.firstStep;
    for (let index = 0; index < other.counts.length; index++) (this.counts[index + offset] as number) += other.counts[index] as number;
  }

  /** Nearest rank: the smallest time that at least `share` (0 to 1) of all do not exceed. Null without times. */
  quantileMs(share: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(share * this.count));
    if (rank >= this.count) return this.maxMs;
    let seen = this.zeroCount;
    if (seen >= rank) return 0;
    for (let index = 0; index < this.counts.length; index++) {
      seen += this.counts[index] as number;
      if (seen >= rank) return Math.min(this.maxMs, Math.max(this.minMs, middleOf(this.firstStep + index)));
    }
    return this.maxMs;
  }

  /** Adds times that were counted by `float32Step`. `counts` from step `firstStep` on; those below a microsecond are `zeroCount`. */
  addSteps(counts: Uint32Array, firstStep: number, zeroCount: number, sumMs: number, maxMs: number): void {
    const found = counts.findIndex((count) => count > 0);
    const last = counts.findLastIndex((count) => count > 0);
    const lowest = zeroCount > 0 || found < 0 ? 0 : middleOf(firstStep + found + float32Offset);
    this.zeroCount += zeroCount;
    this.count += zeroCount;
    this.sumMs += sumMs;
    this.maxMs = Math.max(this.maxMs, maxMs);
    this.minMs = Math.min(this.minMs, lowest);
    if (found < 0) return;
    const low = firstStep + found + float32Offset;
    this.reach(low, firstStep + last + float32Offset);
    for (let index = found; index <= last; index++) {
      const count = counts[index] as number;
      (this.counts[low + index - found - this.firstStep] as number) += count;
      this.count += count;
    }
  }

  dump(): SketchDump {
    const { count, sumMs, maxMs, minMs, zeroCount, counts, firstStep } = this;
    return { count, sumMs, maxMs, minMs, zeroCount, counts, firstStep };
  }

  restore(dump: SketchDump): void {
    Object.assign(this, dump);
  }

  meanMs(): number | null {
    return this.count === 0 ? null : this.sumMs / this.count;
  }

  private reach(low: number, high: number): void {
    const isEmpty = this.counts.length === 0;
    const last = this.firstStep + this.counts.length - 1;
    if (!isEmpty && low >= this.firstStep && high <= last) return;
    const first = Math.max(lowestStep, Math.min(isEmpty ? low : this.firstStep, low) - stepsPerOctave);
    const wide = new Uint32Array(Math.min(highestStep, Math.max(isEmpty ? high : last, high) + stepsPerOctave) - first + 1);
    if (!isEmpty) wide.set(this.counts, this.firstStep - first);
    this.counts = wide;
    this.firstStep = first;
  }
}

function stepOf(ms: number): number {
  double[0] = ms;
  return (words[1] as number) >> shift;
}

function middleOf(step: number): number {
  words[0] = 0;
  words[1] = (step << shift) | (1 << (shift - 1));
  return double[0] as number;
}
