import { describe, expect, test } from 'vitest';
import { containerNames, shortImage } from '../../../src-renderer/views/containers/container-words';
import { portsText } from '../../../src-renderer/views/processes/process-columns';
import { alertWords } from '../../../src-renderer/words/alert-words';
import { printable, splitAtKeyword } from '../../../src-renderer/words/highlight';
import { sourceColorIndex } from '../../../src-renderer/words/source-color';
import { formatAgo, formatDuration } from '../../../src-renderer/words/time';
import { createWords } from '../../../src-renderer/words/use-words';
import { en as englishWords } from '../../../src-shared/messages/en/index';
import { ko as koreanWords } from '../../../src-shared/messages/ko/index';

const en = createWords('en');
const ko = createWords('ko');

describe('the catalogue', () => {
  test('uses the same values in both languages', () => {
    const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    const differing = Object.entries(englishWords).filter(
      ([key, text]) => values(text).join() !== values(koreanWords[key as keyof typeof englishWords]).join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test('has Korean in plain style, never in 해요체', () => {
    expect(Object.values(koreanWords).filter((text) => /(어요|아요|해요|세요|예요)[.?!]?$/.test(text))).toEqual([]);
  });
});

describe('ages and durations', () => {
  test.each([
    [500, 'now', '방금'],
    [12_400, '12 s ago', '12초 전'],
    [3_720_000, '1 h ago', '1시간 전'],
    [-5000, 'now', '방금'],
  ])('%d ms', (ageMs, english, korean) => {
    expect(formatAgo(en, 1_000_000, 1_000_000 + ageMs)).toBe(english);
    expect(formatAgo(ko, 1_000_000, 1_000_000 + ageMs)).toBe(korean);
  });

  test('two largest units', () => {
    expect(formatDuration(en, 187_200)).toBe('2 d 4 h');
    expect(formatDuration(ko, 100)).toBe('1분 40초');
  });
});

describe('hostile lines', () => {
  test('the keyword is found whatever its case and never as a pattern', () => {
    expect(splitAtKeyword('a.c ABC', 'a.c')).toEqual([
      { text: 'a.c', hit: true },
      { text: ' ABC', hit: false },
    ]);
    expect(splitAtKeyword('An ERROR error', 'error').filter((part) => part.hit)).toHaveLength(2);
    expect(splitAtKeyword('x', '')).toEqual([{ text: 'x', hit: false }]);
  });

  test('parts put together give the line', () => {
    const line = 'İstanbul error <b>error</b>';
    expect(
      splitAtKeyword(line, 'error')
        .map((part) => part.text)
        .join(''),
    ).toBe(line);
  });

  test('colours, controls and bidirectional marks are made harmless', () => {
    expect(printable('\u001b[31mred\u001b[0m\u202egnp.exe\u0007')).toBe('red\ufffdgnp.exe\ufffd');
    expect(printable('a\tb')).toBe('a  b');
  });
});

test('a source keeps its colour', () => {
  expect(sourceColorIndex('api')).toBe(sourceColorIndex('api'));
  expect(new Set('abcdefghijklmnop'.split('').map(sourceColorIndex)).size).toBeGreaterThan(4);
});

test('compose names are taken apart, others left alone', () => {
  expect(containerNames({ name: 'shop-api-1', composeProject: 'shop' })).toEqual({ name: 'api', project: 'shop' });
  expect(containerNames({ name: 'shop-worker-2', composeProject: 'shop' })).toEqual({ name: 'worker-2', project: 'shop' });
  expect(containerNames({ name: 'custom', composeProject: 'shop' })).toEqual({ name: 'custom', project: 'shop' });
  expect(containerNames({ name: 'alone-1', composeProject: null })).toEqual({ name: 'alone-1', project: null });
  expect(shortImage('registry.example.com/shop/api:2.14.0')).toBe('api:2.14.0');
});

test('wildcards of both families are one port', () => {
  expect(
    portsText([
      { protocol: 'tcp', address: '0.0.0.0', port: 6379 },
      { protocol: 'tcp', address: '::', port: 6379 },
      { protocol: 'udp', address: '127.0.0.1', port: 53 },
    ]),
  ).toBe('*:6379, 127.0.0.1:53/udp');
});

test('the third time today is said', () => {
  const alert = {
    id: '1',
    key: 'k',
    source: 'containers',
    subject: 'postgres',
    level: 'critical',
    reason: { rule: 'container-exited', text: 'Exited with code 1', values: { exitCode: 1 } },
    place: { section: 'containers' },
    raisedAtMs: 0,
    clearedAtMs: null,
    dismissed: false,
    foundAtStart: false,
    countToday: 3,
  } as const;
  expect(alertWords(en, alert)).toEqual({ what: 'Container postgres', why: 'Exited with code 1', often: '3rd time today' });
  expect(alertWords(ko, { ...alert, countToday: 11 }).often).toBe('오늘 11번째');
  expect(alertWords(en, { ...alert, countToday: 12 }).often).toBe('12th time today');
  expect(alertWords(en, { ...alert, countToday: 1 }).often).toBeNull();
});
