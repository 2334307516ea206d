import type { LogStorage } from '../../../src-shared/contract/logs';
import type { LogRecord } from '../../../src-shared/logs/log-record';
import type { Segment } from './segment';

/** What segments and the records that are only in memory hold and cost. */
export function storageOf(
  segments: readonly Segment[],
  records: readonly LogRecord[],
  rest: Pick<LogStorage, 'kind' | 'detail' | 'droppedCount' | 'expiredCount'>,
): LogStorage {
  let recordCount = records.length;
  let textBytes = 0;
  let diskBytes = 0;
  let archivedBytes = 0;
  let oldestAtMs = Number.POSITIVE_INFINITY;
  let newestAtMs = Number.NEGATIVE_INFINITY;
  for (const segment of segments) {
    recordCount += segment.recordCount;
    textBytes += segment.textBytes;
    if (segment.form === 'archived') archivedBytes += segment.diskBytes;
    else diskBytes += segment.diskBytes;
    oldestAtMs = Math.min(oldestAtMs, segment.minAtMs);
    newestAtMs = Math.max(newestAtMs, segment.maxAtMs);
  }
  for (const { atMs, text } of records) {
    textBytes += text.length;
    oldestAtMs = Math.min(oldestAtMs, atMs);
    newestAtMs = Math.max(newestAtMs, atMs);
  }
  return {
    kind: rest.kind,
    detail: rest.detail,
    recordCount,
    textBytes,
    diskBytes,
    archivedBytes,
    oldestAtMs: Number.isFinite(oldestAtMs) ? oldestAtMs : null,
    newestAtMs: Number.isFinite(newestAtMs) ? newestAtMs : null,
    droppedCount: rest.droppedCount,
    expiredCount: rest.expiredCount,
  };
}
