import { describe, expect, it } from 'vitest';
import { FloodGauge } from '../../../../../src-main/logs/tails/flood-gauge';

function gauge() {
  const time = { ms: 0 };
  const one = new FloodGauge(() => time.ms);
  return {
    time,
    gauge: one,
    count(lines: number) {
      for (let left = lines; left > 0; left -= 1) one.count();
    },
  };
}

describe('FloodGauge', () => {
  it('tells a flood as soon as it has its lines, and not again in the same moment', () => {
    const { time, gauge: one, count } = gauge();
    count(999);
    expect([one.isBusy, one.isFlooded]).toEqual([true, false]);
    count(1);
    expect([one.isFlooded, one.isFlooded]).toEqual([true, false]);
    time.ms = 250;
    expect(one.isFlooded).toBe(true);
  });

  it('goes on while the lines do', () => {
    const { time, gauge: one, count } = gauge();
    const seen: boolean[] = [];
    for (let second = 1; second <= 12; second += 1) {
      count(400);
      time.ms = second * 1_000;
      seen.push(one.isFlooded);
    }
    expect(seen).toEqual([false, false, true, true, true, true, true, true, true, true, true, true]);
  });

  it('is over when the lines are: a burst does not keep a stream busy for ever', () => {
    const { time, gauge: one, count } = gauge();
    count(5_000);
    expect(one.isFlooded).toBe(true);
    const seen: (readonly [isFlooded: boolean, isBusy: boolean])[] = [];
    for (let second = 1; second <= 12; second += 1) {
      count(1);
      time.ms = second * 1_000;
      seen.push([one.isFlooded, one.isBusy]);
    }
    expect(seen.slice(8, 10)).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(seen.at(-1)).toEqual([false, false]);
  });

  it('a burst of long ago is none when the next line comes', () => {
    const { time, gauge: one, count } = gauge();
    count(5_000);
    time.ms = 3_600_000;
    count(1);
    expect([one.isFlooded, one.isBusy]).toEqual([false, false]);
  });
});
