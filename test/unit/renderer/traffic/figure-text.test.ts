import { expect, test } from 'vitest';
import { countText, logText, shareText, shortCount, statusClassOf, timeText } from '../../../../src-renderer/views/traffic/figure-text';

test('unknown is a dash, never 0', () => {
  expect([countText(null), timeText(null), shareText(null)]).toEqual(['–', '–', '–']);
  expect([countText(0), timeText(0), shareText(0)]).toEqual(['0', '0 ms', '0 %']);
});

test.each([
  [0.04, '0 ms'],
  [0.44, '0.4 ms'],
  [3, '3 ms'],
  [42.4, '42 ms'],
  [999.4, '999 ms'],
  [999.6, '1.00 s'],
  [12_340, '12.3 s'],
  [250_000, '250 s'],
])('%d ms reads %s', (ms, text) => expect(timeText(ms)).toBe(text));

test.each([
  [0.00001, '<0.01 %'],
  [0.0042, '0.42 %'],
  [0.5, '50.0 %'],
  [0.999999, '>99.99 %'],
  [1, '100 %'],
])('a share of %d reads %s', (ratio, text) => expect(shareText(ratio)).toBe(text));

test('what is there never reads as nothing, and long counts find room', () => {
  expect(countText(9_999_999)).toBe('9,999,999');
  expect(countText(12_345_678)).toBe('12.3M');
  expect(shortCount(999_999)).toBe('999,999');
  expect(shortCount(1_234_567)).toBe('1.23M');
});

test('controls and marks that turn the writing are made visible', () => {
  expect(logText('/a\u202e\u0000\u001b[31mb')).toBe('/a\ufffd\ufffdb');
});

test('a status beyond the five classes has none', () => {
  expect([statusClassOf(200), statusClassOf(599), statusClassOf(0), statusClassOf(999)]).toEqual(['2xx', '5xx', 'other', 'other']);
});
