/** What is known of a pattern of errors when it is asked whether it is news. */
export interface PatternHistory {
  /** When it was first seen while somebody watched; null: it was there before, or came up while its source was being got to know. */
  readonly begunAtMs: number | null;
  /** Lines in each of the last minutes, oldest first, the running minute last; empty: none. */
  readonly perMinute: readonly number[];
  /** For how many minutes its lines have been counted. */
  readonly watchedMinutes: number;
}

export interface PatternNews {
  readonly kind: 'new-pattern' | 'burst';
  readonly perMinute: number;
  /** Null: not known yet. */
  readonly usualPerMinute: number | null;
  readonly sinceMs: number;
}

/** Long enough to be seen, short enough not to colour the tray for the rest of the day. */
export const newPatternMs = 15 * 60_000;
/** So many in a minute, and so many times the usual, are a burst. */
const burstFrom = 20;
const burstFactor = 5;
/** Fewer minutes tell nothing about what is usual. */
const leastUsualMinutes = 5;

/** A pattern that begins is news for a quarter of an hour; one that is known when it comes far more often than it did. Null: no news. */
export function judgePatternNews({ begunAtMs, perMinute, watchedMinutes }: PatternHistory, nowMs: number): PatternNews | null {
  const lately = Math.max(perMinute.at(-1) ?? 0, perMinute.at(-2) ?? 0);
  const earlier = perMinute.slice(Math.max(0, perMinute.length - watchedMinutes), -2);
  const isUsualKnown = earlier.length >= leastUsualMinutes;
  const usualPerMinute = isUsualKnown ? earlier.reduce((sum, count) => sum + count, 0) / earlier.length : null;
  if (begunAtMs !== null && nowMs - begunAtMs < newPatternMs) {
    return { kind: 'new-pattern', perMinute: lately, usualPerMinute: null, sinceMs: begunAtMs };
  }
  if (usualPerMinute === null || lately < Math.max(burstFrom, usualPerMinute * burstFactor)) return null;
  return { kind: 'burst', perMinute: lately, usualPerMinute, sinceMs: nowMs - (nowMs % 60_000) - 60_000 };
}
