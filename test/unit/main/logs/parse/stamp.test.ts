import { describe, expect, it } from 'vitest';
import { readStamp } from '../../../../../src-main/logs/parse/stamp';

describe('readStamp', () => {
  it('reads a stamp with a T and a Z as it reads the same one with a blank', () => {
    const dates = ['2026-11-21', '2024-02-29', '2026-02-31', '1999-12-31', '2026-13-01', '2026-00-10', '2026-11-32', '0099-01-01'];
    const times = ['03:34:51', '23:59:60', '24:00:00', '25:00:00', '12:60:00', '12:00:61'];
    const fractions = ['', '.1', '.12', '.123', '.999999', '.999999999', '.000000001', '.1234567891', '.', ',5'];
    const ends = ['Z', 'Z rest', 'Zulu', 'Z1', '', ' rest', '+09:00', '-0330 x', ' UTC x'];
    for (const date of dates)
      for (const time of times)
        for (const fraction of fractions)
          for (const end of ends) {
            const told = `${time}${fraction}${end}`;
            expect(readStamp(`x ${date}T${told}`, 2, {}), told).toEqual(readStamp(`x ${date} ${told}`, 2, {}));
          }
  });

  it('gives the millisecond and where the stamp ends', () => {
    expect(readStamp('2026-11-21T03:34:51.561520378Z INFO', 0, {})).toEqual({ end: 30, atMs: Date.UTC(2026, 10, 21, 3, 34, 51, 561) });
    expect(readStamp('2026-11-21T03:34:51Z', 0, { offsetMinutes: 540 })).toEqual({ end: 20, atMs: Date.UTC(2026, 10, 21, 3, 34, 51) });
  });
});
