import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../../../src-main/logs/parse/parse-line';
import { judgeLine } from '../../../../../src-main/rules/log-errors/judge-line';
import { processorMsOf } from '../../../../helpers/processor-time';

/** Deterministic, so that a failure can be repeated. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pieces = [
  '{"level":"',
  '"}',
  '<34>1 ',
  '<4>',
  '[',
  ']',
  '2024-01-02T03:04:05.678Z',
  'Jan  1 11:00:00',
  ' ERROR ',
  ' - ',
  '| ',
  '=',
  '"',
  '\\',
  'a.b.C:',
  '\u001b[31m',
  '0 errors',
  '한글',
  '\ud800',
];

describe('hostile lines', () => {
  it('never throws, whatever the bytes', () => {
    const random = createRandom(42);
    for (let round = 0; round < 4_000; round += 1) {
      const bytes = Buffer.from(Array.from({ length: Math.floor(random() * 120) }, () => Math.floor(random() * 256)));
      const mixed = Array.from({ length: Math.floor(random() * 12) }, () => pieces[Math.floor(random() * pieces.length)] ?? '').join('');
      for (const text of [bytes.toString('utf8'), bytes.toString('latin1'), mixed, mixed + bytes.toString('latin1')]) {
        const line = parseLine(text, { nowMs: 1_700_000_000_000 });
        expect(typeof line.message).toBe('string');
        if (line.atMs !== null) expect(Number.isFinite(line.atMs)).toBe(true);
        judgeLine({ ...line, level: null });
      }
    }
  });

  it.each([
    ['a', 'aaaa'],
    ['open brackets', '[[[['],
    ['spaces', '    '],
    ['pairs', 'a=b '],
    ['open quotes', 'a="\\"'],
    ['errors that do not count', '0 errors '],
    ['negations', 'no other any '],
    ['words in one', 'errorerror'],
    ['dotted', 'a.b:c/'],
    ['pipes', 'a| '],
    ['colours', '\u001b[31m'],
    ['objects', '{"a":'],
    ['structured data', '<34>1 - - - - - [a b="c" '],
    ['stamps', '2024-01-02 03:04:05 - '],
    ['levels', 'ERROR - [x] '],
    ['dots and digits', '1.1.'],
  ])('takes time in proportion to the length: %s', (_, unit) => {
    const cost = (length: number): number => {
      const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
      const parse = () => {
        for (let round = 0; round < 4; round += 1) {
          judgeLine({ ...parseLine(text), level: null, message: text });
          parseLine(`2024-01-02T03:04:05Z ${text}`);
          parseLine(`Jan  1 11:00:00 ${text}`);
          parseLine(`<34>1 - - - - - ${text}`);
        }
      };
      const tries = Array.from({ length: 7 }, () => processorMsOf(parse));
      return Math.min(...tries);
    };
    cost(16_384);
    const [half, whole] = [cost(32_768), cost(65_536)];
    // What takes next to no time has no ratio worth the name.
    expect(whole < 4 || whole / half < 2.6, `${half} ms, then ${whole} ms`).toBe(true);
    expect(whole).toBeLessThan(400);
  });
});
