import { readFileSync } from 'node:fs';

/** Processor time (user + system) of this process so far, in milliseconds. */
function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Processor time of the children that have ended and were collected, in milliseconds. The kernel counts in steps of
 * 10 ms: run a cheap program many times between two readings.
 */
function childrenCpuMs(): number {
  const line = readFileSync('/proc/self/stat', 'latin1');
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** What `work` costs, by itself and in the programs that it runs to their end, divided by `times`. */
export async function cpuMsOf(times: number, work: () => unknown): Promise<number> {
  const own = ownCpuMs();
  const children = childrenCpuMs();
  for (let time = 0; time < times; time++) await work();
  return (ownCpuMs() - own + childrenCpuMs() - children) / times;
}
