import type { LogRecord } from '../../../src-shared/logs/log-record';
import type { LogAppend, NewLogRecord, RecordRun } from './log-store';
import { eachPart, runRecordAt } from './record-run';

/** The newest records in memory, bounded; the oldest make room. */
export interface RecordTail {
  push(records: readonly LogRecord[]): void;
  /** All of an append; gives how many that are. */
  take(batch: Pick<LogAppend, 'records' | 'runs'>, firstId: number): number;
  /** Oldest first; do not keep it over a push. */
  records(): readonly LogRecord[];
  /** Everything after this id is here; the id before the first record ever pushed if nothing fell out. */
  readonly completeAfterId: number;
  readonly fallenOutCount: number;
  readonly textUnits: number;
}

/** A run of which the lines before `from` have fallen out; its records are made when somebody asks for them. */
interface HeldRun {
  readonly run: RecordRun;
  readonly firstId: number;
  from: number;
}

/** `startId`: of the newest record there was before the first push. */
export function createRecordTail(limits: { readonly records: number; readonly textUnits: number }, startId: number): RecordTail {
  let kept: (LogRecord | HeldRun)[] = [];
  let head = 0;
  let count = 0;
  let textUnits = 0;
  let fallenOutCount = 0;
  let completeAfterId = startId;
  let holdsRuns = false;

  function shrink(): void {
    while (head < kept.length && (count > limits.records || textUnits > limits.textUnits)) {
      const oldest = kept[head];
      if (oldest === undefined) return;
      if ('run' in oldest) dropFrom(oldest);
      else {
        dropped(oldest.id, oldest.text.length);
        head += 1;
      }
    }
    // Moving the array for every push would cost more than the records.
    if (head > 0 && head * 2 >= kept.length) {
      kept = kept.slice(head);
      head = 0;
    }
  }

  function dropFrom(held: HeldRun): void {
    const { ends } = held.run;
    while (held.from < ends.length && (count > limits.records || textUnits > limits.textUnits)) {
      const start = held.from === 0 ? 0 : (ends[held.from - 1] ?? 0) + 1;
      dropped(held.firstId + held.from, (ends[held.from] ?? 0) - start);
      held.from += 1;
    }
    if (held.from === ends.length) head += 1;
  }

  function dropped(id: number, units: number): void {
    textUnits -= units;
    completeAfterId = id;
    count -= 1;
    fallenOutCount += 1;
  }

  return {
    push(records) {
      for (const record of records) {
        kept.push(record);
        textUnits += record.text.length;
      }
      count += records.length;
      shrink();
    },
    take({ records, runs }, firstId) {
      const before = count + fallenOutCount;
      eachPart(
        records,
        runs,
        (record, at) => {
          kept.push(asKept(record, firstId + at));
          count += 1;
          textUnits += record.text.length;
        },
        (run, at) => {
          kept.push({ run, firstId: firstId + at, from: 0 });
          holdsRuns = true;
          count += run.ends.length;
          textUnits += run.text.length - run.ends.length;
        },
      );
      const taken = count + fallenOutCount - before;
      shrink();
      return taken;
    },
    records() {
      if (holdsRuns) {
        kept = kept.slice(head).flatMap((one) => ('run' in one ? recordsOf(one) : one));
        head = 0;
        holdsRuns = false;
      }
      return (head === 0 ? kept : kept.slice(head)) as readonly LogRecord[];
    },
    get completeAfterId() {
      return completeAfterId;
    },
    get fallenOutCount() {
      return fallenOutCount;
    },
    get textUnits() {
      return textUnits;
    },
  };
}

function recordsOf({ run, firstId, from }: HeldRun): readonly LogRecord[] {
  return Array.from({ length: run.ends.length - from }, (_, index) => asKept(runRecordAt(run, from + index), firstId + from + index));
}

/** A record as it will be read back. */
export function asKept(record: NewLogRecord, id: number): LogRecord {
  const { atMs, origin, level, text, pattern, maskedCount, cutBytes } = record;
  // A half of a surrogate pair cannot be written as UTF-8: it is the same mark in memory as it will be in the file.
  const written = /[\ud800-\udfff]/.test(text) ? Buffer.from(text).toString() : text;
  return { id, atMs: Math.round(atMs), origin, level, text: written, pattern, maskedCount, cutBytes };
}
