import type { LogAppend, NewLogRecord, PlacedRun, RecordRun } from '../../store/logs/log-store';

type TellId = (id: number) => void;

/** Entries on their way into the store, in their order. */
export class ReadyEntries {
  private readonly records: NewLogRecord[] = [];
  private readonly runs: PlacedRun[] = [];
  /** Who wants to know an entry's id, and its place. */
  private readonly waiting: (readonly [at: number, tellId: TellId])[] = [];
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(record: NewLogRecord, tellId: TellId | null): void {
    if (tellId !== null) this.waiting.push([this.count, tellId]);
    this.records.push(record);
    this.count += 1;
  }

  pushRun(run: RecordRun): void {
    this.runs.push([this.records.length, run]);
    this.count += run.ends.length;
  }

  /** Those of another reader behind these. */
  join(other: ReadyEntries): void {
    for (const [before, run] of other.runs) this.runs.push([this.records.length + before, run]);
    for (const [at, tellId] of other.waiting) this.waiting.push([this.count + at, tellId]);
    for (const record of other.records) this.records.push(record);
    this.count += other.count;
  }

  toAppend(): Required<Pick<LogAppend, 'records' | 'runs'>> {
    return { records: this.records, runs: this.runs };
  }

  tellIds(firstId: number): void {
    for (const [at, tellId] of this.waiting) tellId(firstId + at);
  }
}
