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

/** Of lines that were written before following began. They are stored, but are no news: no alarm, no newest error, no count of a minute. */
export interface PastBounds {
  /** None was written later (the last change of their file): the time of lines that tell none and stand behind none that does. */
  readonly writtenByMs: number;
  /** Those that say they are older are not kept. */
  readonly notBeforeMs: number;
}

/** Lines of one reader and how far it was with them: they are kept together or not at all. */
export interface RawBatch {
  /** Under which its position is kept: a file, a container, the journal. */
  readonly reader: string;
  readonly lines: readonly RawLine[];
  /** In the words of the reader; null: it has none to go on from. */
  readonly position: string | null;
  /** Null or absent: its lines are being written now. Their entries are put together apart from those of other readers. */
  readonly past?: PastBounds | null;
}
