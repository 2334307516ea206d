import { readFileSync } from 'node:fs';
import type { KernelUnits } from '../../platform/proc-constants';
import { isDenied, isUnsupported, isVanished } from '../../platform/proc-errors';
import type { Roots } from '../../platform/roots';
import type { CpuTotal } from './derive';
import { type ProcessStat, parseProcessStat } from './parse-processes';
import type { UnitDetails } from './parse-systemd';

export interface UnitFigures {
  readonly zombie: boolean;
  readonly cpuTotal: CpuTotal | null;
  readonly memoryBytes: number | null;
  readonly taskCount: number | null;
}

/**
 * The figures of a unit from the best source there is: systemd's own accounting, else the unit's control group, else
 * its main process alone (units share a group where accounting is off, so that figure would be of all of them).
 */
export function readUnitFigures(roots: Roots, kernelUnits: KernelUnits, details: UnitDetails): UnitFigures {
  const main = details.mainPid === null ? null : readProcessStat(roots.proc, details.mainPid);
  const group = details.controlGroup;
  return {
    zombie: main?.state === 'Z',
    cpuTotal: unitCpu(details) ?? groupCpu(roots.sys, group) ?? processCpu(main, kernelUnits),
    memoryBytes: details.memoryBytes ?? groupMemory(roots.sys, group) ?? (main === null ? null : main.rssPages * kernelUnits.pageBytes),
    taskCount: details.taskCount ?? groupTasks(roots.sys, group),
  };
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
