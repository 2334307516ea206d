/**
 * The five judgements LogScope knows. A level is never told by colour alone: each has a shape and a word.
 * `inactive` is "not running and that is fine"; `unknown` is "cannot be seen", which is not the same as fine.
 */
export const levels = ['ok', 'inactive', 'unknown', 'warning', 'critical'] as const;
export type Level = (typeof levels)[number];

const severity: Readonly<Record<Level, number>> = { ok: 0, inactive: 0, unknown: 1, warning: 2, critical: 3 };

/** Negative when `a` is less severe than `b`; `ok` and `inactive` weigh the same. */
export function compareLevels(a: Level, b: Level): number {
  return severity[a] - severity[b];
}

/** The most severe of the given levels; `ok` for an empty list and for a list of only ok and inactive. */
export function worstLevel(all: Iterable<Level>): Level {
  let worst: Level = 'ok';
  for (const level of all) if (severity[level] > severity[worst]) worst = level;
  return worst;
}
