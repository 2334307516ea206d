import type { Outcome } from '../../src-shared/reading';
import type { Facts, SourceId } from '../../src-shared/snapshots';

/**
 * One source of facts. Rules of the house: never judges, never sets a timer, never overlaps itself (the engine sees to
 * that), returns `unavailable` for expected absence and throws only for the unexpected.
 */
export interface Collector<Id extends SourceId> {
  readonly id: Id;
  /** Default cadence while a window is visible. */
  readonly everyMs: number;
  readonly timeoutMs: number;
  /** Reads once. Must settle soon after `signal` aborts. */
  collect(signal: AbortSignal): Promise<Outcome<Facts[Id]>>;
  /** Present in those that hear of changes by themselves: calls `wake` when one should be read before the next tick is due. */
  onUrgent?(wake: () => void): () => void;
  /** Present in those that hold a stream, socket, descriptor or child process. */
  close?(): Promise<void>;
}

export type AnyCollector = { [Id in SourceId]: Collector<Id> }[SourceId];
