import { expect, test } from 'vitest';
import { maskedIn, recordsAsJson, recordsAsText, selectedRecords } from '../../../../src-renderer/views/logs/console/console-export';
import type { LogRecord } from '../../../../src-shared/logs/log-record';

const atMs = Date.UTC(2026, 10, 21, 12, 4, 20, 7);
const origins = { 'container/1': { key: 'container/1', sourceKind: 'container', name: 'a\u202epi', kind: 'event' } } as const;

function record(id: number, text: string, maskedCount = 0): LogRecord {
  return { id, atMs, origin: 'container/1', level: id === 1 ? 'error' : null, text, pattern: null, maskedCount, cutBytes: 0 };
}

test('as text: time, source, level and all lines, without escapes', () => {
  expect(recordsAsText([record(1, '\u001b[31mred\u001b[0m\n  at x'), record(2, 'two')], origins, 'utc')).toBe(
    '2026-11-21 12:04:20.007 UTC a⟨202E⟩pi error red\n  at x\n2026-11-21 12:04:20.007 UTC a⟨202E⟩pi - two\n',
  );
});

test('as JSON: one object a line, times of the world', () => {
  const text = recordsAsJson([record(1, '\u001b[31m"red"', 2)], origins);
  expect(JSON.parse(text)).toEqual([
    {
      time: '2026-11-21T12:04:20.007Z',
      source: 'a\u202epi',
      sourceKey: 'container/1',
      kind: 'event',
      level: 'error',
      text: '"red"',
      pattern: null,
      maskedCount: 2,
      cutBytes: 0,
    },
  ]);
  expect(recordsAsJson([], {})).toBe('[\n\n]\n');
});

test('a selection over rows is those rows, in either direction; within one it is none', () => {
  const records = [record(1, 'a'), record(2, 'b', 1), record(3, 'c', 2)];
  expect(selectedRecords(records, 3, 2)?.map(({ id }) => id)).toEqual([2, 3]);
  expect(selectedRecords(records, 1, 1)).toBeNull();
  expect(selectedRecords(records, 1, 9)).toBeNull();
  expect(selectedRecords(records, null, 1)).toBeNull();
  expect(maskedIn(records)).toBe(3);
});
