import type { NewLogRecord, PlacedRun, RecordRun } from './log-store';

export function runTextAt({ text, ends }: RecordRun, index: number): string {
  const start = index === 0 ? 0 : (ends[index - 1] ?? 0) + 1;
  return Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('latin1', start, ends[index]);
}

export function runRecordAt(run: RecordRun, index: number): NewLogRecord {
  const { level = null, pattern = null } = run.kindList[run.kinds[index] ?? 0] ?? {};
  return { atMs: run.atMs[index] ?? 0, origin: run.origin, level, text: runTextAt(run, index), pattern, maskedCount: 0, cutBytes: 0 };
}

export function countRecords(records: readonly NewLogRecord[], runs: readonly PlacedRun[] = []): number {
  return runs.reduce((sum, [, run]) => sum + run.ends.length, records.length);
}

/** Calls for each record and each run in their order, with the place of the first among all. */
export function eachPart(
  records: readonly NewLogRecord[],
  runs: readonly PlacedRun[] = [],
  onRecord: (record: NewLogRecord, at: number) => void,
  onRun: (run: RecordRun, at: number) => void,
): void {
  let at = 0;
  let next = 0;
  const takeTo = (before: number) => {
    for (; next < before; next += 1) {
      const record = records[next];
      if (record !== undefined) onRecord(record, at);
      at += 1;
    }
  };
  for (const [before, run] of runs) {
    takeTo(before);
    onRun(run, at);
    at += run.ends.length;
  }
  takeTo(records.length);
}

/** All entries of an append as records. */
export function allRecords(records: readonly NewLogRecord[], runs: readonly PlacedRun[] = []): readonly NewLogRecord[] {
  if (runs.length === 0) return records;
  const all: NewLogRecord[] = [];
  eachPart(
    records,
    runs,
    (record) => all.push(record),
    (run) => {
      for (let index = 0; index < run.ends.length; index += 1) all.push(runRecordAt(run, index));
    },
  );
  return all;
}
