import { describe, expect, it } from 'vitest';
import { createLinearTest } from '../../../../src-shared/logs/linear-test';
import { compileLogRegex } from '../../../../src-shared/logs/log-regex';

describe('createLinearTest', () => {
  it.each<[string, string, boolean, boolean]>([
    ['health', 'GET /healthz', false, true],
    ['HEALTH', 'GET /healthz', false, false],
    ['HEALTH', 'GET /healthz', true, true],
    ['^b$', 'a\nb\nc', false, true],
    [String.raw`\bfoo\b`, 'a foo!', false, true],
    [String.raw`\bfoo\b`, 'afoo', false, false],
    [String.raw`\Boo$`, 'foo', false, true],
    ['^$', '', false, true],
    ['^$', 'x', false, false],
    ['', 'x', false, true],
    ['a{2,3}b', 'ab', false, false],
    ['a{2,3}b', 'aaab', false, true],
    ['x(a|b)?y', 'xy', false, true],
    ['^.$', '😀', false, true],
    [String.raw`^\p{L}+$`, '오류ä', false, true],
    ['[^A-Z]', 'abc', true, false],
    [String.raw`\-{`, 'x-{', false, true],
    ['오류|경고', '큰 경고', false, true],
  ])('%s in %j (ignoring case: %s after it): %s', (source, text, ignoreCase, expected) => {
    expect(createLinearTest(source, ignoreCase)?.(text)).toBe(expected);
    expect(compileLogRegex({ source, ignoreCase })?.test(text)).toBe(expected);
  });

  it.each(['(a+)+$', '(a|a)*', '(.*a){20}', String.raw`(a)\1`, '(?=a)', '(', '(abc){200}'])('takes no %s', (source) => {
    expect(createLinearTest(source, false)).toBeNull();
  });

  it('says what JavaScript says, for any expression and text (seeds 1 to 4)', () => {
    const atoms = [
      'a',
      'b',
      'A',
      '.',
      '[ab]',
      '[^a]',
      String.raw`\d`,
      String.raw`\w`,
      String.raw`\s`,
      '^',
      '$',
      String.raw`\b`,
      String.raw`\B`,
      '1',
      ' ',
      'ä',
      '😀',
      '(a|b1)',
      '(?:ab)',
    ];
    const quantifiers = ['', '', '', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '*?'];
    const chars = [...'abAB1 \n', 'ä', '😀', '\ud83d', '_'];
    let taken = 0;
    for (let seed = 1; seed <= 4; seed += 1) {
      const random = randomNumbers(seed);
      const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
      for (let round = 0; round < 200; round += 1) {
        const source = Array.from(
          { length: 1 + Math.floor(random() * 5) },
          () => pick(atoms) + pick(quantifiers) + (random() < 0.1 ? '|' : ''),
        ).join('');
        const ignoreCase = random() < 0.5;
        const test = createLinearTest(source, ignoreCase);
        const regex = compileLogRegex({ source, ignoreCase });
        if (test === null || regex === null) continue;
        taken += 1;
        for (let each = 0; each < 20; each += 1) {
          const text = Array.from({ length: Math.floor(random() * 8) }, () => pick(chars)).join('');
          expect(test(text), `${source} ${ignoreCase ? 'i' : ''} in ${JSON.stringify(text)}`).toBe(regex.test(text));
        }
      }
    }
    expect(taken).toBeGreaterThan(300);
  });

  it.each<[string, string]>([
    ['.*a.*b.*c', 'ab'.repeat(32_768)],
    [String.raw`\s+$`, `${' '.repeat(65_535)}x`],
    [String.raw`\d+x`, '1'.repeat(65_536)],
    ['[ab]*a[ab]{200}c', 'ab'.repeat(16_384) + 'ba'.repeat(16_384)],
    ['(?:a|b)*c', 'ab'.repeat(32_768)],
    ['.{1,200}x', 'y'.repeat(65_536)],
    ['[^x]+x', Array.from({ length: 30_000 }, (_, index) => String.fromCodePoint(0x4e00 + (index % 20_000))).join('')],
  ])('%s takes time in proportion to the text', (source, text) => {
    const test = createLinearTest(source, false);
    const startedAtMs = performance.now();
    expect(test?.(text)).toBe(false);
    expect(performance.now() - startedAtMs).toBeLessThan(3_000);
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
