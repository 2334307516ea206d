import type { LogPatterns } from '../../../src-shared/contract/logs';
import type { LogOrigin } from '../../../src-shared/logs/log-record';
import { isErrorLevel, type LogLevel } from '../../../src-shared/logs/parsed-line';
import type { Clock } from '../../platform/clock';
import { judgePatternNews, newPatternMs, type PatternNews } from '../../rules/log-errors/pattern-news';
import type { LogStore } from '../../store/logs/log-store';
import type { PatternGroup } from '../patterns/pattern-group';
import { PatternMiner } from '../patterns/pattern-miner';
import { type PatternNote, PatternStat, type SeenLines } from './pattern-stat';

const noteKey = 'pattern/';
/** Merging looks at every template: a storm of new ones must not make that the main work. */
const settleEveryMs = 1_000;
/** The wall clock has moved by so much more or less than the monotonic one: it was set, or the machine slept. */
const stepMs = 60_000;

export interface SeenEntry {
  readonly message: string;
  readonly origin: LogOrigin;
  readonly atMs: number;
  readonly level: LogLevel | null;
  /** It was written while its source was watched and known: a pattern that begins with it is news. */
  readonly isLive: boolean;
  /** It was written before its source was followed. */
  readonly isPast: boolean;
}

/** Every pattern of the kept entries, over restarts. */
export class PatternBook {
  private readonly miner = new PatternMiner();
  private readonly stats = new Map<PatternGroup, PatternStat>();
  private settledAtMs = Number.NEGATIVE_INFINITY;
  /** Of the wall clock before the monotonic one. */
  private leadMs: number;
  /** By the monotonic clock; minutes before it are not those that the wall clock calls the last ones. */
  private steppedAtMs = Number.NEGATIVE_INFINITY;
  private forgottenCount = 0;
  private begun = 0;
  private forgets = 0;

  constructor(
    private readonly sink: Pick<LogStore, 'note' | 'notes'>,
    private readonly clock: Clock,
  ) {
    const nowMs = clock.nowMs();
    const monotonicMs = clock.monotonicMs();
    this.leadMs = nowMs - monotonicMs;
    for (const [key, text] of sink.notes()) {
      if (!key.startsWith(noteKey)) continue;
      const note = JSON.parse(text) as PatternNote;
      const stat = new PatternStat(this.miner.restore(note), monotonicMs);
      stat.takeNote(note, nowMs);
      this.stats.set(stat.group, stat);
    }
  }

  /** Patterns of errors that have begun before our eyes. */
  get begunCount(): number {
    return this.begun;
  }

  see({ message, origin, atMs, level, isLive, isPast }: SeenEntry): PatternStat {
    const nowMs = this.clock.nowMs();
    let group = this.miner.add(message, { atMs, source: origin.key }).current;
    if (!this.stats.has(group) && isErrorLevel(level) && this.clock.monotonicMs() - this.settledAtMs >= settleEveryMs) {
      // Before anybody is told that something begins: it may be known in other words.
      this.settledAtMs = this.clock.monotonicMs();
      this.miner.settle();
      group = group.current;
    }
    let stat = this.stats.get(group);
    if (stat === undefined) {
      stat = new PatternStat(group, this.clock.monotonicMs());
      if (isLive) stat.begunAtMs = nowMs;
      if (isLive && isErrorLevel(level)) this.begun += 1;
      this.stats.set(group, stat);
    }
    stat.see({ origin, atMs, nowMs, level, isPast });
    return stat;
  }

  /** Another one: what `find` gave may not be true any more. */
  get version(): number {
    return this.miner.version + this.forgets;
  }

  /** Of a message whose `maskLine` is known; null: the next one has to be seen. */
  find(masked: string): PatternStat | null {
    const group = this.miner.find(masked);
    return group === null ? null : (this.stats.get(group) ?? null);
  }

  /** Many entries of a pattern at once, none of which begins it. `place`: of the last of them among those since the last `pass`. */
  seeMany(stat: PatternStat, lines: SeenLines, place: number): void {
    const { count, minAtMs, maxAtMs, origin } = lines;
    this.miner.addMany(stat.group, { count, minAtMs, maxAtMs, source: origin.key, place });
    stat.seeMany(lines);
  }

  /** So many entries were seen by `seeMany`. */
  pass(count: number): void {
    this.miner.pass(count);
  }

  /** The one that speaks for it now: patterns turn out to be one. */
  current(stat: PatternStat): PatternStat {
    return this.stats.get(stat.group.current) ?? stat;
  }

  /** To be called before news is asked for: after a step of the wall clock it is not known what is usual until minutes were counted. */
  noticeStep(): void {
    const monotonicMs = this.clock.monotonicMs();
    const leadMs = this.clock.nowMs() - monotonicMs;
    if (Math.abs(leadMs - this.leadMs) >= stepMs) this.steppedAtMs = monotonicMs;
    this.leadMs = leadMs;
  }

  newsOf(stat: PatternStat): PatternNews | null {
    if (stat.mark === 'muted' || !isErrorLevel(stat.level)) return null;
    const nowMs = this.clock.nowMs();
    const monotonicMs = this.clock.monotonicMs();
    const watchedMinutes = Math.floor((monotonicMs - Math.max(stat.countedSinceMs, this.steppedAtMs)) / 60_000);
    // A clock that was set back comes by the time of the beginning once more.
    const begunAtMs = monotonicMs - stat.countedSinceMs < newPatternMs ? stat.begunAtMs : null;
    return judgePatternNews({ begunAtMs, perMinute: stat.perMinute.read(nowMs), watchedMinutes }, nowMs);
  }

  /** Pinned first, then the newest beginnings, then the most frequent. */
  list(limit: number): LogPatterns {
    const nowMs = this.clock.nowMs();
    this.fold(nowMs);
    const patterns = [...this.stats.values()].sort(
      (a, b) =>
        Number(b.mark === 'pinned') - Number(a.mark === 'pinned') ||
        Number(this.newsOf(b)?.kind === 'new-pattern') - Number(this.newsOf(a)?.kind === 'new-pattern') ||
        b.count - a.count,
    );
    return {
      patterns: patterns.slice(0, limit).map((stat) => stat.summarise(nowMs)),
      totalCount: patterns.length,
      forgottenCount: this.forgottenCount,
    };
  }

  /** False: there is no such pattern (any more). */
  mark(id: string, mark: PatternStat['mark']): boolean {
    this.fold(this.clock.nowMs());
    for (const stat of this.stats.values()) {
      if (stat.group.id !== id) continue;
      stat.mark = mark;
      this.write(stat);
      return true;
    }
    return false;
  }

  /** Writes down what changed: now and then, and at the end. */
  keep(): void {
    this.fold(this.clock.nowMs());
    for (const stat of this.stats.values()) if (stat.changed) this.write(stat);
  }

  private write(stat: PatternStat): void {
    stat.changed = false;
    this.sink.note(noteKey + stat.group.id, JSON.stringify(stat.toNote()));
  }

  /** Joins the counts of patterns that turned out to be one, and forgets those the miner had to. */
  private fold(nowMs: number): void {
    this.miner.settle();
    const living = new Set(this.miner.patterns().map(({ id }) => id));
    for (const [group, stat] of this.stats) {
      const { current } = group;
      if (current === group && living.has(group.id)) continue;
      this.stats.delete(group);
      this.forgets += 1;
      this.sink.note(noteKey + group.id, null);
      if (current === group) this.forgottenCount += 1;
      else this.stats.get(current)?.absorb(stat, nowMs);
    }
  }
}
