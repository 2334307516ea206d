import type { LogError } from '../../../src-shared/snapshots';

/** Lines that say the same as one, at the place of the newest. */
export interface FoldedError {
  readonly newest: LogError;
  readonly count: number;
}

/** How many of the newest are shown. */
export const shownErrors = 10;

/**
 * By pattern where there is one, else by source and text. The core folds by pattern already and says how often a line came within the
 * hour; where it does not (no pattern), equal lines are counted here.
 */
export function foldErrors(newestFirst: readonly LogError[]): readonly FoldedError[] {
  const folded = new Map<string, { newest: LogError; count: number }>();
  for (const line of newestFirst) {
    const key = line.pattern === null ? `text ${line.sourceId}\n${line.text}` : `pattern ${line.pattern}`;
    const known = folded.get(key);
    if (known) known.count = Math.max(known.count + 1, known.newest.repeatCount);
    else folded.set(key, { newest: line, count: Math.max(1, line.repeatCount) });
  }
  return [...folded.values()].slice(0, shownErrors);
}
