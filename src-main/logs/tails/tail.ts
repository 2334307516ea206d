import type { LogSource, LogSourceKind } from '../../../src-shared/snapshots/logs';

/** One line as a tail hands it to the pipeline. */
export interface TailLine {
  readonly sourceKind: LogSourceKind;
  readonly sourceId: string;
  readonly source: string;
  readonly atMs: number;
  readonly bytes: Buffer;
  readonly cutBytes: number;
  /** Kept whatever it says, with this as the keyword when none of the filter's words is in it; null: only if it matches. */
  readonly keptAs: string | null;
}

/** True when the line was kept. */
export type TailLineListener = (line: TailLine) => boolean;

/** What every tail counts about itself. */
export class TailCounters {
  private lineCount = 0;
  private matchedCount = 0;
  private cutCount = 0;
  private reopenedCount = 0;
  private lastLineAtMs: number | null = null;

  count(line: TailLine, kept: boolean): void {
    this.lineCount += 1;
    if (kept) this.matchedCount += 1;
    if (line.cutBytes > 0) this.cutCount += 1;
    this.lastLineAtMs = Math.max(line.atMs, this.lastLineAtMs ?? 0);
  }

  countReopening(): void {
    this.reopenedCount += 1;
  }

  read(): Pick<LogSource, 'lineCount' | 'matchedCount' | 'cutCount' | 'reopenedCount' | 'lastLineAtMs' | 'errorsPerMinute'> {
    const { lineCount, matchedCount, cutCount, reopenedCount, lastLineAtMs } = this;
    return { lineCount, matchedCount, cutCount, reopenedCount, lastLineAtMs, errorsPerMinute: [] };
  }
}
