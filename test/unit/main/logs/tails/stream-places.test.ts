import { beforeEach, describe, expect, it } from 'vitest';
import type { LogStream } from '../../../../../src-main/logs/frame';
import { StreamPlaces } from '../../../../../src-main/logs/tails/stream-places';

let nowMs = 0;
beforeEach(() => {
  nowMs = 6_000_000;
});

type Line = readonly [stream: LogStream, seconds: number, nanoseconds?: number];

/** Reads what an engine tells from the place on; gives what was not read before. */
function read(place: StreamPlaces, log: readonly Line[], held: Line | null = null): readonly Line[] {
  const again = place.toldAgain();
  const fresh: Line[] = [];
  for (const line of log) {
    const [stream, seconds, nanoseconds = 0] = line;
    const isTold = again === null || (seconds - again.from.seconds || nanoseconds - again.from.nanoseconds) >= 0;
    if (!isTold || again?.wasRead(stream, seconds, nanoseconds) === true) continue;
    place.note(stream, seconds, nanoseconds);
    fresh.push(line);
  }
  place.hold(held === null ? null : { seconds: held[1], nanoseconds: held[2] ?? 0 });
  return fresh;
}

const restored = (place: StreamPlaces) => {
  const next = new StreamPlaces(() => nowMs);
  next.restore(place.write() ?? '');
  return next;
};

describe('StreamPlaces', () => {
  it('knows of each stream how far it was read, however far they are out of step, in a later run too', () => {
    const place = new StreamPlaces(() => nowMs);
    expect(place.write()).toBe(null);
    expect(place.toldAgain()).toBe(null);
    const early: Line[] = Array.from({ length: 9_000 }, (_, at) => ['stdout', 100, at * 1_000]);
    read(place, [['stderr', 99, 999_000_000], ...early]);
    // Stamped before all of these, written behind them.
    const late: Line[] = Array.from({ length: 5 }, (_, at) => ['stderr', 100, at * 1_000]);
    const log: Line[] = [['stderr', 99, 999_000_000], ...early, ...late, ['stdout', 101]];
    for (const one of [restored(place), place]) expect(read(one, log)).toEqual([...late, ['stdout', 101]]);
  });

  it('tells lines of one stamp apart by their stream and their number', () => {
    const place = new StreamPlaces(() => nowMs);
    const log: Line[] = [
      ['stdout', 5],
      ['stdout', 5],
      ['stderr', 5],
    ];
    read(place, log);
    expect(place.last).toEqual({ stream: 'stderr', stamp: { seconds: 5, nanoseconds: 0 }, count: 1 });
    const more: Line[] = [
      ['stdout', 5],
      ['stderr', 5],
      ['stderr', 5],
    ];
    expect(read(restored(place), [...log, ...more])).toEqual(more);
  });

  it('begins no earlier for a stream that has long been silent, or never printed', () => {
    const place = new StreamPlaces(() => nowMs);
    read(place, [['stdout', 100, 7]]);
    expect(place.toldAgain()?.from).toEqual({ seconds: 98, nanoseconds: 7 });
    read(place, [
      ['stderr', 101],
      ['stdout', 5_000],
    ]);
    expect(place.toldAgain()?.from).toEqual({ seconds: 4_998, nanoseconds: 0 });
  });

  it('begins at a line of which only a part was read, however long ago that was', () => {
    const place = new StreamPlaces(() => nowMs);
    read(place, [['stdout', 100]]);
    read(place, [['stderr', 900]], ['stdout', 200, 3]);
    for (const one of [restored(place), place]) expect(one.toldAgain()?.from).toEqual({ seconds: 200, nanoseconds: 3 });
  });

  it('takes up the place of a reader that did not tell the streams apart', () => {
    const place = new StreamPlaces(() => nowMs);
    place.restore('{"stamp":{"seconds":100,"nanoseconds":9},"count":1,"recent":[4,2]}');
    const log: Line[] = [
      ['stdout', 100, 5],
      ['stdout', 100, 7],
      ['stderr', 100, 9],
      ['stderr', 100, 8],
      ['stdout', 101],
    ];
    expect(read(place, log)).toEqual(log.slice(3));
    expect(read(restored(place), [...log, ['stdout', 103]])).toEqual([['stdout', 103]]);
    expect(JSON.parse(place.write() ?? '')).toMatchObject({ stamp: { seconds: 101 } });
    read(place, [...log, ['stdout', 103]]);
    expect(JSON.parse(place.write() ?? '')).toMatchObject({ stdout: { stamp: { seconds: 103 } }, stderr: { stamp: { nanoseconds: 9 } } });
    expect(read(restored(place), [...log, ['stdout', 103], ['stderr', 102]])).toEqual([['stderr', 102]]);
  });

  it('has no line that can be found again when the clock of the engine went back', () => {
    const place = new StreamPlaces(() => nowMs);
    read(place, [['stdout', 100]]);
    place.note('stdout', 90, 0);
    expect(place.last).toBe(null);
    place.note('stdout', 101, 0);
    expect(place.last).toMatchObject({ stamp: { seconds: 101 } });
    place.leave();
    expect(place.last).toBe(null);
  });

  it('begins anew at the first line after the clock was set back by hours, also for the stream that is silent since', () => {
    nowMs = 40_000_000;
    const place = new StreamPlaces(() => nowMs);
    read(place, [
      ['stderr', 39_000],
      ['stdout', 40_000],
    ]);
    nowMs = 7_600_000;
    place.note('stdout', 7_600, 5);
    expect(place.last).toEqual({ stream: 'stdout', stamp: { seconds: 7_600, nanoseconds: 5 }, count: 1 });
    const after: Line[] = [
      ['stdout', 7_601],
      ['stderr', 7_602],
    ];
    for (const one of [restored(place), place]) {
      expect(one.toldAgain()?.from).toEqual({ seconds: 7_598, nanoseconds: 5 });
      expect(read(one, [['stdout', 7_600, 5], ...after])).toEqual(after);
    }
  });

  it('cannot tell what came since a clock that was set back while nobody read', () => {
    nowMs = 40_000_000;
    const place = new StreamPlaces(() => nowMs);
    read(place, [['stdout', 40_000]]);
    nowMs = 39_500_000;
    expect(place.toldAgain()?.from).toEqual({ seconds: 39_998, nanoseconds: 0 });
    nowMs = 7_600_000;
    for (const one of [restored(place), place]) expect(one.toldAgain()).toBe(null);
  });
});
