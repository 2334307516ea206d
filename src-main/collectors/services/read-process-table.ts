import { readdirSync, readlinkSync } from 'node:fs';
import type { Exec } from '../../platform/exec';
import { type KernelUnits, readKernelUnits } from '../../platform/proc-constants';
import { isDenied, isVanished } from '../../platform/proc-errors';
import { type ProcessStat, parseProgramName, parsePs } from './parse-processes';
import { readProcessStat, readTextIfThere } from './read-unit-figures';

/** All processes at one moment, and what is asked about single ones. */
export interface ProcessTable {
  readonly processes: readonly ProcessStat[];
  readonly units: KernelUnits;
  /** The program's name from its command line, for names that the kernel cut; null when it has none (zombies). */
  programName(process: ProcessStat): string | null;
  /** It runs in a container of this machine, so it is not a service of the machine. False where these rights cannot tell. */
  isContained(process: ProcessStat): boolean;
}

export type ReadProcessTable = (signal: AbortSignal) => Promise<ProcessTable>;

/** From /proc. One small read for each process; the rest only on request. */
export function linuxProcessTable(proc: string): ReadProcessTable {
  const units = readKernelUnits(proc);
  return async () => {
    const processes = readdirSync(proc)
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => readProcessStat(proc, Number(pid)))
      .filter((process) => process !== null);
    const ownNamespace = readLinkIfThere(`${proc}/self/ns/pid`);
    return {
      processes,
      units,
      programName({ pid }) {
        const commandLine = readTextIfThere(`${proc}/${pid}/cmdline`) ?? '';
        return commandLine === '' ? null : parseProgramName(commandLine);
      },
      isContained({ pid }) {
        const namespace = readLinkIfThere(`${proc}/${pid}/ns/pid`);
        return ownNamespace !== null && namespace !== null && namespace !== ownNamespace;
      },
    };
  };
}

/** From ps, for macOS. Written from its manual; not run on a device. */
export function psProcessTable(exec: Exec): ReadProcessTable {
  return async (signal) => {
    const result = await exec('ps', ['-axo', 'pid=,ppid=,state=,time=,rss=,comm='], { signal });
    signal.throwIfAborted();
    if (result.kind !== 'exited' || result.exitCode !== 0) throw new Error(`ps: ${result.kind} ${result.stderr.slice(0, 300)}`);
    return {
      processes: parsePs(result.stdout),
      units: { ticksPerSecond: 100, pageBytes: 1024 },
      programName: (process) => process.comm,
      isContained: () => false,
    };
  };
}

function readLinkIfThere(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}
