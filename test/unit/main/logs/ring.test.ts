import { describe, expect, it } from 'vitest';
import { ErrorRing } from '../../../../src-main/logs/ring';

const line = (atMs: number, text = String(atMs)) =>
  ({
    atMs,
    source: 'api',
    sourceKind: 'container',
    sourceId: 'abc',
    text,
    keyword: 'error',
    cutBytes: 0,
    recordId: null,
    pattern: null,
    repeatCount: 1,
    isNew: false,
    level: 'error',
    maskedCount: 0,
  }) as const;

describe('ErrorRing', () => {
  it('keeps the newest by their own time and counts what fell out', () => {
    const ring = new ErrorRing(3);
    for (const atMs of [50, 10, 40, 20, 60]) ring.add(line(atMs));
    expect(ring.newest(1000).map(({ atMs, id }) => [atMs, id])).toEqual([
      [60, 5],
      [50, 1],
      [40, 3],
    ]);
    expect([ring.keptCount, ring.droppedCount]).toEqual([5, 2]);
  });

  it('keeps the order of arrival at one time', () => {
    const ring = new ErrorRing(10);
    for (const text of ['a', 'b', 'c']) ring.add(line(5, text));
    expect(ring.newest(1000).map(({ text }) => text)).toEqual(['c', 'b', 'a']);
  });

  it('bounds the text that is given, but gives one line at least', () => {
    const ring = new ErrorRing(10);
    for (const atMs of [1, 2, 3]) ring.add(line(atMs, 'x'.repeat(60)));
    expect(ring.newest(130).map(({ atMs }) => atMs)).toEqual([3, 2]);
    expect(ring.newest(10).map(({ atMs }) => atMs)).toEqual([3]);
  });
});
