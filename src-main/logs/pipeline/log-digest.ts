import type { LogAlarm, LogError } from '../../../src-shared/snapshots/logs';
import type { OriginCounts } from './origin-counts';

/** What came of the lines so far. */
export interface LogDigest {
  /** Of those that changed since the version that was asked about. */
  readonly origins: readonly OriginCounts[];
  readonly newestErrors: readonly LogError[];
  readonly alarms: readonly LogAlarm[];
  readonly keptCount: number;
  readonly droppedCount: number;
  readonly maskedCount: number;
  readonly waitingLineCount: number;
  /** Why nothing can be stored at the moment, and nothing more is taken in; null: all is well. */
  readonly stalled: string | null;
  /** To ask with next. */
  readonly version: number;
}
