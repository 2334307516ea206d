import { describe, expect, it } from 'vitest';
import { compareStamps, formatSince, msToStamp, parseStamp, stampToMs } from '../../../../src-main/logs/stamp';

describe('stamps', () => {
  it('reads what Docker and Podman write', () => {
    expect(parseStamp('2026-11-21T03:34:51.561520378Z')).toEqual({ seconds: 1795232091, nanoseconds: 561_520_378 });
    expect(parseStamp('2026-11-21T12:34:51.5+09:00')).toEqual({ seconds: 1795232091, nanoseconds: 500_000_000 });
    expect(parseStamp('2026-11-21T03:34:51Z')).toEqual({ seconds: 1795232091, nanoseconds: 0 });
    expect(parseStamp('2026-11-21')).toBeNull();
    expect(parseStamp('2026-99-99T03:34:51Z')).toBeNull();
  });

  it('keeps the nanosecond in the engine form and in the order', () => {
    expect(formatSince({ seconds: 5, nanoseconds: 42 })).toBe('5.000000042');
    expect(compareStamps({ seconds: 5, nanoseconds: 42 }, { seconds: 5, nanoseconds: 43 })).toBeLessThan(0);
    expect(stampToMs(msToStamp(1_795_232_091_561.5))).toBe(1_795_232_091_561.5);
  });
});
