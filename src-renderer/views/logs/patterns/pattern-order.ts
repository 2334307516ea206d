import type { LogPatternSummary } from '../../../../src-shared/contract';
import { isErrorLevel, logLevels } from '../../../../src-shared/logs/parsed-line';
import { compareValues } from '../../../components/sort';
import type { SortOrder } from '../../../components/sort-header';

export const patternChoices = ['all', 'new', 'errors', 'muted'] as const;
export type PatternChoice = (typeof patternChoices)[number];
export const patternColumns = ['level', 'template', 'count', 'source', 'first', 'last'] as const;
export type PatternColumn = (typeof patternColumns)[number];

/** Of the choice, with all words somewhere in it. */
export function isWanted(pattern: LogPatternSummary, which: PatternChoice, text: string): boolean {
  if (which === 'muted' ? pattern.mark !== 'muted' : which === 'new' && pattern.newSince === null) return false;
  if (which === 'errors' && !isErrorLevel(pattern.level)) return false;
  const said = `${pattern.template} ${pattern.example} ${pattern.origins.map(({ name }) => name).join(' ')}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

/** Null order: as the core lists them, pinned and new ones first. Pinned ones stay on top in any order. */
export function orderPatterns(
  patterns: readonly LogPatternSummary[],
  order: SortOrder<PatternColumn> | null,
): readonly LogPatternSummary[] {
  if (order === null) return patterns;
  return [...patterns].sort(
    (a, b) =>
      Number(b.mark === 'pinned') - Number(a.mark === 'pinned') ||
      compareValues(sortValue(a, order.column), sortValue(b, order.column), order.descending) ||
      b.count - a.count,
  );
}

function sortValue(pattern: LogPatternSummary, column: PatternColumn): string | number | null {
  switch (column) {
    case 'level':
      return pattern.level === null ? null : logLevels.indexOf(pattern.level);
    case 'template':
      return pattern.template.toLowerCase();
    case 'count':
      return pattern.count;
    case 'source':
      return pattern.origins[0]?.name.toLowerCase() ?? null;
    case 'first':
      return pattern.firstSeenAtMs;
    case 'last':
      return pattern.lastSeenAtMs;
  }
}

/** A template as what is always the same and the masks between. */
export function templateParts(template: string): readonly { readonly text: string; readonly mask: boolean }[] {
  return template
    .split(/(<(?:\*|num|hex|id|uuid|ip|mac|host|url|path|time|size|duration)>)/)
    .map((text, index) => ({ text, mask: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
