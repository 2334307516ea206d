import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWrappedRuns, removeOldRuns } from '../../../../src-main/platform/wrapped-runs';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

const day = 86_400_000;
const nowMs = Date.UTC(2026, 10, 21, 12);
const idOf = (number: number) => `20261121T${String(number).padStart(9, '0')}-77`;
const gone = 2 ** 22 + 1;

function recordOf(id: string, over: object = {}) {
  const times = { startedAtMs: nowMs, endedAtMs: nowMs + 5, exitCode: 0, signal: null };
  return { id, command: ['npm', 'test'], cwd: '/srv', pid: gone, ...times, ports: [3000], lostBytes: 0, ...over };
}

function keep(directory: string, number: number, { bytes = 1, ageMs = 0, over = {} } = {}): string {
  const id = idOf(number);
  for (const [end, content] of Object.entries({ json: JSON.stringify(recordOf(id, over)), log: 'x'.repeat(bytes) })) {
    const path = join(directory, `${id}.${end}`);
    writeFileSync(path, content);
    utimesSync(path, (nowMs - ageMs) / 1000, (nowMs - ageMs) / 1000);
  }
  return id;
}

describe('readWrappedRuns', () => {
  it('gives the runs, oldest first, and whether they run', () => {
    const directory = temporaryDirectory();
    keep(directory, 2, { over: { endedAtMs: null, exitCode: null, pid: process.pid } });
    keep(directory, 1);
    keep(directory, 3, { over: { endedAtMs: null, exitCode: null } });
    expect(readWrappedRuns(directory).map(({ run, isRunning, logPath }) => [run.id, isRunning, logPath])).toEqual([
      [idOf(1), false, join(directory, `${idOf(1)}.log`)],
      [idOf(2), true, join(directory, `${idOf(2)}.log`)],
      [idOf(3), false, join(directory, `${idOf(3)}.log`)],
    ]);
  });

  it('leaves out whatever is not ours', () => {
    const directory = temporaryDirectory();
    const write = (number: number, content: string) => writeFileSync(join(directory, `${idOf(number)}.json`), content);
    write(1, '{ half');
    write(2, JSON.stringify(recordOf(idOf(9))));
    write(3, JSON.stringify(recordOf(idOf(3), { command: 'rm -rf /' })));
    write(4, JSON.stringify(recordOf(idOf(4), { signal: '<b>' })));
    write(5, JSON.stringify(recordOf(idOf(5), { pid: -1 })));
    write(6, JSON.stringify(recordOf(idOf(6), { cwd: 'x'.repeat(2_000_000) })));
    mkdirSync(join(directory, `${idOf(7)}.json`));
    symlinkSync('/dev/zero', join(directory, `${idOf(8)}.json`));
    writeFileSync(join(directory, 'other.json'), JSON.stringify(recordOf('other')));
    expect(readWrappedRuns(directory)).toEqual([]);
    expect(readWrappedRuns(join(directory, 'absent'))).toEqual([]);
  });
});

describe('removeOldRuns', () => {
  const kept = { count: 3, ageMs: 7 * day, bytes: 10_000 };
  const idsIn = (directory: string) => [...new Set(readdirSync(directory).map((name) => name.split('.')[0]))].sort();

  it('keeps the newest by count', () => {
    const directory = temporaryDirectory();
    for (const number of [1, 2, 3, 4, 5]) keep(directory, number);
    writeFileSync(join(directory, 'other.log'), '');
    expect(removeOldRuns(directory, nowMs, kept)).toBe(2);
    expect(idsIn(directory)).toEqual([idOf(3), idOf(4), idOf(5), 'other']);
  });

  it('by age and by size, but none that runs', () => {
    const directory = temporaryDirectory();
    const running = keep(directory, 1, { ageMs: 8 * day, over: { endedAtMs: null, exitCode: null, pid: process.pid } });
    keep(directory, 2, { ageMs: 8 * day });
    keep(directory, 3, { bytes: 9_900 });
    const newest = keep(directory, 4, { bytes: 100 });
    expect(removeOldRuns(directory, nowMs, kept)).toBe(2);
    expect(idsIn(directory)).toEqual([running, newest]);
    expect(existsSync(join(directory, `${newest}.json`))).toBe(true);
    expect(removeOldRuns(join(directory, 'absent'), nowMs, kept)).toBe(0);
  });
});
