import { expect, test } from 'vitest';
import { barPx, createLiveBars, type RatioRow } from '../../../src-renderer/charts/live-bars';

const api: RatioRow = { key: 'api', first: 0.5, firstLevel: 'ok', second: 0.9, secondLevel: 'warning' };

function bar(): SVGRectElement {
  return document.createElementNS('http://www.w3.org/2000/svg', 'rect');
}

const drawn = (one: SVGRectElement) => [one.getAttribute('width'), one.getAttribute('data-level')];

test('bars follow their rows, and a bar that comes later has the latest', () => {
  const bars = createLiveBars();
  const cpu = bar();
  bars.put(cpu, { rowKey: 'api', column: 'first', fullPx: 80 });
  expect(drawn(cpu)).toEqual(['0', null]);
  bars.setRows([api]);
  expect(drawn(cpu)).toEqual(['40', 'ok']);
  const memory = bar();
  bars.put(memory, { rowKey: 'api', column: 'second', fullPx: 80 });
  expect(drawn(memory)).toEqual(['72', 'warning']);
  bars.setRows([{ ...api, first: null, second: 0.25, secondLevel: 'ok' }]);
  expect([drawn(cpu), drawn(memory)]).toEqual([
    ['0', 'ok'],
    ['20', 'ok'],
  ]);
  bars.setRows([]);
  expect(drawn(memory)[0]).toBe('0');
});

test('a bar that was let go stays as it is', () => {
  const bars = createLiveBars();
  const cpu = bar();
  const letGo = bars.put(cpu, { rowKey: 'api', column: 'first', fullPx: 80 });
  bars.setRows([api]);
  letGo();
  bars.setRows([{ ...api, first: 1 }]);
  expect(drawn(cpu)[0]).toBe('40');
});

test.each([
  [null, 0],
  [0, 1],
  [0.001, 1],
  [0.503, 40],
  [0.51, 41],
  [1.4, 80],
  [-1, 1],
])('a share of %s of 80 px is %s px', (ratio, px) => {
  expect(barPx(ratio, 80)).toBe(px);
});
