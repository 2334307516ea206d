import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogError } from '../../src-shared/snapshots';

/** Kept error lines as the window gathered them from the readings: oldest first, unlike the readings. */
export interface LogTailState {
  readonly lines: readonly LogError[];
  /** Lines that fell out of the window's own memory. */
  readonly droppedCount: number;
}
export type LogTailStore = StoreApi<LogTailState>;

/** Enough to scroll through an afternoon; each line is at most 64 KiB. */
export const logTailCapacity = 2000;

export function createLogTailStore(): LogTailStore {
  return createStore<LogTailState>(() => ({ lines: [], droppedCount: 0 }));
}

/** Adds the lines of a reading (newest first) that are not there yet. Ids that start again mean that the core did: start again too. */
export function gatherLines(store: LogTailStore, newestFirst: readonly LogError[]): void {
  const { lines, droppedCount } = store.getState();
  const newestId = newestFirst[0]?.id;
  if (newestId === undefined) return;
  const lastId = lines.at(-1)?.id ?? Number.NEGATIVE_INFINITY;
  if (newestId === lastId) return;
  const restarted = newestId < lastId;
  const fresh = newestFirst.filter((line) => restarted || line.id > lastId).reverse();
  const all = restarted ? fresh : [...lines, ...fresh];
  const excess = Math.max(0, all.length - logTailCapacity);
  store.setState({ lines: excess > 0 ? all.slice(excess) : all, droppedCount: (restarted ? 0 : droppedCount) + excess });
}
