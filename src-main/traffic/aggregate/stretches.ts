import { DurationSketch } from './duration-sketch';
import { MinuteFigures } from './minute-table';

const stretchLimit = 240;
const daySeconds = 86_400;
/** Each holds the one before it a whole number of times, so stretches can be joined. */
const widths = [
  1,
  5,
  10,
  30,
  60,
  300,
  600,
  1_800,
  3_600,
  7_200,
  21_600,
  43_200,
  daySeconds,
  7 * daySeconds,
  28 * daySeconds,
  364 * daySeconds,
];
const widest = 3_640 * daySeconds;

/** The narrowest width of which at most 240 cover all from `firstSecond` to `lastSecond`. */
export function stretchSeconds(firstSecond: number, lastSecond: number): number {
  const fits = (width: number) => Math.floor(lastSecond / width) - Math.floor(firstSecond / width) < stretchLimit;
  return widths.find(fits) ?? widest;
}

/** Figures of one stretch of time. */
export class StretchFigures extends MinuteFigures {
  /** While its times are not in the sketch yet. */
  maxMs = 0;
  readonly times = new DurationSketch();
}

/** Figures of a log over its whole time, in as many equal stretches as fit, which widen as it grows. */
export class StretchTable {
  widthSeconds = 1;
  private byNumber = new Map<number, StretchFigures>();
  private lowest = Number.POSITIVE_INFINITY;
  private highest = Number.NEGATIVE_INFINITY;
  private newestNumber = -1;
  private newest = new StretchFigures();

  find(atSecond: number): StretchFigures {
    const number = Math.floor(atSecond / this.widthSeconds);
    if (number === this.newestNumber) return this.newest;
    let figures = this.byNumber.get(number);
    if (figures === undefined) {
      if (Math.max(this.highest, number) - Math.min(this.lowest, number) >= stretchLimit) {
        this.widen(atSecond);
        return this.find(atSecond);
      }
      figures = new StretchFigures();
      this.byNumber.set(number, figures);
      this.lowest = Math.min(this.lowest, number);
      this.highest = Math.max(this.highest, number);
    }
    this.newestNumber = number;
    this.newest = figures;
    return figures;
  }

  /** In order of time; null: nothing was there. */
  all(): readonly (readonly [atSecond: number, figures: StretchFigures | null])[] {
    if (this.byNumber.size === 0) return [];
    return Array.from({ length: this.highest - this.lowest + 1 }, (_, index) => {
      const number = this.lowest + index;
      return [number * this.widthSeconds, this.byNumber.get(number) ?? null] as const;
    });
  }

  dump(): StretchDump {
    const stretches = [...this.byNumber].map(([number, { times, ...figures }]) => ({ number, figures, times: times.dump() }));
    return { widthSeconds: this.widthSeconds, stretches };
  }

  /** The table must be new. */
  restore({ widthSeconds, stretches }: StretchDump): void {
    this.widthSeconds = widthSeconds;
    for (const { number, figures, times } of stretches) {
      const restored = Object.assign(new StretchFigures(), figures);
      restored.times.restore(times);
      this.byNumber.set(number, restored);
      this.lowest = Math.min(this.lowest, number);
      this.highest = Math.max(this.highest, number);
    }
  }

  private widen(atSecond: number): void {
    const first = Math.min(this.lowest * this.widthSeconds, atSecond);
    const last = Math.max(this.highest * this.widthSeconds, atSecond);
    const before = this.byNumber;
    const oldWidth = this.widthSeconds;
    this.widthSeconds = Math.max(stretchSeconds(first, last), oldWidth);
    this.byNumber = new Map();
    this.newestNumber = -1;
    this.lowest = Number.POSITIVE_INFINITY;
    this.highest = Number.NEGATIVE_INFINITY;
    for (const [number, figures] of before) {
      const joined = Math.floor((number * oldWidth) / this.widthSeconds);
      const known = this.byNumber.get(joined);
      if (known === undefined) this.byNumber.set(joined, figures);
      else {
        known.merge(figures);
        known.times.merge(figures.times);
      }
      this.lowest = Math.min(this.lowest, joined);
      this.highest = Math.max(this.highest, joined);
    }
  }
}

/** A table as plain data. */
export interface StretchDump {
  readonly widthSeconds: number;
  readonly stretches: readonly {
    readonly number: number;
    readonly figures: Omit<MinuteFigures, 'merge'>;
    readonly times: ReturnType<DurationSketch['dump']>;
  }[];
}
