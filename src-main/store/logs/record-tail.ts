import type { LogRecord } from '../../../src-shared/logs/log-record';
import type { NewLogRecord } from './log-store';

/** The newest records in memory, bounded; the oldest make room. */
export interface RecordTail {
  push(records: readonly LogRecord[]): void;
  /** Oldest first; do not keep it over a push. */
  records(): readonly LogRecord[];
  /** Everything after this id is here; the id before the first record ever pushed if nothing fell out. */
  readonly completeAfterId: number;
  readonly fallenOutCount: number;
  readonly textUnits: number;
}

/** `startId`: of the newest record there was before the first push. */
export function createRecordTail(limits: { readonly records: number; readonly textUnits: number }, startId: number): RecordTail {
  let kept: LogRecord[] = [];
  let head = 0;
  let textUnits = 0;
  let fallenOutCount = 0;
  let completeAfterId = startId;

  function shrink(): void {
    while (head < kept.length && (kept.length - head > limits.records || textUnits > limits.textUnits)) {
      const oldest = kept[head];
      if (oldest === undefined) return;
      textUnits -= oldest.text.length;
      completeAfterId = oldest.id;
      head += 1;
      fallenOutCount += 1;
    }
    // Moving the array for every push would cost more than the records.
    if (head > 0 && head * 2 >= kept.length) {
      kept = kept.slice(head);
      head = 0;
    }
  }

  return {
    push(records) {
      for (const record of records) {
        kept.push(record);
        textUnits += record.text.length;
      }
      shrink();
    },
    records: () => (head === 0 ? kept : kept.slice(head)),
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

/** A record as it will be read back. */
export function asKept(record: NewLogRecord, id: number): LogRecord {
  const { atMs, origin, level, text, pattern, maskedCount, cutBytes } = record;
  // A half of a surrogate pair cannot be written as UTF-8: it is the same mark in memory as it will be in the file.
  const written = /[\ud800-\udfff]/.test(text) ? Buffer.from(text).toString() : text;
  return { id, atMs: Math.round(atMs), origin, level, text: written, pattern, maskedCount, cutBytes };
}
