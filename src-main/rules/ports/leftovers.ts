import type { Leftover } from '../../../src-shared/contract';
import type { RoleEntry } from '../../../src-shared/roles/role-entry';
import type { Process, Project } from '../../../src-shared/snapshots';

/** Younger ones may be somebody's work of this hour. */
const leastAgeMs = 60 * 60_000;
const oldAgeMs = 4 * 60 * 60_000;

export interface LeftoverSources {
  readonly processes: readonly Process[];
  readonly nowMs: number;
  readonly projectOf: (process: Process) => Project | null;
  readonly entryOf: (id: string) => Pick<RoleEntry, 'developerTool'> | null;
  /** Remote ends connected to it now; null: these rights do not reach. Asked for candidates only. */
  readonly clientCountOf: (process: Process) => number | null;
}

/**
 * Helpers of development that nobody seems to need any more: the terminal or the parent they were started from is gone, nothing looks after
 * them (no unit, no container), and they are at least an hour old. One with clients is in use and is not listed.
 * Only the topmost of a tree is listed: ending it is what tidies up. Biggest first.
 */
export function judgeLeftovers(sources: LeftoverSources): readonly Leftover[] {
  const { processes, nowMs } = sources;
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  const found = new Map<number, Leftover>();
  for (const process of processes) {
    const because = whyLeft(process, byPid, sources);
    if (because === null) continue;
    const clientCount = sources.clientCountOf(process);
    if (clientCount !== null && clientCount > 0) continue;
    const old = process.startedAtMs !== null && nowMs - process.startedAtMs >= oldAgeMs;
    const project = sources.projectOf(process);
    found.set(process.pid, {
      processId: process.id,
      pid: process.pid,
      name: process.name,
      command: process.command,
      startedAtMs: process.startedAtMs,
      listening: [...new Set(process.listening.map(({ port }) => port))].sort((a, b) => a - b),
      project: project === null ? null : { name: project.name, root: project.root, branch: project.branch },
      memoryBytes: process.rssBytes,
      because: [...because, ...(old ? (['old'] as const) : []), ...(clientCount === 0 ? (['no-clients'] as const) : [])],
    });
  }
  return [...found.values()]
    .filter(({ pid }) => !found.has(byPid.get(pid)?.ppid ?? 0))
    .sort((a, b) => b.memoryBytes - a.memoryBytes || a.pid - b.pid);
}

function whyLeft(
  process: Process,
  byPid: ReadonlyMap<number, Process>,
  sources: LeftoverSources,
): ('terminal-gone' | 'parent-gone')[] | null {
  if (process.kernelThread || process.state === 'Z' || process.container !== null || process.pod !== null) return null;
  // A service looks after it. Scopes are what terminals and desktops start their programs in.
  if (process.unit !== null && !process.unit.endsWith('.scope') && !process.unit.startsWith('user@')) return null;
  if (process.killClass === 'K0' || process.killClass === 'K1') return null;
  if (process.startedAtMs === null || sources.nowMs - process.startedAtMs < leastAgeMs) return null;
  const entry = process.role.entry === null || process.role.claimed ? null : sources.entryOf(process.role.entry);
  if (entry?.developerTool !== true) return null;
  const parent = byPid.get(process.ppid);
  const parentGone = process.ppid <= 1 || parent === undefined || isReaper(parent);
  // The leader of a session is the shell of its terminal; without it the terminal is closed.
  const terminalGone =
    process.terminal === null && process.sessionId !== null && process.sessionId !== process.pid && !byPid.has(process.sessionId);
  if (!parentGone && !terminalGone) return null;
  return [...(terminalGone ? (['terminal-gone'] as const) : []), ...(parentGone ? (['parent-gone'] as const) : [])];
}

/** What adopts orphans besides the first process: the user's service manager, and the first process of a sandbox. */
function isReaper({ name, command }: Process): boolean {
  return name === 'systemd' && command.includes('--user');
}
