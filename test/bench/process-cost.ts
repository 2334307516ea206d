import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

interface StatLine {
  readonly pid: number;
  readonly ppid: number;
  /** utime + stime + what its collected children took, in ticks. */
  readonly ticks: number;
}

/** CPU seconds used so far by a process and its descendants (collected children included), from /proc/<pid>/stat. */
export function treeCpuSeconds(rootPid: number, leaveOutRoot = false): number {
  const all = readStatLines();
  const inTree = new Set([rootPid]);
  // Parents may come after children in the listing: repeat until nothing is added.
  for (let before = 0; before !== inTree.size; ) {
    before = inTree.size;
    for (const line of all) if (inTree.has(line.ppid)) inTree.add(line.pid);
  }
  const counted = all.filter((line) => inTree.has(line.pid) && !(leaveOutRoot && line.pid === rootPid));
  return counted.reduce((sum, line) => sum + line.ticks, 0) / ticksPerSecond;
}

export function processCount(): number {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
}

function readStatLines(): readonly StatLine[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const text = readStat(name);
      if (text === null) return [];
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const [ppid = 0] = fields.slice(1);
      return [{ pid: Number(name), ppid, ticks: fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) }];
    });
}

/** Null for a process that ended meanwhile. */
function readStat(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}
