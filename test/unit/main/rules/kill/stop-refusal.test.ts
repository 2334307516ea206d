import { expect, test } from 'vitest';
import { judgeStopRefusal, type StopTarget } from '../../../../../src-main/rules/kill/stop-refusal';
import type { StopRefusal } from '../../../../../src-shared/contract';

/** 1 init > 100 shell > 200 LogScope > 210 renderer > 211 helper of it; 300 stands beside; 2 kthreadd > 20 worker. */
const tree = [
  [1, 0],
  [2, 0],
  [20, 2],
  [100, 1],
  [200, 100],
  [210, 200],
  [211, 210],
  [300, 100],
].map(([pid = 0, ppid = 0]) => ({ pid, ppid }));

function target(pid: number, more: Partial<StopTarget> = {}): StopTarget {
  return {
    pid,
    ppid: tree.find((one) => one.pid === pid)?.ppid ?? 1,
    startTicks: 5,
    kernelThread: false,
    state: 'S',
    threadCount: 1,
    ...more,
  };
}

test.each<[string, StopTarget, StopRefusal | null]>([
  ['an ordinary process', target(300), null],
  ['a stopped one', target(300, { state: 'T' }), null],
  ['init', target(1), 'init'],
  ['the number that means "my group"', target(0), 'init'],
  ['the number that means "everything"', target(-1), 'init'],
  ['no number', target(Number.NaN), 'init'],
  ['half a number', target(300.5), 'init'],
  ['a kernel thread', target(20, { kernelThread: true }), 'kernel-thread'],
  ['LogScope', target(200), 'self'],
  ['its renderer', target(210), 'self'],
  ['a child of that', target(211), 'self'],
  ['one started since the list was read, below LogScope', target(999, { ppid: 210 }), 'self'],
  ['the shell that started LogScope', target(100), 'ancestor'],
  ['no start ticks', target(300, { startTicks: null }), 'identity-unknown'],
  ['a zombie', target(300, { state: 'Z' }), 'zombie'],
  ['a program whose first thread ended', target(300, { state: 'Z', threadCount: 3 }), null],
])('%s', (_, process, refusal) => {
  expect(judgeStopRefusal(process, tree, 200)).toBe(refusal);
});

test('a circle in a torn list ends', () => {
  const circle = [
    { pid: 400, ppid: 401 },
    { pid: 401, ppid: 400 },
  ];
  expect(judgeStopRefusal({ ...target(400), ppid: 401 }, circle, 200)).toBeNull();
});
