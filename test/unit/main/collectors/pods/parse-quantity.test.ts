import { describe, expect, it } from 'vitest';
import { parseQuantity } from '../../../../../src-main/collectors/pods/parse-quantity';

describe('parseQuantity', () => {
  it.each([
    ['0', 0],
    ['2', 2],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['-1', -1],
    ['250m', 0.25],
    ['100u', 0.0001],
    ['12345678n', 0.012345678],
    ['1k', 1000],
    ['2M', 2e6],
    ['3G', 3e9],
    ['1T', 1e12],
    ['1P', 1e15],
    ['2E', 2e18],
    ['1Ki', 1024],
    ['128Mi', 134_217_728],
    ['1.5Gi', 1_610_612_736],
    ['1Ti', 2 ** 40],
    ['1Pi', 2 ** 50],
    ['1Ei', 2 ** 60],
    ['1e3', 1000],
    ['1E3', 1000],
    ['5e-1', 0.5],
    ['129e6', 129_000_000],
    [4, 4],
  ])('%s is %d', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
  });

  it.each(['', ' 1', '1 ', 'm', '1mi', '1KI', '1e3Ki', '1..2', '0x10', 'NaN', 'Infinity', '1e9999', null, undefined, {}, Number.NaN])(
    '%j is none',
    (text) => {
      expect(parseQuantity(text)).toBeNull();
    },
  );
});
