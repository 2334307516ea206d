import { describe, expect, it } from 'vitest';
import type { LogOrigin, LogRecord } from '../../../../src-shared/logs/log-record';
import { createRecordMatcher, highlightRanges } from '../../../../src-shared/logs/match-record';
import { parseLogQuery } from '../../../../src-shared/logs/parse-log-query';

const origins: Readonly<Record<string, LogOrigin>> = {
  'container/ab': { key: 'container/ab', sourceKind: 'container', name: 'Shop-API', kind: 'event' },
  'file//var/log/auth.log': { key: 'file//var/log/auth.log', sourceKind: 'file', name: '/var/log/auth.log', kind: 'security' },
};

function recordOf(part: Partial<LogRecord> = {}): LogRecord {
  return { id: 1, atMs: 0, origin: 'container/ab', level: null, text: '', pattern: null, maskedCount: 0, cutBytes: 0, ...part };
}

function queryOf(text: string) {
  const parsed = parseLogQuery(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.query;
}

function matches(query: string, part: Partial<LogRecord>): boolean {
  return createRecordMatcher(queryOf(query), (key) => origins[key] ?? null)(recordOf(part));
}

describe('createRecordMatcher', () => {
  it.each<[string, Partial<LogRecord>, boolean]>([
    ['', {}, true],
    ['refused', { text: 'Connection REFUSED' }, true],
    ['refused -connection', { text: 'Connection REFUSED' }, false],
    ['"connection  refused"', { text: 'Connection REFUSED' }, false],
    ['ÄPFEL', { text: 'zwei äpfel' }, true],
    ['äpfel', { text: 'zwei A\u0308PFEL' }, true],
    ['오류', { text: '\u110b\u1169\u1105\u1172 발생' }, true],
    ['ΟΔΟΣ', { text: 'οδος' }, true],
    [String.raw`"a.b*(c)[d]{e}|f\\^$+?/-"`, { text: String.raw`x A.B*(C)[D]{E}|F\^$+?/- y` }, true],
    ['a.c', { text: 'abc' }, false],
    ['level:error', { level: 'error' }, true],
    ['level:error', { level: 'critical' }, false],
    ['level:error+', { level: 'critical' }, true],
    ['level:>=warning', { level: 'info' }, false],
    ['level:trace+', { level: null }, false],
    ['-level:error', { level: null }, true],
    ['source:shop', {}, true],
    ['source:CONTAINER/AB', {}, true],
    ['source:container', {}, false],
    ['source:auth.log', { origin: 'file//var/log/auth.log' }, true],
    ['-source:shop', { origin: 'gone/x' }, true],
    ['source:gone/x', { origin: 'gone/x' }, true],
    ['kind:security', { origin: 'file//var/log/auth.log' }, true],
    ['kind:security', {}, false],
    ['kind:event', { origin: 'gone/x' }, false],
    ['pattern:p1', { pattern: 'p1' }, true],
    ['pattern:p1', { pattern: null }, false],
    [String.raw`/5\d\d$/`, { text: 'status 502\nnext line' }, true],
    ['/^Error/', { text: 'x\nError: y' }, true],
    ['/error/', { text: 'ERROR' }, false],
    ['/error/i', { text: 'ERROR' }, true],
    [String.raw`/^.\-$/`, { text: 'x-' }, true],
    ['-/error/i', { text: 'ERROR' }, false],
  ])('%s over %o: %s', (query, part, expected) => {
    expect(matches(query, part)).toBe(expected);
  });

  it('asks for the name of a source once', () => {
    let asked = 0;
    const matcher = createRecordMatcher(queryOf('source:shop'), (key) => {
      asked += 1;
      return origins[key] ?? null;
    });
    expect([recordOf(), recordOf(), recordOf()].filter(matcher)).toHaveLength(3);
    expect(asked).toBe(1);
  });

  it('keeps records apart that follow each other', () => {
    const matcher = createRecordMatcher(queryOf('a ä'), () => null);
    expect(['a ä', 'A Ä', 'a', 'ä', 'a Ä'].map((text) => matcher(recordOf({ text })))).toEqual([true, true, false, false, true]);
  });
});

describe('highlightRanges', () => {
  it('marks the search before the words, the earlier word first, in order', () => {
    expect(highlightRanges('Error: terror in errorInfo', queryOf('terror -in /x/'), ['error', 'Info', 'rorinf'])).toEqual([
      { from: 0, to: 5, word: 0 },
      { from: 7, to: 13, word: null },
      { from: 17, to: 22, word: 0 },
      { from: 22, to: 26, word: 1 },
    ]);
  });

  it('marks letters that are put together otherwise, as a whole', () => {
    expect(highlightRanges('zwei A\u0308PFEL!', queryOf('äpfel'), [])).toEqual([{ from: 5, to: 11, word: null }]);
    expect(highlightRanges('x İY', queryOf('i'), [])).toEqual([{ from: 2, to: 3, word: null }]);
    expect(highlightRanges('😀 \u110b\u1169 오', queryOf('오'), [])).toEqual([
      { from: 3, to: 5, word: null },
      { from: 6, to: 7, word: null },
    ]);
  });

  it('marks at most 1,000 places', () => {
    expect(highlightRanges('error '.repeat(10_000), null, ['error'])).toHaveLength(1_000);
  });

  it('marks nothing without search and words', () => {
    expect(highlightRanges('anything', null, [])).toEqual([]);
  });

  it('stays quick on a letter with very many marks', () => {
    const startedAtMs = performance.now();
    highlightRanges(`a${'\u0301'.repeat(65_535)}`, queryOf('"\u0301"'), ['\u0301']);
    highlightRanges('İ'.repeat(65_536), queryOf('i'), ['i\u0307']);
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
  });
});
