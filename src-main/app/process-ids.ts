import { randomUUID } from 'node:crypto';
import type { ProcessFacts } from '../../src-shared/snapshots';

/** What makes a process the same one. */
export type ProcessIdentityFacts = Pick<ProcessFacts, 'pid' | 'startTicks' | 'startedAtMs'>;

/**
 * Opaque ids of processes: random, the same while the process (pid + start) lives, forgotten soon after. A door can
 * name a process only by what this run of LogScope has shown it.
 */
export function createProcessIds(): {
  idOf(process: ProcessIdentityFacts): string;
  keepOnly(living: readonly ProcessIdentityFacts[]): void;
} {
  let ids = new Map<string, string>();
  return {
    idOf(process) {
      const key = identityKey(process);
      const known = ids.get(key);
      if (known !== undefined) return known;
      // Drawn from a buffer of random bytes that Node fills at once: a tenth of the cost of randomBytes for each.
      const id = randomUUID();
      ids.set(key, id);
      return id;
    },
    keepOnly(living) {
      // Rebuilding at each end of a process would cost more than the few ids that it frees.
      if (ids.size <= living.length * 2 + 100) return;
      ids = new Map(
        living.flatMap((process) => {
          const key = identityKey(process);
          const id = ids.get(key);
          return id === undefined ? [] : [[key, id] as const];
        }),
      );
    },
  };
}

function identityKey(process: ProcessIdentityFacts): string {
  return `${process.pid}:${process.startTicks ?? process.startedAtMs ?? '?'}`;
}
