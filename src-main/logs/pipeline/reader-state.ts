import type { ParseContext } from '../parse/context';
import type { EntryHolder } from './hold-entries';
import type { PastBounds } from './raw-batch';
import type { ReadyEntries } from './ready-entries';

/** Of one reader, what is not stored yet; changed in place. */
export interface Reader {
  /** Of its sources that had lines since it was stored. */
  readonly holders: Set<EntryHolder>;
  ready: ReadyEntries;
  position: string | null;
  /** Since when an entry is held back that is likely to go on; null: none is. */
  heldSinceMs: number | null;
}

/** What counts for all lines of a batch. */
export interface BatchContext {
  readonly name: string;
  readonly past: PastBounds | null;
  readonly nowMs: number;
  readonly parse: ParseContext;
}
