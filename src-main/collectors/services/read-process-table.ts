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

/** `wants` tells by the kernel's name which processes matter; others may be left out. */
export type ReadProcessTable = (signal: AbortSignal, wants: (comm: string) => boolean) => Promise<ProcessTable>;

/** Looks in which a process was not wanted before it is passed over: two, since a fresh fork still has its parent's name. */
const looksBeforeSkipping = 2;
/** After so many looks everything is read again: a process may become another program, and a number another process. */
const looksBetweenFullReads = 12;

/** From /proc. One small read for each process that may matter; what did not matter lately is passed over unread. */
export function linuxProcessTable(proc: string): ReadProcessTable {
  const units = readKernelUnits(proc);
  let unwanted: ReadonlyMap<number, number> = new Map();
  let looks = 0;
  return async (_signal, wants) => {
    const before = looks++ % looksBetweenFullReads === 0 ? new Map<number, number>() : unwanted;
    const stillUnwanted = new Map<number, number>();
    const processes: ProcessStat[] = [];
    for (const name of readdirSync(proc)) {
      const pid = Number(name);
      if (!Number.isInteger(pid)) continue;
      const times = before.get(pid) ?? 0;
      const process = times >= looksBeforeSkipping ? null : readProcessStat(proc, pid);
      if (process !== null && wants(process.comm)) processes.push(process);
      else stillUnwanted.set(pid, times + 1);
    }
    unwanted = stillUnwanted;
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
