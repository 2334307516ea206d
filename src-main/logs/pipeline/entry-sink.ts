import type { LogOrigin, LogRecord } from '../../../src-shared/logs/log-record';

/** Where entries end up; the store is one. */
export interface EntrySink {
  describe(origin: LogOrigin): void;
  /** All of it or nothing. `full`: to be tried again later; `lost`: there is no use. */
  append(batch: {
    readonly records: readonly Omit<LogRecord, 'id'>[];
    readonly positions: readonly (readonly [reader: string, position: string | null])[];
  }): { readonly kind: 'kept'; readonly firstId: number } | { readonly kind: 'full' | 'lost'; readonly detail: string };
  note(key: string, text: string | null): void;
  notes(): ReadonlyMap<string, string>;
}
