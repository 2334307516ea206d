import { describe, expect, it } from 'vitest';
import {
  countOf,
  cutToWidth,
  displayWidth,
  escapeUnprintable,
  fitToWidth,
  jsonLine,
  wrapToWidth,
} from '../../../../src-main/cli/terminal-text';

describe('escapeUnprintable', () => {
  it.each([
    ['\u001b[31mred', '\\x1b[31mred'],
    ['a\r\nb\tc', 'a\\x0d\\x0ab\\x09c'],
    ['\u009b2J', '\\x9b2J'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
    ['\ud800', '\\ud800'],
    ['한글 ok é 🐳', '한글 ok é 🐳'],
  ])('%j -> %s', (text, expected) => {
    expect(escapeUnprintable(text)).toBe(expected);
  });
});

describe('jsonLine', () => {
  it('holds no raw control or direction character and parses to the same value', () => {
    const value = { name: '\u001b]0;x\u0007\u009b\u202e\u2028\ufeff', plain: '한글' };
    const line = jsonLine(value);
    expect(line).toMatch(/^[\u0020-\u007e가-힣]*\n$/u);
    expect(JSON.parse(line)).toEqual(value);
  });
});

describe('width', () => {
  it('counts columns, not characters', () => {
    expect(displayWidth('한글a')).toBe(5);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('🐳')).toBe(2);
  });

  it('cuts before a wide character that would stick out', () => {
    expect(cutToWidth('한글이다', 6)).toBe('한글…');
    expect(cutToWidth('short', 5)).toBe('short');
    expect(fitToWidth('한글이다', 6)).toBe('한글… ');
    expect(fitToWidth('7', 3, 'right')).toBe('  7');
  });
});

describe('words', () => {
  it('wraps at spaces and leaves a long word whole', () => {
    expect(wrapToWidth('start it with systemctl', 8)).toEqual(['start it', 'with', 'systemctl']);
    expect(wrapToWidth('', 8)).toEqual(['']);
  });

  it('counts in the right number', () => {
    expect([countOf(1, 'log'), countOf(0, 'log'), countOf(2, 'process', 'processes')]).toEqual(['1 log', '0 logs', '2 processes']);
  });
});
