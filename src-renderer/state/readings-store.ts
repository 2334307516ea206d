import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Reading } from '../../src-shared/reading';
import type { AnyReading, Snapshots, SourceId } from '../../src-shared/snapshots';
import { shareUnchanged } from './share-unchanged';

/** What the window knows of one source. */
export interface SourceState<Id extends SourceId> {
  /** The latest reading; null before the first. */
  readonly reading: Reading<Snapshots[Id]> | null;
  /** The last data and when they were read; kept while the source fails, so that a panel can still show them. */
  readonly lastOk: { readonly data: Snapshots[Id]; readonly atMs: number } | null;
  /** Time between the last two readings: what the engine's cadence is at present. */
  readonly intervalMs: number | null;
}

export type ReadingsState = { readonly [Id in SourceId]: SourceState<Id> };
export type ReadingsStore = StoreApi<ReadingsState>;

const nothing = { reading: null, lastOk: null, intervalMs: null } as const;

export function createReadingsStore(): ReadingsStore {
  return createStore<ReadingsState>(() => ({
    host: nothing,
    containers: nothing,
    pods: nothing,
    services: nothing,
    processes: nothing,
    logs: nothing,
  }));
}

/** Sources that stay the same from look to look; in the others nearly every figure moves, and comparing would be wasted. */
const steadySources: ReadonlySet<SourceId> = new Set(['pods', 'services', 'logs']);

function keepUnchanged(source: SourceId, before: SourceState<SourceId>, data: Snapshots[SourceId]): Snapshots[SourceId] {
  const old = before.lastOk?.data;
  if (old === undefined) return data;
  // Of the containers nearly all figures move; the engines beside them do not.
  if ('engines' in data && 'engines' in old) return { ...data, engines: shareUnchanged(old.engines, data.engines) };
  return steadySources.has(source) ? shareUnchanged(old, data) : data;
}

/** Puts readings in as one change. */
export function applyReadings(store: ReadingsStore, readings: Iterable<AnyReading>): void {
  const before = store.getState();
  const next: Partial<Record<SourceId, SourceState<SourceId>>> = {};
  for (const { source, reading } of readings) {
    const state = before[source];
    const sinceBeforeMs = state.reading === null ? 0 : reading.startedAtMs - state.reading.startedAtMs;
    const lastOk = reading.kind === 'ok' ? { data: keepUnchanged(source, state, reading.data), atMs: reading.startedAtMs } : state.lastOk;
    // The same reading once more, or the clock was set back: nothing is learnt of the cadence.
    const intervalMs = sinceBeforeMs > 0 ? sinceBeforeMs : state.intervalMs;
    next[source] = { reading, lastOk, intervalMs } as SourceState<SourceId>;
  }
  store.setState(next as Partial<ReadingsState>);
}
