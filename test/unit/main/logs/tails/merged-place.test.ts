import { beforeEach, describe, expect, it } from 'vitest';
import { MergedPlace } from '../../../../../src-main/logs/tails/merged-place';

let nowMs = 0;
beforeEach(() => {
  nowMs = 6_000_000;
});

/** Reads a stream of stamps (nanoseconds of one second) into a place; gives those that were not read before. */
function read(place: MergedPlace, stamps: readonly number[]): readonly number[] {
  const again = place.toldAgain();
  const told = stamps.filter((stamp) => again === null || stamp >= again.from.nanoseconds);
  const fresh = told.filter((stamp) => again?.wasRead('stdout', 100, stamp) !== true);
  for (const stamp of fresh) place.note('stdout', 100, stamp);
  return fresh;
}

describe('MergedPlace', () => {
  it('goes on at the newest stamp, and behind as many of it as were read', () => {
    const place = new MergedPlace(() => nowMs);
    expect(place.newest).toBe(null);
    expect(place.write()).toBe(null);
    expect(read(place, [1, 2, 2])).toEqual([1, 2, 2]);
    expect(place.newest).toEqual({ seconds: 100, nanoseconds: 2 });
    expect(read(place, [2, 2, 2, 3])).toEqual([2, 3]);
  });

  it('takes a line with an earlier stamp that comes only now, once', () => {
    const place = new MergedPlace(() => nowMs);
    const before = [1_000, 5_000, 9_000, 9_500, 9_400];
    read(place, before);
    const after = [...before, 9_450, 9_300, 9_600];
    expect(read(place, after)).toEqual([9_450, 9_300, 9_600]);
    expect(read(place, [...after, 9_590])).toEqual([9_590]);
  });

  it('knows as much after a restart', () => {
    const place = new MergedPlace(() => nowMs);
    read(place, [1_000, 5_000, 9_000, 9_500, 9_400]);
    const next = new MergedPlace(() => nowMs);
    next.restore(place.write() ?? '');
    expect(read(next, [9_000, 9_500, 9_400, 9_450, 9_600])).toEqual([9_450, 9_600]);
  });

  it('begins at the newest line itself where lines come one by one', () => {
    const place = new MergedPlace(() => nowMs);
    place.note('stdout', 98, 0);
    place.note('stdout', 99, 0);
    place.note('stdout', 100, 7);
    expect(place.toldAgain()?.from).toEqual({ seconds: 100, nanoseconds: 7 });
  });

  it('reads what an older LogScope wrote down', () => {
    const place = new MergedPlace(() => nowMs);
    place.restore('{"stamp":{"seconds":100,"nanoseconds":7},"count":2}');
    expect(place.toldAgain()?.from).toEqual({ seconds: 100, nanoseconds: 7 });
    expect(read(place, [7, 7, 7, 8])).toEqual([7, 8]);
  });

  it('remembers the last thousands of a flood, over the turn of a second', () => {
    const place = new MergedPlace(() => nowMs);
    for (let line = 0; line < 50_000; line += 1) place.note('stdout', 100 + Math.floor(line / 40_000), (line % 40_000) * 25_000);
    const again = place.toldAgain();
    const from = again === null ? 0 : 101 - again.from.seconds + (249_975_000 - again.from.nanoseconds) / 1e9;
    expect(from).toBeCloseTo(0.05, 3);
    const stamps = Array.from({ length: 2_000 }, (_, at) => 249_975_000 - at * 25_000);
    const known = stamps.filter((nanoseconds) => again?.wasRead('stdout', 101, nanoseconds) === true);
    expect(known.length).toBeGreaterThan(1_900);
    expect(known.filter((nanoseconds) => again?.wasRead('stdout', 101, nanoseconds) === true)).toEqual([]);
  });

  it('begins anew at the first line after the clock was set back by hours; what came while nobody read cannot be told', () => {
    nowMs = 40_000_000;
    const place = new MergedPlace(() => nowMs);
    place.note('stdout', 40_000, 0);
    nowMs = 7_600_000;
    expect(place.toldAgain()).toBe(null);
    place.note('stdout', 7_600, 5);
    place.note('stdout', 7_600, 9);
    const again = place.toldAgain();
    expect(again?.from.seconds).toBe(7_600);
    expect([5, 9, 11].map((nanoseconds) => again?.wasRead('stdout', 7_600, nanoseconds))).toEqual([true, true, false]);
  });
});
