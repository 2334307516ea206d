import { availableParallelism, totalmem } from 'node:os';
import { readTextIfThere } from '../../platform/proc-file';
import type { Roots } from '../../platform/roots';
import { countCpuList, parseBootedAtMs, parseMemoryTotalBytes, parseProcHidesOthers } from './parse';

/** What the process table is measured against; changes only with hot-plugging or a clock step. */
export interface MachineFacts {
  readonly coreCount: number;
  readonly memoryTotalBytes: number;
  readonly bootedAtMs: number | null;
  /** /proc is mounted so that other users' processes are not even listed. */
  readonly othersHidden: boolean;
}

export function readMachineFacts(roots: Roots): MachineFacts {
  return {
    coreCount: countCpuList(readTextIfThere(`${roots.sys}/devices/system/cpu/online`) ?? '') ?? availableParallelism(),
    memoryTotalBytes: parseMemoryTotalBytes(readTextIfThere(`${roots.proc}/meminfo`) ?? '') ?? totalmem(),
    bootedAtMs: parseBootedAtMs(readTextIfThere(`${roots.proc}/stat`) ?? ''),
    othersHidden: parseProcHidesOthers(readTextIfThere(`${roots.proc}/self/mountinfo`) ?? ''),
  };
}
