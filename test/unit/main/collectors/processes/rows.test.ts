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

  test('another process with the same number starts anew', () => {
    const rows = createRowKeeper();
    rows.join([tracked({ state: 'Z' })], times(1_000), sources);
    const [row] = rows.join([tracked({ state: 'Z', startTicks: 200 })], times(3_000), sources);
    expect(row?.heldStateSinceMs).toBe(3_000);
  });
});
