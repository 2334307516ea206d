import type { Failed, Unavailable } from '../../src-shared/reading';
import type { Snapshots, SourceId } from '../../src-shared/snapshots';
import type { SourceState } from './readings-store';

/** The five states of a panel. `failed` and `stale` carry the last data where there are any. */
export type PanelState<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'unavailable'; readonly cause: Unavailable }
  | { readonly kind: 'failed'; readonly cause: Failed; readonly data: T | null; readonly lastOkAtMs: number | null }
  | { readonly kind: 'stale'; readonly data: T; readonly atMs: number }
  | { readonly kind: 'data'; readonly data: T };

/** The cadence each source has while a window is visible; used until two readings tell the real one. */
const usualIntervalMs: Readonly<Record<SourceId, number>> = {
  host: 1000,
  containers: 1000,
  pods: 2000,
  services: 5000,
  processes: 2000,
  logs: 1000,
};

/** Three cadences, with room for one slow collection: beyond it, figures are no longer those of now. */
export function staleAfterMs(source: SourceId, intervalMs: number | null): number {
  const cadence = Math.max(usualIntervalMs[source], Math.min(intervalMs ?? 0, 60_000));
  return Math.max(3 * cadence, 4000);
}

/** `nowMs` null: nothing can be stale (collecting is paused on purpose). */
export function derivePanelState<Id extends SourceId>(source: Id, state: SourceState<Id>, nowMs: number | null): PanelState<Snapshots[Id]> {
  const { reading, lastOk } = state;
  if (reading === null) return { kind: 'loading' };
  if (reading.kind === 'unavailable') return { kind: 'unavailable', cause: reading };
  if (reading.kind === 'failed')
    return { kind: 'failed', cause: reading, data: lastOk?.data ?? null, lastOkAtMs: lastOk?.atMs ?? reading.lastOkAtMs };
  const readAtMs = reading.startedAtMs + reading.tookMs;
  if (nowMs !== null && nowMs - readAtMs > staleAfterMs(source, state.intervalMs))
    return { kind: 'stale', data: reading.data, atMs: readAtMs };
  return { kind: 'data', data: reading.data };
}
