import type { Finding } from '../../src-shared/judgement';
import type { Settings } from '../../src-shared/settings';
import type { Snapshots, SourceId } from '../../src-shared/snapshots';

/** What the rules may know besides the facts. Time is a value here, never read. */
export interface JudgeContext {
  readonly nowMs: number;
  readonly thresholds: Settings['thresholds'];
}

/** What one source's facts mean: the snapshot with levels and reasons, and what is wrong right now. */
export interface Judgement<Id extends SourceId> {
  readonly snapshot: Snapshots[Id];
  readonly findings: readonly Finding[];
}
