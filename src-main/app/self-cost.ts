import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SelfCost } from '../../src-shared/contract';
import type { ProcessFacts } from '../../src-shared/snapshots';
import type { Clock } from '../platform/clock';

/** What is counted of each process. */
type CostFacts = Pick<ProcessFacts, 'pid' | 'ppid' | 'cpuCores' | 'rssBytes'>;

/** Reading smaps_rollup walks page tables, 2.5 ms a process of ours: at 15 s it was a seventh of all the core does on an idle machine. */
const memoryEveryMs = 60_000;

/** LogScope's own processor time and memory over its whole process tree, from the process list that is read anyway. */
export function createSelfCost(deps: { readonly selfPid: number; readonly proc: string; readonly clock: Clock }) {
  const { clock } = deps;
  let latest: SelfCost = { atMs: clock.nowMs(), cpuCores: null, memoryBytes: null, memoryKind: 'pss', droppedEventCount: 0, level: 'ok' };
  let memoryAtMs = Number.NEGATIVE_INFINITY;
  return {
    latest: () => latest,
    /** Takes the newest process list; returns the new cost. */
    update(processes: readonly CostFacts[], droppedEventCount: number): SelfCost {
      const own = descendantsOf(processes, deps.selfPid);
      const cores = own.map((process) => process.cpuCores).filter((value) => value !== null);
      const atMs = clock.nowMs();
      const elapsedMs = clock.monotonicMs();
      let { memoryBytes, memoryKind } = latest;
      if (own.length > 0 && elapsedMs - memoryAtMs >= memoryEveryMs) {
        memoryAtMs = elapsedMs;
        ({ memoryBytes, memoryKind } = measureMemory(own, deps.proc));
      }
      latest = {
        atMs,
        cpuCores: cores.length > 0 ? cores.reduce((sum, value) => sum + value, 0) : null,
        memoryBytes,
        memoryKind,
        droppedEventCount,
        level: 'ok',
      };
      return latest;
    },
  };
}

/** The process `rootPid` and everything below it; empty when it is not in the list. */
export function descendantsOf(processes: readonly CostFacts[], rootPid: number): readonly CostFacts[] {
  const childrenOf = new Map<number, CostFacts[]>();
  for (const process of processes) {
    const siblings = childrenOf.get(process.ppid);
    if (siblings === undefined) childrenOf.set(process.ppid, [process]);
    else siblings.push(process);
  }
  const found: CostFacts[] = processes.filter((process) => process.pid === rootPid);
  for (let index = 0; index < found.length; index += 1) found.push(...(childrenOf.get(found[index]?.pid ?? -1) ?? []));
  return found;
}

/** Proportional memory of all of them; resident memory when one refuses (a sandboxed renderer of another user). */
function measureMemory(own: readonly CostFacts[], proc: string): Pick<SelfCost, 'memoryBytes' | 'memoryKind'> {
  const shares = own.map((process) => readPssBytes(join(proc, String(process.pid), 'smaps_rollup')));
  if (shares.every((share) => share !== null))
    return { memoryBytes: shares.reduce((sum: number, share) => sum + (share ?? 0), 0), memoryKind: 'pss' };
  return { memoryBytes: own.reduce((sum, process) => sum + process.rssBytes, 0), memoryKind: 'rss' };
}

function readPssBytes(path: string): number | null {
  try {
    const match = /^Pss:\s+(\d+) kB/m.exec(readFileSync(path, 'latin1'));
    return match?.[1] === undefined ? null : Number(match[1]) * 1024;
  } catch {
    // Gone since the list was read, another platform, or not ours to read: the caller falls back to resident memory.
    return null;
  }
}
