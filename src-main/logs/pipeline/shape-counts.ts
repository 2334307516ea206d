import type { LogOrigin } from '../../../src-shared/logs/log-record';
import type { LogLevel } from '../../../src-shared/logs/parsed-line';
import type { RunKind } from '../../store/logs/log-store';
import type { PatternBook } from './pattern-book';
import type { PatternStat } from './pattern-stat';

/** Lines of one pattern and level, not yet counted with the others of it; changed in place. */
export interface PatternLane {
  readonly masked: string;
  readonly level: LogLevel | null;
  stat: PatternStat | null;
  /** Of the book, when `stat` was looked up. */
  bookVersion: number;
  count: number;
  minAtMs: number;
  maxAtMs: number;
  minute: number;
  lastPlace: number;
  /** Place in the list of kinds of the run that is being put together, which `run` tells. */
  kind: number;
  run: number;
}

/** Counts lines whose pattern is known many at a time. */
export class ShapeCounts {
  private readonly lanes = new Map<string, PatternLane>();
  private touched: PatternLane[] = [];
  private taken = 0;

  constructor(
    private readonly book: PatternBook,
    private readonly nowMs: () => number,
  ) {}

  laneOf(masked: string, level: LogLevel | null): PatternLane {
    const key = `${level ?? ''} ${masked}`;
    let lane = this.lanes.get(key);
    if (lane === undefined) {
      const none = { count: 0, minAtMs: 0, maxAtMs: 0, minute: 0, lastPlace: 0, kind: 0, run: -1 };
      lane = { masked, level, stat: null, bookVersion: -1, ...none };
      this.lanes.set(key, lane);
    }
    return lane;
  }

  forgetLanes(): void {
    this.lanes.clear();
  }

  /** Null: the pattern is not known (any more): a line has to be looked at. */
  statOf(lane: PatternLane): PatternStat | null {
    if (lane.stat === null || lane.bookVersion !== this.book.version) {
      lane.stat = this.book.find(lane.masked);
      lane.bookVersion = this.book.version;
    }
    return lane.stat;
  }

  add(lane: PatternLane, origin: LogOrigin, atMs: number): void {
    const minute = Math.floor(atMs / 60_000);
    if (lane.count > 0 && lane.minute !== minute) this.count(lane, origin);
    this.taken += 1;
    if (lane.count === 0) {
      lane.minute = minute;
      lane.minAtMs = atMs;
      lane.maxAtMs = atMs;
      this.touched.push(lane);
    } else if (atMs < lane.minAtMs) lane.minAtMs = atMs;
    else if (atMs > lane.maxAtMs) lane.maxAtMs = atMs;
    lane.count += 1;
    lane.lastPlace = this.taken;
  }

  /** Before anything else is counted. */
  settle(origin: LogOrigin): void {
    if (this.touched.length === 0) return;
    for (const lane of this.touched) if (lane.count > 0) this.count(lane, origin);
    this.touched = [];
    this.book.pass(this.taken);
    this.taken = 0;
  }

  private count(lane: PatternLane, origin: LogOrigin): void {
    const { stat, count, minAtMs, maxAtMs, level, lastPlace } = lane;
    lane.count = 0;
    if (stat !== null) this.book.seeMany(stat, { origin, count, minAtMs, maxAtMs, level, nowMs: this.nowMs() }, lastPlace);
  }
}

export function kindOf({ level, stat }: PatternLane): RunKind {
  return { level, pattern: stat?.group.id ?? null };
}
