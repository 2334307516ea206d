import { closeSync, openSync, readSync } from 'node:fs';
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
export function readUnitFigures(
  roots: Pick<Roots, 'proc'>,
  groups: GroupFiles,
  kernelUnits: KernelUnits,
  { details, atMs }: TimedDetails,
  nowMs: number,
): UnitFigures {
  const main = details.mainPid === null ? null : readProcessStat(roots.proc, details.mainPid);
  const group = details.controlGroup;
  return {
    zombie: main?.state === 'Z',
    mainProcessGone: details.mainPid !== null && main === null,
    cpuTotal: at(groupCpu(groups, group), nowMs) ?? at(unitCpu(details), atMs) ?? at(processCpu(main, kernelUnits), nowMs),
    memoryBytes:
      figure(readGroupFile(groups.memory, group)) ?? details.memoryBytes ?? (main === null ? null : main.rssPages * kernelUnits.pageBytes),
    taskCount: figure(readGroupFile(groups.tasks, group)) ?? details.taskCount,
  };
}

/** Where the figures of a control group stand: tree and file. */
interface GroupFile {
  readonly tree: string;
  readonly file: string;
}

/** One place for each figure, decided once: a missing file costs as much as a read. */
export interface GroupFiles {
  readonly cpu: GroupFile;
  readonly memory: GroupFile;
  readonly tasks: GroupFile;
}

/** A version 2 tree has all in one place; in version 1 (and the hybrid of both) each controller has a tree of its own. */
export function findGroupFiles(sys: string): GroupFiles {
  const tree = `${sys}/fs/cgroup`;
  if (readTextIfThere(`${tree}/cgroup.controllers`) !== null) {
    return { cpu: { tree, file: 'cpu.stat' }, memory: { tree, file: 'memory.current' }, tasks: { tree, file: 'pids.current' } };
  }
  return {
    cpu: { tree: `${tree}/cpuacct`, file: 'cpuacct.usage' },
    memory: { tree: `${tree}/memory`, file: 'memory.usage_in_bytes' },
    tasks: { tree: `${tree}/pids`, file: 'pids.current' },
  };
}

function at(total: CpuTotal | null, atMs: number) {
  return total === null ? null : { ...total, atMs };
}

function unitCpu({ cpuNanoseconds }: UnitDetails): CpuTotal | null {
  return cpuNanoseconds === null ? null : { of: 'unit', nanoseconds: cpuNanoseconds };
}

function groupCpu({ cpu }: GroupFiles, group: string | null): CpuTotal | null {
  const text = readGroupFile(cpu, group);
  const microseconds = /^usage_usec (\d+)$/m.exec(text ?? '')?.[1];
  if (microseconds !== undefined) return { of: 'cgroup', nanoseconds: Number(microseconds) * 1_000 };
  const nanoseconds = figure(text);
  return nanoseconds === null ? null : { of: 'cgroup', nanoseconds };
}

function processCpu(main: ProcessStat | null, { ticksPerSecond }: KernelUnits): CpuTotal | null {
  if (main === null) return null;
  return { of: `pid ${main.pid} at ${main.startTicks}`, nanoseconds: (main.cpuTicks / ticksPerSecond) * 1e9 };
}

/** Null when the unit has no group there. */
function readGroupFile({ tree, file }: GroupFile, group: string | null): string | null {
  return group === null || group === '/' ? null : readTextIfThere(`${tree}${group}/${file}`);
}

function figure(text: string | null): number | null {
  const trimmed = text?.trim() ?? '';
  return /^\d+$/.test(trimmed) ? Number(trimmed) : null;
}

export function readProcessStat(proc: string, pid: number): ProcessStat | null {
  const text = readTextIfThere(`${proc}/${pid}/stat`);
  return text === null ? null : parseProcessStat(text);
}

const buffer = Buffer.allocUnsafe(4_096);

/** The first 4 KiB of a kernel file; null when it is absent, denied or not supported. One buffer for all: a third less than readFileSync. */
export function readTextIfThere(path: string): string | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    return buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, buffer.length, 0));
  } catch (error) {
    if (isVanished(error) || isDenied(error) || isUnsupported(error)) return null;
    throw error;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
