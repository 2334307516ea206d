import type { PolicyVerdict, StopRefusal } from '../../../src-shared/contract';
import type { KillClass } from '../../../src-shared/roles/role-entry';
import type { ProcessFacts } from '../../../src-shared/snapshots';

export type StopTarget = Pick<ProcessFacts, 'pid' | 'ppid' | 'startTicks' | 'kernelThread' | 'state' | 'threadCount'>;

/**
 * Why LogScope will not send a signal to this process at all, or null when a person may decide. Judged by identity and
 * place in the tree, never by name: a program cannot gain protection by what it calls itself.
 * `all` is the process table the target was taken from, `selfPid` the root of LogScope's own tree.
 */
export function judgeStopRefusal(
  target: StopTarget,
  all: readonly Pick<ProcessFacts, 'pid' | 'ppid'>[],
  selfPid: number,
): StopRefusal | null {
  if (!Number.isSafeInteger(target.pid) || target.pid <= 1) return 'init';
  if (target.kernelThread) return 'kernel-thread';
  const parents = new Map(all.map(({ pid, ppid }) => [pid, ppid]));
  parents.set(target.pid, target.ppid);
  if (isSameOrBelow(target.pid, selfPid, parents)) return 'self';
  if (isSameOrBelow(selfPid, target.pid, parents)) return 'ancestor';
  if (target.startTicks === null) return 'identity-unknown';
  // A first thread that ended before the others shows Z too, while the program runs on in them.
  if ((target.state === 'Z' || target.state === 'X') && target.threadCount <= 1) return 'zombie';
  return null;
}

/** What else keeps a signal from being sent: the class, what a person said of the program, and the setting for experts. */
export function judgeClassRefusal({ killClass, verdict, expertActions }: ClassOfTarget): StopRefusal | null {
  if (killClass === 'K0') return 'never';
  if (verdict === 'never-end') return 'policy';
  return killClass === 'K1' && !expertActions ? 'session' : null;
}

export interface ClassOfTarget {
  readonly killClass: KillClass;
  /** What a person said of its program; null: nothing. */
  readonly verdict: PolicyVerdict | null;
  /** The person allows what cuts sessions off. */
  readonly expertActions: boolean;
}

/** Walks up from `pid`; a table read while processes come and go may hold a circle, so no pid is visited twice. */
function isSameOrBelow(pid: number, ancestor: number, parents: ReadonlyMap<number, number>): boolean {
  const visited = new Set<number>();
  for (let current: number | undefined = pid; current !== undefined && !visited.has(current); current = parents.get(current)) {
    if (current === ancestor) return true;
    visited.add(current);
  }
  return false;
}
