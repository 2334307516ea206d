import { readdirSync, readFileSync } from 'node:fs';

/** A process and everything below it, as process ids; those that ended meanwhile are left out. Linux. */
export function treeOf(rootPid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/.test(name) ? statFields(Number(name)) : null;
    if (fields !== null) parents.set(Number(name), Number(fields[1]));
  }
  const found = [rootPid];
  for (let index = 0; index < found.length; index++) for (const [pid, parent] of parents) if (parent === found[index]) found.push(pid);
  return found;
}

/** Processor time of a whole tree so far, with that of its children that ended, in seconds. Counted in steps of 10 ms. */
export function treeCpuSeconds(rootPid: number): number {
  let ticks = 0;
  for (const pid of treeOf(rootPid)) {
    const fields = statFields(pid);
    // utime, stime, cutime, cstime
    if (fields !== null) ticks += fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  }
  return ticks / 100;
}

/** Proportional memory of a whole tree in bytes: shared pages count once. */
export function treePssBytes(rootPid: number): number {
  let kilobytes = 0;
  for (const pid of treeOf(rootPid)) {
    const text = readOrNull(`/proc/${pid}/smaps_rollup`);
    kilobytes += Number(/^Pss:\s+(\d+) kB/m.exec(text ?? '')?.[1] ?? 0);
  }
  return kilobytes * 1024;
}

/** The fields of /proc/<pid>/stat after the name: state, ppid, ... */
function statFields(pid: number): readonly string[] | null {
  const line = readOrNull(`/proc/${pid}/stat`);
  return line === null ? null : line.slice(line.lastIndexOf(')') + 2).split(' ');
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // Ended between listing and reading.
    return null;
  }
}

/** Processes of the whole machine right now. */
export function processCount(): number {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
}
