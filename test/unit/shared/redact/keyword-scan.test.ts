import { describe, expect, it } from 'vitest';
import { createKeywordScan } from '../../../../src-shared/redact/keyword-scan';

const keywords = ['pass', 'password ', 'token', '8q~', '://', ':aa', '비밀번호', '암호', 'glc_', 'glcbt-'] as const;
const scan = createKeywordScan(keywords.map((keyword) => [keyword, keyword] as const));

/** What the scan stands for. */
function slowly(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const here = text.slice(at).toLowerCase();
    const first = keywords.find((keyword) => here.startsWith(keyword));
    if (first !== undefined && !found.includes(first)) found.push(first);
  }
  return found;
}

describe('createKeywordScan', () => {
  it('finds each keyword once, in either case, in their order, the first of those that begin at one place', () => {
    expect(scan('Password was PASSWORD and aToKeN http://x').owners).toEqual(['pass', 'token', '://']);
    expect(scan('glc_ GLCBT- 8Q~ :AA 비밀번호 암호').owners).toEqual(['glc_', 'glcbt-', '8q~', ':aa', '비밀번호', '암호']);
    expect(scan('nothing here, pas, toke').owners).toEqual([]);
  });

  it('does as a search at each place does, also where characters collide', () => {
    const pieces = [
      'pas',
      's',
      'PASSW',
      'ord ',
      '://',
      '::',
      ':a',
      'A',
      '\u001b',
      '8',
      'q',
      '~',
      '비',
      '밀번호',
      'tok',
      'en',
      'glcb',
      't-',
      ' ',
      'Ā',
      'ſ',
    ];
    let state = 7;
    for (let round = 0; round < 2_000; round += 1) {
      let text = '';
      for (let part = 0; part < 12; part += 1) {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
        text += pieces[(state >>> 8) % pieces.length];
      }
      expect(scan(text).owners).toEqual(slowly(text));
    }
  });

  it('tells runs of digits as the expression \\d{4}[ -]?\\d{4} does', () => {
    const texts = [
      '12345678',
      '1234 5678',
      '1234-5678',
      '1234  5678',
      '123-45678',
      '1234x5678',
      '1234567',
      '99999 1234',
      '1234 567 8901',
      '',
    ];
    expect(texts.map((text) => scan(text).hasDigitRun)).toEqual(texts.map((text) => /\d{4}[ -]?\d{4}/.test(text)));
  });
});
