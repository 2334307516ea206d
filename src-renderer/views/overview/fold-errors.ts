import type { LogError } from '../../../src-shared/snapshots';

/** Equal lines of one source as one, at the place of the newest. */
export interface FoldedError {
  readonly newest: LogError;
  readonly count: number;
}

export function foldErrors(newestFirst: readonly LogError[]): readonly FoldedError[] {
  const byText = new Map<string, { newest: LogError; count: number }>();
  for (const line of newestFirst) {
    const key = `${line.sourceId}\n${line.text}`;
    const folded = byText.get(key);
    if (folded) folded.count += 1;
    else byText.set(key, { newest: line, count: 1 });
  }
  return [...byText.values()];
}
