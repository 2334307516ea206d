import type { ListeningSocket, ProcessEvidence, ProcessFacts } from '../../../src-shared/snapshots/processes';
import { moveSpells } from './derive-held';
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
  readonly memory: MemoryHistory | null;
  row: ProcessFacts;
  sampleNumber: number;
}

const noSockets: readonly ListeningSocket[] = [];
/** The two clocks are read one after the other; only further apart than this somebody set the wall clock, or the machine slept. */
const leastStepMs = 5_000;

/** Rows of the samples, each made from the one before. */
export function createRowKeeper(): RowKeeper {
  const followed = new Map<TrackedProcess, Followed>();
  let sampleNumber = 0;
  /** By how much the wall clock is ahead of the monotonic one. */
  let wallAheadMs: number | null = null;

  /** By how much the wall clock was set since the samples before; mostly 0, so that rows stay the same. */
  function stepOf(nowMs: number, monotonicMs: number): number {
    const aheadMs = nowMs - monotonicMs;
    const stepMs = Math.round(aheadMs - (wallAheadMs ?? aheadMs));
    if (wallAheadMs !== null && Math.abs(stepMs) < leastStepMs) return 0;
    wallAheadMs = aheadMs;
    return stepMs;
  }

  return {
    join(sampled, times, { userOf, listeningOf, evidenceOf }) {
      sampleNumber += 1;
      const { monotonicMs } = times;
      const stepMs = stepOf(times.nowMs, monotonicMs);
      const rows = sampled.map((process) => {
        const bytes = process.rssPages * times.units.pageBytes;
        const before = followed.get(process);
        // What has no memory of its own cannot grow.
        const memory =
          before !== undefined ? before.memory : process.kernelThread ? null : startMemoryHistory(process.pid, bytes, monotonicMs);
        const row = joinRow(
          {
            process,
            user: userOf(process.slow.uid),
            listening: listeningOf(process.pid) ?? noSockets,
            memoryTrend: memory === null ? null : rememberMemory(memory, bytes, monotonicMs),
            evidence: evidenceOf(process),
          },
          times,
          before === undefined ? null : moveSpells(before.row, stepMs),
        );
        if (before === undefined) followed.set(process, { memory, row, sampleNumber });
        else {
          before.row = row;
          before.sampleNumber = sampleNumber;
        }
        return row;
      });
      if (followed.size > sampled.length) {
        for (const [process, one] of followed) if (one.sampleNumber !== sampleNumber) followed.delete(process);
      }
      return rows;
    },
  };
}
