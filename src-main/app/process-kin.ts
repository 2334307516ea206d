import type { ProcessPointer } from '../../src-shared/contract';
import type { Process } from '../../src-shared/snapshots';

export interface Descendant {
  readonly process: Process;
  /** 1: a child. */
  readonly depth: number;
}

/** Every process below this one, nearest first. A table read while processes come and go may hold a circle: nobody is visited twice. */
export function descendantsOf(process: Pick<Process, 'pid'>, all: readonly Process[]): readonly Descendant[] {
  const children = new Map<number, Process[]>();
  for (const one of all) {
    const siblings = children.get(one.ppid);
    if (siblings === undefined) children.set(one.ppid, [one]);
    else siblings.push(one);
  }
  const visited = new Set([process.pid]);
  const found: Descendant[] = [];
  let level = [process.pid];
  for (let depth = 1; level.length > 0; depth += 1) {
    const next = level.flatMap((pid) => children.get(pid) ?? []).filter(({ pid }) => !visited.has(pid) && visited.add(pid));
    for (const one of next) found.push({ process: one, depth });
    level = next.map(({ pid }) => pid);
  }
  return found;
}

/** From the first process of the system down to its parent. */
export function ancestorsOf(process: Pick<Process, 'pid' | 'ppid'>, all: readonly Process[]): readonly Process[] {
  const byPid = new Map(all.map((one) => [one.pid, one]));
  const visited = new Set([process.pid]);
  const found: Process[] = [];
  for (let one = byPid.get(process.ppid); one !== undefined && !visited.has(one.pid); one = byPid.get(one.ppid)) {
    visited.add(one.pid);
    found.push(one);
  }
  return found.reverse();
}

export function pointerOf({ id, pid, name, user }: Process): ProcessPointer {
  return { id, pid, name, user };
}
