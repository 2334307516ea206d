import { expect, test } from 'vitest';
import {
  readChoices,
  sourceWord,
  toggleHiddenLevel,
  toggleHiddenSource,
  withFromLevel,
  withKind,
  withoutLevels,
  withPattern,
  withSource,
} from '../../../../src-renderer/views/logs/query-terms';
import { parseLogQuery } from '../../../../src-shared/logs/parse-log-query';

test('a level chip narrows to that level or worse and keeps the rest', () => {
  expect(withFromLevel('timeout "a b" source:api', 'error')).toBe('timeout "a b" source:api level:error+');
  expect(withFromLevel('level:error+ x', 'warning')).toBe('x level:warning+');
  expect(withFromLevel('level:error+ -level:debug x', null)).toBe('-level:debug x');
});

test('a level is hidden and shown again', () => {
  expect(toggleHiddenLevel('x', 'debug')).toBe('x -level:debug');
  expect(toggleHiddenLevel('x -level:debug', 'debug')).toBe('x');
});

test('kind, source and pattern stand once', () => {
  expect(withKind('kind:event x', 'access')).toBe('x kind:access');
  expect(withKind('kind:event x', null)).toBe('x');
  expect(withSource('source:web x', 'my api')).toBe('x source:"my api"');
  expect(withSource('-source:web source:db', null)).toBe('-source:web');
  expect(toggleHiddenSource('', 'web')).toBe('-source:web');
  expect(withPattern('pattern:p1', 'p2')).toBe('pattern:p2');
});

test('a search that makes no sense yet is left alone', () => {
  expect(withFromLevel('"open', 'error')).toBe('"open');
});

test('what the chips count leaves the levels out', () => {
  expect(withoutLevels('x level:error+ -level:debug kind:event')).toBe('x kind:event');
});

test('the chips read the query', () => {
  const parsed = parseLogQuery('level:>=warning -level:notice kind:security source:ssh -source:web pattern:p1');
  expect(parsed.ok && readChoices(parsed.query)).toEqual({
    fromLevel: 'warning',
    hiddenLevels: new Set(['notice']),
    kind: 'security',
    source: 'ssh',
    hiddenSources: new Set(['web']),
    pattern: 'p1',
  });
});

test('a source is named by its key where its name is a part of another one', () => {
  expect(sourceWord({ key: 'container/1', name: 'api' }, ['api', 'web'])).toBe('api');
  expect(sourceWord({ key: 'container/1', name: 'api' }, ['api', 'api-gateway'])).toBe('container/1');
});
