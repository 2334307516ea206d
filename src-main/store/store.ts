import type { Alert } from '../../src-shared/alerts';
import type { MetricId, MetricPoint, MetricSample } from '../../src-shared/metrics';
import type { RememberedRun } from '../../src-shared/runs';
import type { ListenerStore, PolicyStore, RoleStore, StopAuditStore } from './process-store';

/** A stretch of one series; both ends belong to it. */
export interface RangeQuery {
  readonly metric: MetricId;
  readonly subject: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** How many points `range` gives at most: more than a chart has pixels for a person to tell apart. */
export const maxRangePoints = 600;

/** What the store is doing and what it had to leave out; shown by `doctor` and the status bar. */
export interface StoreState {
  /**
   * `opening`: the file is not open yet, writes are taken. `file`: kept on disk. `read-only`: the file is read, nothing
   * is added. `memory`: kept only until LogScope ends.
   */
  readonly kind: 'opening' | 'file' | 'read-only' | 'memory' | 'closed';
  /** Why it is not `file`, one sentence; null when there is nothing to explain. */
  readonly detail: string | null;
  /** Where a damaged file was put; null when none was found. */
  readonly setAsideFile: string | null;
  /** Samples and alerts that were not kept (disk full, read-only, not a number, writer too slow). */
  readonly droppedSampleCount: number;
  readonly droppedAlertCount: number;
  /** Decisions of people, audit rows and the like that were not kept. */
  readonly droppedRecordCount: number;
  /** The last write that failed, in the database's words; null after a write that went through. */
  readonly writeProblem: string | null;
}

/** How containers were run; a part of Store. */
export interface RunStore {
  /** Adds the run, or replaces the one of the same container and start. A few runs of each container are kept. */
  rememberRun(run: RememberedRun): void;
  /** Newest started first. */
  recallRuns(identity: string): Promise<readonly RememberedRun[]>;
}

/**
 * What LogScope remembers: figures over time, alerts, runs of containers, and what people decided and did about processes. Writing
 * never waits and never throws; what could not be kept is counted in `state`. Reading gives what was written before the call.
 */
export interface Store extends RunStore, PolicyStore, RoleStore, StopAuditStore, ListenerStore {
  /** One call is one batch and lands in one transaction. A second sample of the same series and time replaces the first. */
  appendSamples(samples: readonly MetricSample[]): void;
  /** Oldest first, at most `maxRangePoints`: means of equal stretches of time, stretches without a sample left out. */
  range(query: RangeQuery): Promise<readonly MetricPoint[]>;
  /** Adds the alert, or replaces the one with the same id. */
  recordAlert(alert: Alert): void;
  /** Newest raised first. */
  recentAlerts(limit: number): Promise<readonly Alert[]>;
  /** Writes what is pending and lets go of the file. Idempotent. */
  close(): Promise<void>;
  readonly state: StoreState;
}
