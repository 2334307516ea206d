import { describe, expect, it } from 'vitest';
import type { LogQuery, LogQueryProblem, LogTerm } from '../../../../src-shared/logs/log-query';
import { formatLogQuery, parseLogQuery } from '../../../../src-shared/logs/parse-log-query';
import { en } from '../../../../src-shared/messages/en';
import { ko } from '../../../../src-shared/messages/ko';

function termsOf(text: string): readonly LogTerm[] {
  const parsed = parseLogQuery(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.query.terms;
}

function problemsOf(text: string): readonly LogQueryProblem[] {
  const parsed = parseLogQuery(text);
  return parsed.ok ? [] : parsed.problems;
}

const word = (text: string, not = false): LogTerm => ({ kind: 'text', text, not });

describe('parseLogQuery', () => {
  it('takes every kind of term apart', () => {
    expect(termsOf(String.raw`timeout "connection refused" source:api level:error kind:access -healthz /5\d\d$/ pattern:p1a2b3c`)).toEqual([
      word('timeout'),
      word('connection refused'),
      { kind: 'source', text: 'api', not: false },
      { kind: 'level', level: 'error', orWorse: false, not: false },
      { kind: 'log-kind', logKind: 'access', not: false },
      word('healthz', true),
      { kind: 'regex', source: String.raw`5\d\d$`, ignoreCase: false, not: false },
      { kind: 'pattern', pattern: 'p1a2b3c', not: false },
    ]);
  });

  it('negates every kind of term', () => {
    expect(termsOf('-a -"b c" -source:"my app" -LEVEL:warn+ -kind:Security -pattern:p -/x y/i').map(({ not }) => not)).toEqual(
      Array(7).fill(true),
    );
  });

  it.each<[string, LogTerm]>([
    ['level:error+', { kind: 'level', level: 'error', orWorse: true, not: false }],
    ['level:>=warning', { kind: 'level', level: 'warning', orWorse: true, not: false }],
    ['level:FATAL', { kind: 'level', level: 'critical', orWorse: false, not: false }],
    ['level:"err"', { kind: 'level', level: 'error', orWorse: false, not: false }],
    ['source:"my app"', { kind: 'source', text: 'my app', not: false }],
    ['source:a:b', { kind: 'source', text: 'a:b', not: false }],
    [String.raw`"say \"hi\" \\ \n"`, word(String.raw`say "hi" \ \n`)],
    ['-', word('-')],
    ['--watch', word('--watch')],
    ['status:500', word('status:500')],
    ['a"b', word('a"b')],
    ['/var/log/syslog', word('/var/log/syslog')],
    ['/healthz', word('/healthz')],
    ['/[/]x/i', { kind: 'regex', source: '[/]x', ignoreCase: true, not: false }],
    [String.raw`/a\/b c/`, { kind: 'regex', source: String.raw`a\/b c`, ignoreCase: false, not: false }],
    [String.raw`/\-{/`, { kind: 'regex', source: String.raw`\-{`, ignoreCase: false, not: false }],
    ['오류', word('오류')],
  ])('%s', (text, term) => {
    expect(termsOf(text)).toEqual([term]);
  });

  it('is empty for nothing but white space', () => {
    expect(termsOf(' \t\u00a0\n')).toEqual([]);
  });

  it.each<[string, LogQueryProblem]>([
    ['a "b c', { problem: 'open-quote', from: 2, to: 6, value: '"b c' }],
    ['-source:"b', { problem: 'open-quote', from: 8, to: 10, value: '"b' }],
    [String.raw`x /5\d y`, { problem: 'open-regex', from: 2, to: 6, value: String.raw`/5\d` }],
    ['/(/ x', { problem: 'bad-regex', from: 0, to: 3, value: '/(/' }],
    [String.raw`/\d/g x`, { problem: 'bad-regex', from: 0, to: 5, value: String.raw`/\d/g` }],
    ['level:loud', { problem: 'unknown-level', from: 6, to: 10, value: 'loud' }],
    ['level:constructor', { problem: 'unknown-level', from: 6, to: 17, value: 'constructor' }],
    ['kind:x y', { problem: 'unknown-kind', from: 5, to: 6, value: 'x' }],
    ['a level: b', { problem: 'empty-value', from: 2, to: 8, value: 'level:' }],
    ['""', { problem: 'empty-value', from: 0, to: 2, value: '""' }],
    ['//', { problem: 'empty-value', from: 0, to: 2, value: '//' }],
    ['x'.repeat(2_001), { problem: 'too-long', from: 2_000, to: 2_001, value: 'x' }],
    [`/${'x'.repeat(513)}/`, { problem: 'too-long', from: 0, to: 515, value: `/${'x'.repeat(199)}` }],
  ])('names what is wrong with %s, and where', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
    expect(Object.keys(en)).toContain(`logQuery.${problem.problem}`);
    expect(ko).toHaveProperty([`logQuery.${problem.problem}`]);
  });

  it('names all problems at once', () => {
    expect(problemsOf('level:x kind:y pattern:').map(({ problem }) => problem)).toEqual(['unknown-level', 'unknown-kind', 'empty-value']);
  });
});

describe('formatLogQuery', () => {
  it.each([
    'a -"b c" source:"x y" level:error+ kind:access pattern:p1 /5\\d/i -/x y/',
    '"-a" "level:x" "/tmp" --watch',
    String.raw`"\" x" a\b`,
  ])('%s means the same after a round trip', (text) => {
    const terms = termsOf(text);
    expect(termsOf(formatLogQuery({ terms }))).toEqual(terms);
  });

  it('escapes slashes of an expression that was not typed', () => {
    const query: LogQuery = { terms: [{ kind: 'regex', source: 'a/b/[/]', ignoreCase: false, not: false }] };
    expect(formatLogQuery(query)).toBe(String.raw`/a\/b\/[/]/`);
  });
});

/** The same sequence for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pieces = [
  ...'"/\\-+:>=[](){}|*?.^$ \t\n\0',
  'a',
  'ä',
  '한',
  '\ud800',
  '😀',
  'level:',
  'source:',
  'kind:',
  'pattern:',
  'error',
  '\u2028',
  '/i',
];

describe('any text', () => {
  it.each([1, 2, 3, 4, 5])('is understood or refused within its bounds, and means the same after a round trip (seed %i)', (seed) => {
    const random = randomNumbers(seed);
    for (let round = 0; round < 2_000; round += 1) {
      const text = Array.from({ length: Math.floor(random() * 14) }, () => pieces[Math.floor(random() * pieces.length)] ?? '').join('');
      const parsed = parseLogQuery(text);
      if (parsed.ok) {
        expect(parseLogQuery(formatLogQuery(parsed.query)), text).toEqual(parsed);
      } else {
        for (const { from, to, value } of parsed.problems) {
          expect(from, text).toBeLessThan(to);
          expect(text.slice(from, to), text).toBe(value);
        }
      }
    }
  });
});
