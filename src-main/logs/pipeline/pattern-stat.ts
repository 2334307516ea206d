import type { LogPatternSummary } from '../../../src-shared/contract/logs';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import type { LogLevel } from '../../../src-shared/logs/parsed-line';
import { liesAhead } from '../../rules/is-recent';
import type { PatternGroup } from '../patterns/pattern-group';
import { severityOf } from './judge-entry';
import { MinuteCounts } from './minute-counts';
import { newerStamp } from './newer-stamp';

export const countedMinutes = 60;
const namedOrigins = 5;

/** Lines of one source, level and minute. */
export interface SeenLines {
  readonly origin: LogOrigin;
  readonly count: number;
  readonly minAtMs: number;
  readonly maxAtMs: number;
  readonly nowMs: number;
  readonly level: LogLevel | null;
}

/** What is counted of one pattern; changed in place. */
export class PatternStat {
  readonly perMinute = new MinuteCounts(countedMinutes);
  level: LogLevel | null = null;
  count = 0;
  firstSeenAtMs = Number.POSITIVE_INFINITY;
  lastSeenAtMs = Number.NEGATIVE_INFINITY;
  mark: LogPatternSummary['mark'] = null;
  /** See PatternHistory. */
  begunAtMs: number | null = null;
  /** Something about it is not written down yet. */
  changed = true;
  private readonly origins = new Map<string, LogOrigin>();
  private otherSourceCount = 0;

  constructor(
    readonly group: PatternGroup,
    /** By the monotonic clock; a pattern begins when it is first counted. */
    readonly countedSinceMs: number,
  ) {}

  see(seen: {
    readonly origin: LogOrigin;
    readonly atMs: number;
    readonly nowMs: number;
    readonly level: LogLevel | null;
    readonly isPast: boolean;
  }): void {
    this.count += 1;
    this.changed = true;
    this.firstSeenAtMs = Math.min(this.firstSeenAtMs, seen.atMs);
    this.lastSeenAtMs = seen.isPast ? Math.max(this.lastSeenAtMs, seen.atMs) : newerStamp(this.lastSeenAtMs, seen.atMs, seen.nowMs);
    // Times of the past are partly guessed: a burst must not come of them.
    if (!seen.isPast) this.perMinute.add(seen.atMs, seen.nowMs);
    // It was there before it was watched: it is no news after all.
    else if (this.begunAtMs !== null && seen.atMs < this.begunAtMs) this.begunAtMs = null;
    if (severityOf(seen.level) > severityOf(this.level)) this.level = seen.level;
    this.name(seen.origin);
  }

  /** Lines of one minute that are being written now. */
  seeMany(seen: SeenLines): void {
    this.count += seen.count;
    this.changed = true;
    this.firstSeenAtMs = Math.min(this.firstSeenAtMs, seen.minAtMs);
    this.lastSeenAtMs = newerStamp(this.lastSeenAtMs, seen.maxAtMs, seen.nowMs);
    this.perMinute.add(seen.maxAtMs, seen.nowMs, seen.count);
    if (severityOf(seen.level) > severityOf(this.level)) this.level = seen.level;
    this.name(seen.origin, seen.count);
  }

  absorb(other: PatternStat, nowMs: number): void {
    this.count += other.count;
    this.changed = true;
    this.firstSeenAtMs = Math.min(this.firstSeenAtMs, other.firstSeenAtMs);
    this.lastSeenAtMs = Math.max(this.lastSeenAtMs, other.lastSeenAtMs);
    this.perMinute.absorb(other.perMinute, nowMs);
    if (severityOf(other.level) > severityOf(this.level)) this.level = other.level;
    this.mark ??= other.mark;
    // What was there before is no news, whichever of the two it was.
    this.begunAtMs = this.begunAtMs === null || other.begunAtMs === null ? null : Math.min(this.begunAtMs, other.begunAtMs);
    for (const origin of other.origins.values()) this.name(origin);
    this.otherSourceCount += other.otherSourceCount;
  }

  summarise(nowMs: number): LogPatternSummary {
    const { id, template, example } = this.group.toPattern();
    return {
      id,
      template,
      example,
      level: this.level,
      count: this.count,
      perMinute: this.perMinute.read(nowMs),
      firstSeenAtMs: this.firstSeenAtMs,
      lastSeenAtMs: this.lastSeenAtMs,
      origins: [...this.origins.values()],
      otherSourceCount: this.otherSourceCount,
      newSince: null,
      mark: this.mark,
    };
  }

  toNote(): PatternNote {
    const { id, template, example } = this.group.toPattern();
    const { level, count, firstSeenAtMs, lastSeenAtMs, mark, begunAtMs } = this;
    return { id, template, example, level, count, firstSeenAtMs, lastSeenAtMs, mark, begunAtMs, origins: [...this.origins.values()] };
  }

  takeNote({ level, count, firstSeenAtMs, lastSeenAtMs, mark, begunAtMs, origins }: PatternNote, nowMs: number): void {
    Object.assign(this, { level, count, firstSeenAtMs, lastSeenAtMs, mark, changed: false });
    // Before a clock was set back: how long ago is not known, and its time will come once more.
    this.begunAtMs = begunAtMs !== null && !liesAhead(begunAtMs, nowMs) ? begunAtMs : null;
    for (const origin of origins) this.name(origin);
  }

  private name(origin: LogOrigin, count = 1): void {
    if (this.origins.has(origin.key)) return;
    if (this.origins.size < namedOrigins) this.origins.set(origin.key, origin);
    else this.otherSourceCount += count;
  }
}

/** What outlives a restart. */
export interface PatternNote
  extends Pick<LogPatternSummary, 'id' | 'template' | 'example' | 'level' | 'count' | 'firstSeenAtMs' | 'lastSeenAtMs' | 'mark'> {
  readonly begunAtMs: number | null;
  readonly origins: readonly LogOrigin[];
}
