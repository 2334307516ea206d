import { describe, expect, it } from 'vitest';
import { lastStretch } from '../../../../../src-main/app/report-stretch';

const at = (...parts: [number, number, number, number?, number?, number?]) => new Date(...parts).getTime();

describe('the stretch that ended last', () => {
  it.each([
    ['hour', at(2026, 10, 21, 19, 0, 1), at(2026, 10, 21, 18), at(2026, 10, 21, 19), '2026-11-21T18'],
    ['hour', at(2026, 0, 1, 0, 0, 0), at(2025, 11, 31, 23), at(2026, 0, 1), '2025-12-31T23'],
    ['day', at(2026, 2, 1, 5), at(2026, 1, 28), at(2026, 2, 1), '2026-02-28'],
    // 23 November 2026 is a Monday.
    ['week', at(2026, 10, 23, 0, 0, 1), at(2026, 10, 16), at(2026, 10, 23), '2026-11-16--2026-11-22'],
    ['week', at(2026, 10, 22, 23, 59), at(2026, 10, 9), at(2026, 10, 16), '2026-11-09--2026-11-15'],
  ] as const)('of each %s at %d', (every, now, fromMs, toMs, name) => {
    expect(lastStretch(every, now)).toEqual({ fromMs, toMs, name });
  });

  it('is 23 and 25 hours long when the clock changes, where it does', () => {
    const before = process.env.TZ;
    process.env.TZ = 'Europe/Berlin';
    try {
      const hours = (...day: [number, number, number]) => {
        const { fromMs, toMs } = lastStretch('day', new Date(...day, 12).getTime());
        return (toMs - fromMs) / 3_600_000;
      };
      expect([hours(2026, 2, 30), hours(2026, 9, 26), hours(2026, 5, 2)]).toEqual([23, 25, 24]);
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });
});
