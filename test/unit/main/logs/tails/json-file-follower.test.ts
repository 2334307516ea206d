import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PackedLines } from '../../../../../src-main/logs/pipeline/packed-lines';
import { type FollowStep, JsonFileFollower } from '../../../../../src-main/logs/tails/json-file-follower';
import type { KnownLine } from '../../../../../src-main/logs/tails/line-place';
import { StreamPlaces } from '../../../../../src-main/logs/tails/stream-places';

const startMs = Date.parse('2026-11-21T03:00:00Z');
/** Line `number`, written a tenth of a second after the one before. */
const record = (number: number) =>
  `{"log":"line ${number}\\n","stream":"stdout","time":"${new Date(startMs + number * 100).toISOString()}"}\n`;
const records = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => record(from + at)).join('');
const placeOf = (number: number): KnownLine => {
  const atMs = startMs + number * 100;
  return { stream: 'stdout', stamp: { seconds: Math.floor(atMs / 1000), nanoseconds: (atMs % 1000) * 1e6 }, count: 1 };
};

describe('JsonFileFollower', () => {
  let folder = '';
  let path = '';
  /** Older files. */
  let kept = 0;
  beforeEach(() => {
    kept = 0;
    folder = mkdtempSync(join(tmpdir(), 'logscope-json-file-'));
    path = join(folder, 'c-json.log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function rotate(): void {
    for (let age = 3; age > 1; age -= 1) if (exists(age - 1)) renameSync(`${path}.${age - 1}`, `${path}.${age}`);
    renameSync(path, `${path}.1`);
    kept = Math.min(3, kept + 1);
  }
  const exists = (age: number) => kept >= age;
  function follow(known: number) {
    const out = new PackedLines();
    const follower = JsonFileFollower.open({ path, fileCount: 4 }, placeOf(known), out, new StreamPlaces(() => Number.MAX_SAFE_INTEGER));
    const numbers: number[] = [];
    const steps = (): FollowStep => {
      for (;;) {
        const step = follower?.step() ?? 'lost';
        const { bytes, ends } = out.take();
        let start = 0;
        for (const end of ends) {
          numbers.push(Number(Buffer.from(bytes.subarray(start, end)).toString().slice(5)));
          start = end + 1;
        }
        if (step !== 'more') return step;
      }
    };
    return { follower, numbers, steps, close: () => follower?.close() };
  }
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

  it('goes on behind the known line, wherever in a large file it stands', () => {
    writeFileSync(path, records(0, 60_000));
    for (const known of [0, 31_415, 59_999]) {
      const one = follow(known);
      expect(one.steps()).toBe('end');
      expect(one.follower?.lines.isBehindKnown).toBe(true);
      expect(one.numbers).toEqual(range(known + 1, 60_000));
      one.close();
    }
  });

  it('follows over rotations: one, and several between two looks', () => {
    writeFileSync(path, records(0, 100));
    const one = follow(50);
    expect(one.steps()).toBe('end');
    appendFileSync(path, records(100, 120));
    rotate();
    expect(one.steps()).toBe('end');
    writeFileSync(path, records(120, 130));
    one.steps();
    appendFileSync(path, records(130, 140));
    rotate();
    writeFileSync(path, records(140, 150));
    rotate();
    writeFileSync(path, records(150, 160));
    expect(one.steps()).toBe('end');
    expect(one.numbers).toEqual(range(51, 160));
    one.close();
  });

  it('begins in an older file when the known line stands there', () => {
    writeFileSync(path, records(0, 100));
    rotate();
    writeFileSync(path, records(100, 200));
    rotate();
    writeFileSync(path, records(200, 300));
    const one = follow(42);
    expect(one.steps()).toBe('end');
    expect(one.numbers).toEqual(range(43, 300));
    one.close();
  });

  it('says that it lost its place: the file is gone, cut off in place, or no log any more', () => {
    writeFileSync(path, records(0, 100));
    const gone = follow(99);
    gone.steps();
    for (let times = 0; times < 4; times += 1) {
      rotate();
      writeFileSync(path, records(100 + times, 101 + times));
    }
    expect(gone.steps()).toBe('lost');
    gone.close();
    rmSync(folder, { recursive: true });
    folder = mkdtempSync(join(tmpdir(), 'logscope-json-file-'));
    path = join(folder, 'c-json.log');
    writeFileSync(path, records(0, 100));
    const cut = follow(99);
    cut.steps();
    truncateSync(path, 0);
    expect(cut.steps()).toBe('lost');
    cut.close();
    writeFileSync(path, records(0, 100));
    const nonsense = follow(99);
    nonsense.steps();
    appendFileSync(path, '\0\0\n');
    expect(nonsense.steps()).toBe('lost');
    nonsense.close();
  });

  it('opens nothing that is not there', () => {
    expect(follow(0).follower).toBe(null);
  });
});
