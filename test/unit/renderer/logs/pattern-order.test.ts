import { expect, test } from 'vitest';
import { isWanted, orderPatterns, templateParts } from '../../../../src-renderer/views/logs/patterns/pattern-order';
import type { LogPatternSummary } from '../../../../src-shared/contract';

function pattern(id: string, changes: Partial<LogPatternSummary> = {}): LogPatternSummary {
  return {
    id,
    template: `said ${id} <*>`,
    example: `said ${id} 1`,
    level: 'info',
    count: 1,
    perMinute: [],
    firstSeenAtMs: 1,
    lastSeenAtMs: 2,
    origins: [{ key: 'container/1', sourceKind: 'container', name: 'api', kind: 'event' }],
    otherSourceCount: 0,
    newSince: null,
    mark: null,
    ...changes,
  };
}
const ids = (patterns: readonly LogPatternSummary[]) => patterns.map(({ id }) => id);

test('a choice and words narrow, all of them somewhere', () => {
  expect(isWanted(pattern('a'), 'all', ' SAID api ')).toBe(true);
  expect(isWanted(pattern('a'), 'all', 'said web')).toBe(false);
  expect(isWanted(pattern('a'), 'new', '')).toBe(false);
  expect(isWanted(pattern('a', { newSince: { kind: 'restart', atMs: 1, name: 'api' } }), 'new', '')).toBe(true);
  expect(isWanted(pattern('a', { level: 'critical' }), 'errors', '')).toBe(true);
  expect(isWanted(pattern('a'), 'errors', '')).toBe(false);
  expect(isWanted(pattern('a', { mark: 'muted' }), 'muted', '')).toBe(true);
  expect(isWanted(pattern('a', { mark: 'pinned' }), 'muted', '')).toBe(false);
});

test('as the core lists them until a heading is clicked; pinned ones stay on top', () => {
  const all = [pattern('a', { count: 3 }), pattern('b', { count: 9, level: 'error' }), pattern('c', { mark: 'pinned', level: null })];
  expect(ids(orderPatterns(all, null))).toEqual(['a', 'b', 'c']);
  expect(ids(orderPatterns(all, { column: 'count', descending: true }))).toEqual(['c', 'b', 'a']);
  expect(ids(orderPatterns(all, { column: 'level', descending: false }))).toEqual(['c', 'a', 'b']);
});

test('masks are told from what a line itself has in angles', () => {
  expect(templateParts('from <ip>:<num> to <script> <*>')).toEqual([
    { text: 'from ', mask: false },
    { text: '<ip>', mask: true },
    { text: ':', mask: false },
    { text: '<num>', mask: true },
    { text: ' to <script> ', mask: false },
    { text: '<*>', mask: true },
  ]);
});
