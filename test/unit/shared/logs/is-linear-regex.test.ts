import { describe, expect, it } from 'vitest';
import { isLinearRegex } from '../../../../src-shared/logs/is-linear-regex';

describe('isLinearRegex', () => {
  it.each([
    'health',
    String.raw`GET /(healthz|livez|readyz) HTTP/1\.[01]" 200`,
    String.raw`^\d{4}-\d{2}-\d{2} DEBUG`,
    String.raw`(\d{1,3}\.){3}\d{1,3}`,
    String.raw`(\w+, )*end`,
    '(?:ab?)+',
    '(a|b)*c',
    '(cat|dog)+',
    String.raw`\bfoo\b.*bar`,
    '(?<name>x)y{2,5}',
    '[^"]*"[^"]*"',
    '"level":{"x',
    '오류|경고',
    '',
  ])('takes %s', (source) => {
    expect(isLinearRegex(source)).toBe(true);
  });

  it.each([
    '(a+)+$',
    '(a|a)*',
    '(a|ab)*c',
    '(.*a){20}',
    '(a*)*',
    '(a?)+',
    '(^)*',
    String.raw`(\w+\s?)+$`,
    String.raw`(\d+\w)+`,
    '([a-z]+)*',
    '(.+)+x',
    '(x+x+)+y',
    '.*.*=',
    String.raw`\d+\w*`,
    String.raw`\s*(?:x?)\s+$`,
    '([가-힣]+[나-다])+',
    String.raw`(\p{L}+ä)+`,
    String.raw`(a)\1`,
    String.raw`(?<x>a)\k<x>`,
    '(?=a)b',
    '(?!a)b',
    '(?<=a)b',
    '(?<!a)b',
    'x{1001}',
    'x{2,1001}',
    '(',
    'a'.repeat(513),
  ])('refuses %s', (source) => {
    expect(isLinearRegex(source)).toBe(false);
  });

  it('never throws and never takes long', () => {
    const startedAtMs = performance.now();
    for (const source of [
      '('.repeat(256) + ')'.repeat(256),
      '(a|'.repeat(170),
      '[^a]?'.repeat(100),
      '(?:x{1,9}){1,9}'.repeat(30),
      '\\',
      '[',
      '\ud800*',
    ]) {
      isLinearRegex(source);
    }
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
  });
});
