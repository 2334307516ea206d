import type { Level } from '../level';
import type { LogKind, LogSourceKind } from '../logs/log-record';
import type { LogLevel } from '../logs/parsed-line';
import type { Sentence } from '../sentence';

export type { LogSourceKind } from '../logs/log-record';

/** One kept error line. Everything in it came from outside: show as text only. */
export interface LogError {
  /** Increases by one per kept line; stable key. */
  readonly id: number;
  readonly atMs: number;
  /** Container or unit name, or path of a file. */
  readonly source: string;
  readonly sourceKind: LogSourceKind;
  /** Container id, unit name or path: where a click leads. */
  readonly sourceId: string;
  /** At most 64 KiB of the line, decoded; the rest is counted in cutBytes. */
  readonly text: string;
  /** What makes it an error, as written in the line (its level, or a word); "priority err" etc. for entries of the journal. */
  readonly keyword: string;
  readonly cutBytes: number;
  /** Id of its record in the store; null: it is not kept there. */
  readonly recordId: number | null;
  /** Id of its pattern; lines of one pattern stand here once, with the newest. */
  readonly pattern: string | null;
  /** Lines of the pattern within the last hour, this one included. */
  readonly repeatCount: number;
  /** Its pattern was first seen a short while ago. */
  readonly isNew: boolean;
  readonly level: Extract<LogLevel, 'error' | 'critical'>;
  readonly maskedCount: number;
}

/** A pattern of errors that has just begun, or is coming much more often than usual. */
export interface LogAlarm {
  readonly kind: 'new-pattern' | 'burst';
  readonly pattern: string;
  readonly source: string;
  /** Key of the LogOrigin. */
  readonly origin: string;
  /** Its newest line, cut to one line of at most 300 characters; masked. */
  readonly text: string;
  readonly level: Extract<LogLevel, 'error' | 'critical'>;
  /** Lines in the last minute, and what is usual in a minute; null: not known yet. */
  readonly perMinute: number;
  readonly usualPerMinute: number | null;
  readonly sinceMs: number;
}

export interface LogSource {
  readonly id: string;
  readonly kind: LogSourceKind;
  readonly logKind: LogKind;
  readonly name: string;
  /** `not-followed`: LogScope itself leaves it out; `remedy` says why. */
  readonly state: 'following' | 'ended' | 'retrying' | 'unavailable' | 'not-followed';
  /** Why, and what of it is missing, in English; what others said stands there in their words. */
  readonly detail: string | null;
  /** The same sentence by sentence, where some are ours: for windows in other languages. */
  readonly sentences?: readonly Sentence[];
  /** What a person can do about the state, in our words. */
  readonly remedy?: Sentence;
  readonly lineCount: number;
  readonly matchedCount: number;
  /** Lines longer than the cap. */
  readonly cutCount: number;
  /** How often its stream was opened again because one broke or ended while what it reads ran on; no line is lost or repeated by it. */
  readonly reopenedCount: number;
  /** How often its engine threw lines away before they could be read, or passed over some; left out: never, as far as can be seen. */
  readonly gapCount?: number;
  readonly lastLineAtMs: number | null;
  /** Errors or worse in each of the last 30 minutes, oldest first; empty: none in all of them. */
  readonly errorsPerMinute: readonly number[];
}

export interface LogsFacts {
  readonly keywords: readonly string[];
  /** Newest first, capped; keptCount tells how many there were since start. */
  readonly newestErrors: readonly LogError[];
  readonly keptCount: number;
  /** Kept lines that fell out of the ring. */
  readonly droppedCount: number;
  readonly sources: readonly LogSource[];
  /** Muted patterns are left out. */
  readonly alarms: readonly LogAlarm[];
  /** Lines waiting to be taken in, all sources together. */
  readonly waitingLineCount: number;
  /** Secrets masked since the start. */
  readonly maskedCount: number;
}

export interface LogsSnapshot extends LogsFacts {
  readonly level: Level;
}
