import { describe, expect, test } from 'vitest';
import type { TrackedProcess } from '../../../../../src-main/collectors/processes/read-table';
import { createRowKeeper, type RowSources } from '../../../../../src-main/collectors/processes/rows';
import { usualKernelUnits } from '../../../../../src-main/platform/proc-constants';

const slow = { name: 'a', command: 'a', uid: 0, exe: '/a', exeDeleted: false, hidden: false, container: null, pod: null, unit: null };
const tracked = (changes: Partial<TrackedProcess> = {}): TrackedProcess => ({
  pid: 7,
  startTicks: 100,
  kernelThread: false,
  ppid: 1,
  sessionId: 7,
  terminal: 'pts/1',
  state: 'S',
  threadCount: 1,
  rssPages: 10,
  cpuTicks: 0,
  previousCpuTicks: null,
  slow,
  isNew: true,
  ...changes,
});
const sources: RowSources = { userOf: () => 'root', listeningOf: () => undefined, evidenceOf: () => null };
const times = (nowMs: number) => ({ nowMs, monotonicMs: nowMs, elapsedMs: 2_000, bootedAtMs: 0, units: usualKernelUnits });

describe('rows of a sample', () => {
  test('the same row as long as nothing changed', () => {
    const rows = createRowKeeper();
    const process = tracked();
    const [first] = rows.join([process], times(0), sources);
    process.previousCpuTicks = 0;
    const [second] = rows.join([process], times(2_000), sources);
    const [third] = rows.join([process], times(4_000), sources);
    expect(first).toMatchObject({ sessionId: 7, terminal: 'pts/1', cpuCores: null, heldStateSinceMs: null, busySinceMs: null });
    expect(second).toMatchObject({ cpuCores: 0 });
    expect(third).toBe(second);
  });

  test('one that stands still in a fleeting state keeps its row too', () => {
    const rows = createRowKeeper();
    const process = tracked({ state: 'Z', previousCpuTicks: 0 });
    const [first] = rows.join([process], times(1_000), sources);
    const [second] = rows.join([process], times(3_000), sources);
    expect(first?.heldStateSinceMs).toBe(1_000);
    expect(second).toBe(first);
  });

  test.each([
    ['back', -9 * 3_600_000],
    ['forward', 3_600_000],
  ])('a clock that is set %s moves its spells and its start along, once', (_where, setMs) => {
    const rows = createRowKeeper();
    const process = tracked({ state: 'D', previousCpuTicks: 0, cpuTicks: 200 });
    const setTimes = (monotonicMs: number) => ({ ...times(monotonicMs), nowMs: monotonicMs + setMs, bootedAtMs: setMs });
    rows.join([process], times(10_000), sources);
    const [before] = rows.join([process], times(12_000), sources);
    const [moved] = rows.join([process], setTimes(14_000), sources);
    const [later] = rows.join([process], setTimes(16_300), sources);
    expect(before).toMatchObject({ heldStateSinceMs: 10_000, busySinceMs: 8_000, startedAtMs: 1_000 });
    expect(moved).toMatchObject({ heldStateSinceMs: 10_000 + setMs, busySinceMs: 8_000 + setMs, startedAtMs: 1_000 + setMs });
    expect(later).toBe(moved);
  });

  test('clocks that only wobble leave the row the same', () => {
    const rows = createRowKeeper();
    const process = tracked({ state: 'Z', previousCpuTicks: 0 });
    const wobbling = [0, 900, -1_000, 450].map((offMs, index) => ({
      ...times(10_000 + index * 2_000),
      nowMs: 10_000 + index * 2_000 + offMs,
      bootedAtMs: offMs,
    }));
    const all = wobbling.map((one) => rows.join([process], one, sources)[0]);
    expect(new Set(all).size).toBe(1);
  });

  test('another process with the same number starts anew', () => {
    const rows = createRowKeeper();
    rows.join([tracked({ state: 'Z' })], times(1_000), sources);
    const [row] = rows.join([tracked({ state: 'Z', startTicks: 200 })], times(3_000), sources);
    expect(row?.heldStateSinceMs).toBe(3_000);
  });
});
