import type { LogOrigin } from '../../../src-shared/logs/log-record';
import type { LogLevel } from '../../../src-shared/logs/parsed-line';

/** One line as a reader hands it over. */
export interface RawLine {
  readonly origin: LogOrigin;
  readonly bytes: Buffer;
  /** Bytes behind the cap that were not kept. */
  readonly cutBytes: number;
  /** When its source says it was written, to the millisecond; null: it does not. */
  readonly atMs: number | null;
  /** What the source says of its severity beside the line itself (a journal's priority), and in which words; null: nothing. */
  readonly stated: { readonly level: LogLevel; readonly word: string } | null;
  /** Another source tells the same: it is counted and goes no further. */
  readonly isCopy?: boolean;
}

/** Lines of one reader and how far it was with them: they are kept together or not at all. */
export interface RawBatch {
  /** Under which its position is kept: a file, a container, the journal. */
  readonly reader: string;
  readonly lines: readonly RawLine[];
  /** In the words of the reader; null: it has none to go on from. */
  readonly position: string | null;
}
