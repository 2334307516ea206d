import type { LogSource, LogSourceKind } from '../../../src-shared/snapshots/logs';
import type { LogStream } from '../frame';
import type { PackedLines } from '../pipeline/packed-lines';
import type { RawLine } from '../pipeline/raw-batch';

/** One line as a tail hands it to the pipeline. */
export interface TailLine {
  readonly sourceKind: LogSourceKind;
  readonly sourceId: string;
  readonly source: string;
  readonly atMs: number;
  readonly bytes: Buffer;
  readonly cutBytes: number;
  /** What its source says of its severity beside the line itself; null: nothing. */
  readonly stated: RawLine['stated'];
}

export interface TailListener {
  /** Each line once; `stream`: which of a container's two it was printed on. */
  readonly onLine: (line: TailLine, stream?: LogStream) => void;
  /**
   * After lines that came together, with the place behind them in words that `startAt` of the same kind of tail takes. Null or what it
   * waits for before it reads on.
   */
  readonly onPosition?: (position: string) => Promise<void> | null;
  /** Where the lines of a container may be put as bytes instead, each read before the place behind it is told. Left out: nowhere. */
  readonly packed?: () => PackedLines;
  /** After little came: null, or what it waits for before it reads on. Left out: it never waits. */
  readonly rest?: () => Promise<void> | null;
}

/** What every tail counts about itself. */
export class TailCounters {
  private lineCount = 0;
  private cutCount = 0;
  private reopenedCount = 0;
  private gapCount = 0;
  private lastLineAtMs: number | null = null;

  count(line: Pick<TailLine, 'cutBytes' | 'atMs'>): void {
    this.lineCount += 1;
    if (line.cutBytes > 0) this.cutCount += 1;
    this.lastLineAtMs = Math.max(line.atMs, this.lastLineAtMs ?? 0);
  }

  countMany(lineCount: number, cutCount: number, lastAtMs: number): void {
    this.lineCount += lineCount;
    this.cutCount += cutCount;
    this.lastLineAtMs = Math.max(lastAtMs, this.lastLineAtMs ?? 0);
  }

  countReopening(): void {
    this.reopenedCount += 1;
  }

  /** Lines were taken away before they could be read. */
  countGap(): void {
    this.gapCount += 1;
  }

  read(): Pick<LogSource, 'lineCount' | 'cutCount' | 'reopenedCount' | 'lastLineAtMs' | 'gapCount'> {
    const { lineCount, cutCount, reopenedCount, lastLineAtMs, gapCount } = this;
    const read = { lineCount, cutCount, reopenedCount, lastLineAtMs };
    return gapCount === 0 ? read : { ...read, gapCount };
  }
}

/** What is known of a source but for what its lines say, which is counted elsewhere. */
export type SourceState = Omit<LogSource, 'matchedCount' | 'errorsPerMinute'>;

/** What a tail knows of its source: that it follows it is why it is there. */
export interface TailState extends SourceState {
  readonly state: Exclude<LogSource['state'], 'not-followed'>;
}
