import { expect, test } from 'vitest';
import { parseAnsi, plainText } from '../../../../src-renderer/views/logs/text/ansi';
import { processorMsOf } from '../../../helpers/processor-time';

const none = { colour: null, ground: null, bold: false, dim: false, italic: false, underline: false };

test('a line without escapes is itself', () => {
  expect(parseAnsi('GET /cart 200')).toEqual([{ text: 'GET /cart 200', style: null }]);
  expect(parseAnsi('')).toEqual([]);
});

test('the sixteen colours, bold, dim and underline, until they are reset', () => {
  expect(parseAnsi('a\u001b[31mred\u001b[1mbold\u001b[0mplain')).toEqual([
    { text: 'a', style: null },
    { text: 'red', style: { ...none, colour: 'red' } },
    { text: 'bold', style: { ...none, colour: 'red', bold: true } },
    { text: 'plain', style: null },
  ]);
  expect(parseAnsi('\u001b[2;4;92mx\u001b[22;24;39my')).toEqual([
    { text: 'x', style: { ...none, dim: true, underline: true, colour: 'green' } },
    { text: 'y', style: null },
  ]);
  expect(parseAnsi('\u001b[43;34mx\u001b[m')).toEqual([{ text: 'x', style: { ...none, colour: 'blue', ground: 'yellow' } }]);
});

test.each([
  ['38;5;196', 'red'],
  ['38;5;46', 'green'],
  ['38;5;33', 'blue'],
  ['38;5;201', 'magenta'],
  ['38;5;51', 'cyan'],
  ['38;5;226', 'yellow'],
  ['38;5;240', 'grey'],
  ['38;5;9', 'red'],
  ['38;2;255;90;0', 'yellow'],
  ['38:2:10:200:30', 'green'],
  ['38;2;250;250;250', 'white'],
])('%s becomes the colour of the theme that is nearest: %s', (codes, colour) => {
  expect(parseAnsi(`\u001b[${codes}mx`)).toEqual([{ text: 'x', style: { ...none, colour } }]);
});

test('a colour takes its numbers with it and no more', () => {
  expect(parseAnsi('\u001b[38;5;196;1mx')).toEqual([{ text: 'x', style: { ...none, colour: 'red', bold: true } }]);
});

test.each([
  ['clear screen', 'a\u001b[2J\u001b[Hb'],
  ['private mode', 'a\u001b[?25lb'],
  ['title', 'a\u001b]0;pwned\u0007b'],
  ['clipboard', 'a\u001b]52;c;cHduZWQ=\u001b\\b'],
  ['link', 'a\u001b]8;;https://evil.example/\u001b\\b'],
  ['device control', 'a\u001bPq#0;2\u001b\\b'],
  ['C1 CSI', 'a\u009b2Jb'],
  ['C1 OSC', 'a\u009d0;x\u009cb'],
  ['character set', 'a\u001b(0b'],
  ['reset', 'a\u001bcb'],
  ['bold with a private mark', 'a\u001b[>1mb'],
])('other escapes are left out: %s', (_, text) => {
  expect(plainText(text)).toBe('ab');
  expect(parseAnsi(text).every(({ style }) => style === null)).toBe(true);
});

test('an escape that never ends takes no more than its line', () => {
  expect(plainText('a\u001b]0;never ends\nnext')).toBe('a\nnext');
});

test('controls and marks of direction are shown', () => {
  expect(plainText('nul\u0000 bell\u0007 del\u007f')).toBe('nul\u2400 bell\u2407 del\u2421');
  expect(plainText('evil \u202egnp.exe\u2066\u200b\u2028')).toBe('evil ⟨202E⟩gnp.exe⟨2066⟩⟨200B⟩⟨2028⟩');
  expect(plainText('esc at the end\u001b')).toBe('esc at the end\u241b');
  expect(plainText('tab\tand\nbreak')).toBe('tab    and\nbreak');
  expect(plainText('한글 🙂 é')).toBe('한글 🙂 é');
});

test('a long hostile line costs time in proportion', () => {
  const cost = (text: string) => processorMsOf(() => parseAnsi(text));
  for (const seed of ['\u001b[', '\u001b]', '\u001b[1', '\u001b ', '\u009d;']) {
    cost(seed.repeat(1000));
    expect(cost(seed.repeat(30_000))).toBeLessThan(500);
  }
});
