import { expect, test } from 'vitest';
import { parseAnsi } from '../../../../src-renderer/views/logs/text/ansi';
import { createMarker, markText } from '../../../../src-renderer/views/logs/text/mark-text';

const highlights = [
  { word: 'warn', colour: 'yellow' },
  { word: 'warning', colour: 'yellow' },
  { word: 'a+b(', colour: 'blue' },
] as const;

const query = { terms: [{ kind: 'text', text: 'Refused', not: false }] } as const;

test('masked secrets, hits and words are found, the longer word before the shorter', () => {
  const ranges = createMarker(query, highlights)('WARNING: a+b( refused [masked:jwt:0a1b2c] warn');
  expect([...ranges].sort((a, b) => a.from - b.from)).toEqual([
    { from: 0, to: 7, mark: { kind: 'word', colour: 'yellow' } },
    { from: 9, to: 13, mark: { kind: 'word', colour: 'blue' } },
    { from: 14, to: 21, mark: { kind: 'hit' } },
    { from: 22, to: 41, mark: { kind: 'masked' } },
    { from: 42, to: 46, mark: { kind: 'word', colour: 'yellow' } },
  ]);
  expect(createMarker(null, [])('    at run (/app/src/x.ts:48:23)')).toEqual([
    { from: 12, to: 31, mark: { kind: 'frame', path: '/app/src/x.ts', line: 48, column: 23 } },
  ]);
  expect(createMarker(null, [])('nothing to mark')).toEqual([]);
});

test('marks go over the edges of colours, and the text stays whole', () => {
  const parts = parseAnsi('ab\u001b[31mcd\u001b[0mef');
  const pieces = markText(parts, [{ from: 1, to: 5, mark: { kind: 'hit' } }]);
  expect(pieces.map(({ text, style, mark }) => [text, style?.colour ?? null, mark?.kind ?? null])).toEqual([
    ['a', null, null],
    ['b', null, 'hit'],
    ['cd', 'red', 'hit'],
    ['e', null, 'hit'],
    ['f', null, null],
  ]);
});

test('of ranges that overlap the first one wins', () => {
  const pieces = markText(
    [{ text: 'at app.js:3', style: null }],
    [
      { from: 3, to: 11, mark: { kind: 'frame', path: 'app.js', line: 3, column: null } },
      { from: 3, to: 6, mark: { kind: 'hit' } },
    ],
  );
  expect(pieces.map(({ text, mark }) => [text, mark?.kind ?? null])).toEqual([
    ['at ', null],
    ['app.js:3', 'frame'],
  ]);
});

test.each([
  ['2026-11-21T17:32:51.489Z INFO x', '2026-11-21T17:32:51.489Z'],
  ['[2026-11-21 17:32:51,489] x', '[2026-11-21 17:32:51,489]'],
  ['2026/11/21 17:32:51 x', '2026/11/21 17:32:51'],
  ['Nov  1 17:32:51 host sshd[1]: x', 'Nov  1 17:32:51'],
])('the time a line begins with stands back: %s', (line, time) => {
  expect(createMarker(null, [])(line)).toEqual([{ from: 0, to: time.length + 1, mark: { kind: 'stamp' } }]);
});

test('a time elsewhere in a line is text like any other', () => {
  expect(createMarker(null, [])('at 2026-11-21T17:32:51Z')).toEqual([]);
});
