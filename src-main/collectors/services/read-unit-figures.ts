import { readFileSync } from 'node:fs';
import type { KernelUnits } from '../../platform/proc-constants';
import { isDenied, isUnsupported, isVanished } from '../../platform/proc-errors';
import type { Roots } from '../../platform/roots';
import type { CpuTotal } from './derive';
import { type ProcessStat, parseProcessStat } from './parse-processes';
import type { UnitDetails } from './parse-systemd';
import type { TimedDetails } from './unit-details';

export interface UnitFigures {
  readonly zombie: boolean;
  /** systemd named a main process that is not there any more: what it said is out of date. */
  readonly mainProcessGone: boolean;
  /** With the monotonic time at which it was that much. */
  readonly cpuTotal: (CpuTotal & { readonly atMs: number }) | null;
  readonly memoryBytes: number | null;
  readonly taskCount: number | null;
}

export type ReadUnitFigures = (timed: TimedDetails, nowMs: number) => UnitFigures;

export const noFigures: UnitFigures = { zombie: false, mainProcessGone: false, cpuTotal: null, memoryBytes: null, taskCount: null };

/**
 * The figures of a unit from the best source there is: its control group, which is fresh and what systemd itself reads; else
 * systemd's own accounting; else its main process alone (a unit without accounting has no group of its own).
 */
export function readUnitFigures(roots: Roots, kernelUnits: KernelUnits, { details, atMs }: TimedDetails, nowMs: number): UnitFigures {
  const main = details.mainPid === null ? null : readProcessStat(roots.proc, details.mainPid);
  const group = details.controlGroup;
  const fresh = groupCpu(roots.sys, group);
  const shown = unitCpu(details);
  const ofProcess = processCpu(main, kernelUnits);
  return {
    zombie: main?.state === 'Z',
    mainProcessGone: details.mainPid !== null && main === null,
    cpuTotal: at(fresh, nowMs) ?? at(shown, atMs) ?? at(ofProcess, nowMs),
    memoryBytes: groupMemory(roots.sys, group) ?? details.memoryBytes ?? (main === null ? null : main.rssPages * kernelUnits.pageBytes),
    taskCount: groupTasks(roots.sys, group) ?? details.taskCount,
  };
}

function at(total: CpuTotal | null, atMs: number) {
  return total === null ? null : { ...total, atMs };
}

function unitCpu({ cpuNanoseconds }: UnitDetails): CpuTotal | null {
  return cpuNanoseconds === null ? null : { of: 'unit', nanoseconds: cpuNanoseconds };
}

function groupCpu(sys: string, group: string | null): CpuTotal | null {
  const microseconds = /^usage_usec (\d+)$/m.exec(readGroupFile(sys, '', group, 'cpu.stat') ?? '')?.[1];
  if (microseconds !== undefined) return { of: 'cgroup', nanoseconds: Number(microseconds) * 1_000 };
  const nanoseconds = figure(readGroupFile(sys, 'cpuacct', group, 'cpuacct.usage'));
  return nanoseconds === null ? null : { of: 'cgroup', nanoseconds };
}

function groupMemory(sys: string, group: string | null): number | null {
  return figure(readGroupFile(sys, '', group, 'memory.current') ?? readGroupFile(sys, 'memory', group, 'memory.usage_in_bytes'));
}

function groupTasks(sys: string, group: string | null): number | null {
  return figure(readGroupFile(sys, '', group, 'pids.current') ?? readGroupFile(sys, 'pids', group, 'pids.current'));
}

function processCpu(main: ProcessStat | null, { ticksPerSecond }: KernelUnits): CpuTotal | null {
  if (main === null) return null;
  return { of: `pid ${main.pid} at ${main.startTicks}`, nanoseconds: (main.cpuTicks / ticksPerSecond) * 1e9 };
}

/** One file of a unit's group in the unified tree (controller "") or in a version 1 tree; null when there is none. */
function readGroupFile(sys: string, controller: string, group: string | null, file: string): string | null {
  if (group === null || group === '/') return null;
  return readTextIfThere(`${sys}/fs/cgroup/${controller}${group}/${file}`);
}

function figure(text: string | null): number | null {
  const trimmed = text?.trim() ?? '';
  return /^\d+$/.test(trimmed) ? Number(trimmed) : null;
}

export function readProcessStat(proc: string, pid: number): ProcessStat | null {
  const text = readTextIfThere(`${proc}/${pid}/stat`);
  return text === null ? null : parseProcessStat(text);
}

export function readTextIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (isVanished(error) || isDenied(error) || isUnsupported(error)) return null;
    throw error;
  }
}
