import { describe, expect, it } from 'vitest';
import { DurationSketch } from '../../../../src-main/traffic/aggregate/duration-sketch';
import { createRandom, exactQuantile } from './traffic-text';

const shares = [0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1];

const shapes: Readonly<Record<string, (random: () => number) => number>> = {
  uniform: (random) => random() * 5_000,
  lognormal: (random) => 20 * Math.exp(Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(6.283 * random())),
  'heavy tail': (random) => 3 / (random() + 1e-5) ** 0.8,
  'whole milliseconds': (random) => Math.floor(random() * 40),
};

describe('DurationSketch', () => {
  for (const [name, draw] of Object.entries(shapes))
    for (const seed of [1, 2, 3])
      it(`is within 1 % of exact for ${name}, seed ${seed}`, () => {
        const random = createRandom(seed);
        const values = Array.from({ length: 20_000 }, () => draw(random));
        const sketch = new DurationSketch();
        for (const value of values) sketch.add(value);
        for (const share of shares) {
          const exact = exactQuantile(values, share);
          expect(Math.abs((sketch.quantileMs(share) ?? Number.NaN) - exact)).toBeLessThanOrEqual(exact * 0.01 + 0.001);
        }
      });

  it('says the same of parts that were merged as of the whole', () => {
    const random = createRandom(7);
    const values = Array.from({ length: 9_999 }, () => random() ** 4 * 60_000);
    const whole = new DurationSketch();
    const parts = [new DurationSketch(), new DurationSketch(), new DurationSketch()];
    for (const [index, value] of values.entries()) {
      whole.add(value);
      parts[index % 3]?.add(value);
    }
    const merged = new DurationSketch();
    for (const part of parts) merged.merge(part);
    for (const share of shares) expect(merged.quantileMs(share)).toBe(whole.quantileMs(share));
    expect(merged.count).toBe(9_999);
    expect(merged.maxMs).toBe(whole.maxMs);
  });

  it('knows nothing without times, and zero is a time', () => {
    const sketch = new DurationSketch();
    expect(sketch.quantileMs(0.5)).toBeNull();
    expect(sketch.meanMs()).toBeNull();
    sketch.add(0);
    expect(sketch.quantileMs(0.5)).toBe(0);
  });

  it('takes times beyond every bound', () => {
    const sketch = new DurationSketch();
    for (const value of [1e-9, 1e15, 5]) sketch.add(value);
    expect(sketch.quantileMs(1)).toBe(1e15);
    expect(sketch.quantileMs(0.3)).toBe(0);
  });
});
