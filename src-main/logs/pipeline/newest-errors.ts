import type { LogAlarm, LogError } from '../../../src-shared/snapshots/logs';
import { liesAhead } from '../../rules/is-recent';
import type { PatternNews } from '../../rules/log-errors/pattern-news';
import type { PatternStat } from './pattern-stat';

/** A line of the list before it is shown: what changes by itself is asked for each time. */
interface Kept {
  error: Omit<LogError, 'repeatCount' | 'isNew' | 'recordId' | 'pattern'>;
  recordId: number | null;
}

export interface NewestErrorsDeps {
  readonly nowMs: () => number;
  readonly current: (stat: PatternStat) => PatternStat;
  readonly newsOf: (stat: PatternStat) => PatternNews | null;
}

const shownPatterns = 200;
/** Bounds what one reading carries; 200 lines of 64 KiB would be 13 MB a second. */
const maxCharacters = 1024 * 1024;
const alarmCharacters = 300;

/** The newest error of each pattern, the newest first. */
export class NewestErrors {
  /** The one seen last comes last. */
  private readonly byStat = new Map<PatternStat, Kept>();
  private kept = 0;
  private dropped = 0;

  constructor(private readonly deps: NewestErrorsDeps) {}

  get keptCount(): number {
    return this.kept;
  }

  /** Patterns that fell out of the list. */
  get droppedCount(): number {
    return this.dropped;
  }

  /** Gives what the entry's id is to be told to once it is stored. */
  add(stat: PatternStat, error: Omit<Kept['error'], 'id'>): (recordId: number) => void {
    this.kept += 1;
    const before = this.byStat.get(stat);
    // Attaching to an old log brings its lines after newer ones of the same kind.
    if (before !== undefined && before.error.atMs > error.atMs && !liesAhead(before.error.atMs, this.deps.nowMs())) return () => undefined;
    const kept: Kept = { error: { id: this.kept, ...error }, recordId: null };
    this.byStat.delete(stat);
    this.byStat.set(stat, kept);
    if (this.byStat.size > shownPatterns) {
      const [oldest] = this.byStat.keys();
      if (oldest !== undefined) this.byStat.delete(oldest);
      this.dropped += 1;
    }
    return (recordId) => {
      kept.recordId = recordId;
    };
  }

  /** Those of muted patterns are left out. */
  read(): { readonly newest: readonly LogError[]; readonly alarms: readonly LogAlarm[] } {
    const nowMs = this.deps.nowMs();
    const newest: LogError[] = [];
    const alarms: LogAlarm[] = [];
    this.joinMerged(nowMs);
    let characters = 0;
    for (const [stat, { error, recordId }] of newestFirst([...this.byStat], nowMs)) {
      if (stat.mark === 'muted') continue;
      const news = this.deps.newsOf(stat);
      const repeatCount = Math.max(
        1,
        stat.perMinute.read(nowMs).reduce((sum, count) => sum + count, 0),
      );
      const pattern = stat.group.id;
      if (news !== null) alarms.push(alarmOf(error, pattern, news));
      characters += error.text.length;
      if (characters > maxCharacters && newest.length > 0) continue;
      newest.push({ ...error, recordId, pattern, repeatCount, isNew: news?.kind === 'new-pattern' });
    }
    return { newest, alarms };
  }

  private joinMerged(nowMs: number): void {
    for (const [stat, kept] of [...this.byStat]) {
      const current = this.deps.current(stat);
      if (current === stat) continue;
      this.byStat.delete(stat);
      const other = this.byStat.get(current);
      if (other === undefined || isNewer(kept, other, nowMs)) this.byStat.set(current, kept);
    }
  }
}

/** By its stamp; by its arrival where a stamp does not tell. */
function isNewer(one: Kept, other: Kept, nowMs: number): boolean {
  const isToldByStamp = !liesAhead(one.error.atMs, nowMs) && !liesAhead(other.error.atMs, nowMs);
  return isToldByStamp ? one.error.atMs > other.error.atMs : one.error.id > other.error.id;
}

/** One whose stamp lies ahead stands right before the newest of those that came before it. */
function newestFirst(kept: readonly (readonly [PatternStat, Kept])[], nowMs: number): readonly (readonly [PatternStat, Kept])[] {
  let newestMs = 0;
  const placeMs = new Map<Kept, number>();
  for (const [, one] of [...kept].sort(([, a], [, b]) => a.error.id - b.error.id)) {
    const { atMs } = one.error;
    const isTold = !liesAhead(atMs, nowMs);
    if (isTold) newestMs = Math.max(newestMs, atMs);
    placeMs.set(one, isTold ? atMs : newestMs);
  }
  return [...kept].sort(([, a], [, b]) => (placeMs.get(b) ?? 0) - (placeMs.get(a) ?? 0) || b.error.id - a.error.id);
}

function alarmOf({ source, sourceKind, sourceId, text, level }: Kept['error'], pattern: string, news: PatternNews): LogAlarm {
  const [firstLine = ''] = text.split('\n', 1);
  return {
    kind: news.kind,
    pattern,
    source,
    origin: `${sourceKind}/${sourceId}`,
    text: firstLine.slice(0, alarmCharacters),
    level,
    perMinute: news.perMinute,
    usualPerMinute: news.usualPerMinute,
    sinceMs: news.sinceMs,
  };
}
