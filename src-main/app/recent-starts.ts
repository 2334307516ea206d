import { isRecent } from '../rules/is-recent';

/** Counts how often something was started again lately, from a total that only says how often ever. */
export interface RecentStarts {
  /** Takes the total of now; gives how much it grew within the last ten minutes (or since it is watched). Null: the total is unknown. */
  note(key: string, total: number | null, nowMs: number): number | null;
  /** Forgets what is not named. */
  keepOnly(keys: ReadonlySet<string>): void;
}

const windowMs = 10 * 60_000;

export function createRecentStarts(): RecentStarts {
  const seen = new Map<string, { atMs: number; total: number }[]>();
  return {
    note(key, total, nowMs) {
      if (total === null) return null;
      let marks = seen.get(key) ?? [];
      const last = marks.at(-1);
      // A start by hand sets the total back.
      if (last === undefined || total < last.total) marks = [{ atMs: nowMs, total }];
      else if (total > last.total) marks = [...marks, { atMs: nowMs, total }];
      // The last mark from before the window says what the total was when it began.
      while (marks.length > 1 && !isRecent(marks[1]?.atMs ?? nowMs, nowMs, windowMs)) marks = marks.slice(1);
      seen.set(key, marks);
      return total - (marks[0]?.total ?? total);
    },
    keepOnly(keys) {
      for (const key of seen.keys()) if (!keys.has(key)) seen.delete(key);
    },
  };
}
