import type { ProcessEvidence } from '../../../../src-shared/snapshots/process-evidence';
import { readSocketDescriptors } from '../read-sockets';
import type { TrackedProcess } from '../read-table';
import { parseRawInodes } from './parse-streams';
import { readProcText } from './read-parts';

export type RawSocketKinds = ProcessEvidence['rawSockets'];

export interface RawSocketReader {
  /** Looks at the tables when it is time to; the steps that are left are those of a search for owners. */
  work(processes: readonly TrackedProcess[], nowMs: number): Generator<undefined, void>;
  /** The same list for as long as it says the same. */
  kindsOf(process: TrackedProcess): RawSocketKinds;
}

const lookEveryMs = 10_000;
const firstWaitMs = 10_000;
const longestWaitMs = 600_000;
const none: RawSocketKinds = [];
const lists: Readonly<Record<string, RawSocketKinds>> = { raw: ['raw'], packet: ['packet'], 'packet,raw': ['packet', 'raw'] };

interface Found {
  readonly kind: 'raw' | 'packet';
  readonly owners: Set<TrackedProcess>;
  /** Searched for again then as long as it has no owner; each time is twice as far. */
  searchAtMs: number;
  waitMs: number;
}

/**
 * Who holds raw or packet sockets of our own network namespace. The tables are small and mostly empty; the open files of
 * processes are walked only when a socket appears in them.
 */
export function createRawSocketReader(procRoot: string): RawSocketReader {
  const sockets = new Map<number, Found>();
  let nextLookMs = 0;

  function look(nowMs: number): void {
    nextLookMs = nowMs + lookEveryMs;
    const now = new Map<number, 'raw' | 'packet'>();
    for (const table of ['packet', 'raw', 'raw6'] as const) {
      const kind = table === 'packet' ? 'packet' : 'raw';
      for (const inode of parseRawInodes(readProcText(`${procRoot}/net/${table}`) ?? '', kind)) now.set(inode, kind);
    }
    for (const inode of sockets.keys()) if (!now.has(inode)) sockets.delete(inode);
    for (const [inode, kind] of now) {
      if (!sockets.has(inode)) sockets.set(inode, { kind, owners: new Set(), searchAtMs: nowMs, waitMs: firstWaitMs });
    }
  }

  return {
    *work(processes, nowMs) {
      if (nowMs < nextLookMs) return;
      look(nowMs);
      const alive = new Set(processes);
      const wanted = new Set<Found>();
      for (const found of sockets.values()) {
        for (const owner of found.owners) if (!alive.has(owner)) found.owners.delete(owner);
        if (found.owners.size > 0 || nowMs < found.searchAtMs) continue;
        found.searchAtMs = nowMs + found.waitMs;
        found.waitMs = Math.min(found.waitMs * 2, longestWaitMs);
        wanted.add(found);
      }
      if (wanted.size === 0) return;
      // One that started lately is the likeliest owner.
      const ordered = processes.filter((process) => !process.kernelThread && !process.slow.hidden);
      ordered.sort((one, other) => other.startTicks - one.startTicks);
      for (const process of ordered) {
        for (const { inode } of readSocketDescriptors(procRoot, process.pid) ?? []) {
          const found = sockets.get(inode);
          if (found === undefined) continue;
          found.owners.add(process);
          wanted.delete(found);
        }
        if (wanted.size === 0) return;
        yield;
      }
    },
    kindsOf(process) {
      if (sockets.size === 0) return none;
      const kinds = new Set<string>();
      for (const found of sockets.values()) if (found.owners.has(process)) kinds.add(found.kind);
      return lists[[...kinds].sort().join()] ?? none;
    },
  };
}
