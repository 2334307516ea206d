import type { Process } from '../../../src-shared/snapshots';

export type ProcessMark = 'new' | 'gone';

/** What is new and what is gone since a short while. */
export interface ProcessMarks {
  readonly atMs: number;
  readonly known: ReadonlyMap<string, Process>;
  /** Until when each is marked. */
  readonly newUntilMs: ReadonlyMap<string, number>;
  /** Gone ones as they were last seen. */
  readonly gone: ReadonlyMap<string, { readonly process: Process; readonly untilMs: number }>;
}

/** Longer than the order of the table is held, so that a new row is also seen at its own place. */
export const markedForMs = 7000;

/** After a longer gap (the window was hidden, the machine slept) the differences are no news. */
const newsGapMs = 10_000;

/** Marks after another look at all processes. The first look marks nothing. */
export function nextMarks(before: ProcessMarks | null, processes: readonly Process[], atMs: number): ProcessMarks {
  const known = new Map(processes.map((process) => [process.id, process]));
  if (before === null || atMs - before.atMs > newsGapMs) return { atMs, known, newUntilMs: new Map(), gone: new Map() };
  const newUntilMs = new Map<string, number>();
  for (const id of known.keys()) {
    const untilMs = before.known.has(id) ? before.newUntilMs.get(id) : atMs + markedForMs;
    if (untilMs !== undefined && untilMs > atMs) newUntilMs.set(id, untilMs);
  }
  const gone = new Map([...before.gone].filter(([id, { untilMs }]) => untilMs > atMs && !known.has(id)));
  for (const [id, process] of before.known) if (!known.has(id)) gone.set(id, { process, untilMs: atMs + markedForMs });
  return { atMs, known, newUntilMs, gone };
}

export function markOf(marks: ProcessMarks, id: string): ProcessMark | null {
  if (marks.gone.has(id)) return 'gone';
  return marks.newUntilMs.has(id) ? 'new' : null;
}
