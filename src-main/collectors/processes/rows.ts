import type { ListeningSocket, ProcessEvidence, ProcessFacts } from '../../../src-shared/snapshots/processes';
import { joinRow, type SampleTimes } from './join';
import { type MemoryHistory, rememberMemory, startMemoryHistory } from './memory-history';
import type { TrackedProcess } from './read-table';

/** What is known of a process beside its own figures. */
export interface RowSources {
  userOf(uid: number | null): string | null;
  listeningOf(pid: number): readonly ListeningSocket[] | undefined;
  evidenceOf(process: TrackedProcess): ProcessEvidence | null;
}

export interface RowKeeper {
  /** `nowMs` is the wall clock, `monotonicMs` measures how long. */
  join(
    sampled: readonly TrackedProcess[],
    times: SampleTimes & { readonly monotonicMs: number },
    sources: RowSources,
  ): readonly ProcessFacts[];
}

interface Followed {
  readonly process: TrackedProcess;
  readonly memory: MemoryHistory | null;
  row: ProcessFacts;
}

const noSockets: readonly ListeningSocket[] = [];

/** Rows of the samples, each made from the one before. */
export function createRowKeeper(): RowKeeper {
  let followed = new Map<TrackedProcess, Followed>();
  return {
    join(sampled, times, { userOf, listeningOf, evidenceOf }) {
      const next = new Map<TrackedProcess, Followed>();
      const { monotonicMs } = times;
      const rows = sampled.map((process) => {
        const bytes = process.rssPages * times.units.pageBytes;
        const before = followed.get(process);
        // What has no memory of its own cannot grow.
        const memory = before?.memory ?? (process.kernelThread ? null : startMemoryHistory(process.pid, bytes, monotonicMs));
        const row = joinRow(
          {
            process,
            user: userOf(process.slow.uid),
            listening: listeningOf(process.pid) ?? noSockets,
            memoryTrend: memory === null ? null : rememberMemory(memory, bytes, monotonicMs),
            evidence: evidenceOf(process),
          },
          times,
          before?.row ?? null,
        );
        if (before === undefined) next.set(process, { process, memory, row });
        else {
          before.row = row;
          next.set(process, before);
        }
        return row;
      });
      followed = next;
      return rows;
    },
  };
}
