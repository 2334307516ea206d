import type { Level } from '../level';

export type LogSourceKind = 'container' | 'journal' | 'file';

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
  /** The word of the filter that matched, as written in the line; "priority err" etc. for journal lines kept by priority. */
  readonly keyword: string;
  readonly cutBytes: number;
}

export interface LogSource {
  readonly id: string;
  readonly kind: LogSourceKind;
  readonly name: string;
  readonly state: 'following' | 'ended' | 'retrying' | 'unavailable';
  readonly detail: string | null;
  readonly lineCount: number;
  readonly matchedCount: number;
  /** Lines longer than the cap. */
  readonly cutCount: number;
  /** How often its stream was opened again because one broke or ended while what it reads ran on; no line is lost or repeated by it. */
  readonly reopenedCount: number;
  readonly lastLineAtMs: number | null;
}

export interface LogsFacts {
  readonly keywords: readonly string[];
  /** Newest first, capped; keptCount tells how many there were since start. */
  readonly newestErrors: readonly LogError[];
  readonly keptCount: number;
  /** Kept lines that fell out of the ring. */
  readonly droppedCount: number;
  readonly sources: readonly LogSource[];
}

export interface LogsSnapshot extends LogsFacts {
  readonly level: Level;
}
