import { createStore, type StoreApi } from 'zustand/vanilla';

/** The wall clock as the views see it: one tick a second, so that all ages change together. */
export type ClockStore = StoreApi<{ readonly nowMs: number }>;

export function createClockStore(nowMs: number): ClockStore {
  return createStore<{ readonly nowMs: number }>(() => ({ nowMs }));
}
