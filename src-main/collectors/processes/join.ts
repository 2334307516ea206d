import type { ListeningSocket, ProcessEvidence, ProcessFacts } from '../../../src-shared/snapshots/processes';
import type { KernelUnits } from '../../platform/proc-constants';
import { deriveCpuCores, deriveStartedAt } from './derive';
import { deriveBusySince, deriveHeldStateSince } from './derive-held';
import type { ProcessMemoryTrend } from './memory-history';
import type { TrackedProcess } from './read-table';

export interface RowInput {
  readonly process: TrackedProcess;
  readonly user: string | null;
  readonly listening: readonly ListeningSocket[];
  readonly memoryTrend: ProcessMemoryTrend | null;
  readonly evidence: ProcessEvidence | null;
}

/** The same for every row of a sample. */
export interface SampleTimes {
  /** Wall clock. */
  readonly nowMs: number;
  /** Since the sample before; null when no rate may be made. */
  readonly elapsedMs: number | null;
  readonly bootedAtMs: number | null;
  readonly units: KernelUnits;
}

/**
 * One row of the process table. `before` is the row of the same process in the sample before: its start stamp stays
 * (boot time wobbles with the wall clock) until the clock is set, and the row itself is returned again when nothing in it
 * changed, which is the case for most processes of most machines.
 */
export function joinRow(
  { process, user, listening, memoryTrend, evidence }: RowInput,
  { nowMs, elapsedMs, bootedAtMs, units }: SampleTimes,
  before: ProcessFacts | null,
): ProcessFacts {
  const { slow } = process;
  const cpuCores = deriveCpuCores(process.previousCpuTicks, process.cpuTicks, elapsedMs, units.ticksPerSecond);
  const rssBytes = process.rssPages * units.pageBytes;
  const heldStateSinceMs = deriveHeldStateSince(before, process.state, nowMs);
  const busySinceMs = deriveBusySince(before, cpuCores, elapsedMs, nowMs);
  const startedAtMs = deriveStartedAt(
    before?.startedAtMs ?? null,
    bootedAtMs === null ? null : bootedAtMs + (process.startTicks * 1000) / units.ticksPerSecond,
  );
  if (
    before !== null &&
    before.cpuCores === cpuCores &&
    before.startedAtMs === startedAtMs &&
    before.rssBytes === rssBytes &&
    before.threadCount === process.threadCount &&
    before.state === process.state &&
    before.ppid === process.ppid &&
    before.listening === listening &&
    before.user === user &&
    before.name === slow.name &&
    before.command === slow.command &&
    before.exe === slow.exe &&
    before.exeDeleted === slow.exeDeleted &&
    before.uid === slow.uid &&
    before.container === slow.container &&
    before.pod === slow.pod &&
    before.unit === slow.unit &&
    before.sessionId === process.sessionId &&
    before.terminal === process.terminal &&
    before.heldStateSinceMs === heldStateSinceMs &&
    before.busySinceMs === busySinceMs &&
    before.memoryTrend === memoryTrend &&
    before.evidence === evidence
  ) {
    return before;
  }
  return {
    pid: process.pid,
    ppid: process.ppid,
    startTicks: process.startTicks,
    startedAtMs,
    name: slow.name,
    command: slow.command,
    exe: slow.exe,
    exeDeleted: slow.exeDeleted,
    user,
    uid: slow.uid,
    cpuCores,
    rssBytes,
    // Summing smaps costs more than the whole table: left for a single process that is looked at.
    pssBytes: null,
    threadCount: process.threadCount,
    state: process.state,
    kernelThread: process.kernelThread,
    listening,
    container: slow.container,
    pod: slow.pod,
    unit: slow.unit,
    sessionId: process.sessionId,
    terminal: process.terminal,
    heldStateSinceMs,
    busySinceMs,
    memoryTrend,
    evidence,
  };
}
