import type { LogOrigin } from '../../../src-shared/logs/log-record';
import type { ParsedLine } from '../../../src-shared/logs/parsed-line';
import type { PastBounds, RawLine } from './raw-batch';

/** A line, or a line with what belongs to it, before it is judged and masked. */
export interface LogEntry {
  readonly origin: LogOrigin;
  readonly atMs: number;
  /** Decoded; the first is what `parsed` was made of. */
  readonly texts: string[];
  readonly parsed: ParsedLine;
  readonly stated: RawLine['stated'];
  /** Of its source among those that are put together: the origin's key, or the reader's name for the past. */
  readonly sourceKey: string;
  /** Null: it is being written now. */
  readonly past: PastBounds | null;
  cutBytes: number;
}
