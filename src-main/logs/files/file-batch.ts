import type { LogKind } from '../../../src-shared/logs/log-record';
import type { LogFile, LogFileStat } from '../../platform/log-file';
import type { FileLine } from './generation';
import type { FilePosition } from './position';

/** Lines of one file with the position behind them: to be stored together or not at all. */
export interface FileBatch {
  readonly path: string;
  readonly kind: LogKind;
  readonly lines: readonly FileLine[];
  readonly position: FilePosition;
  /** Lines may be missing before these, for this reason; null: nothing suggests it. */
  readonly gap: 'truncated' | 'predecessor-gone' | 'let-go' | null;
}

/** A file whose path is followed for the first time ever: what stands before `offset` will not be given out. */
export interface FirstMeeting {
  readonly path: string;
  readonly kind: LogKind;
  /** Open during the call only. */
  readonly file: LogFile;
  readonly stat: LogFileStat;
  readonly offset: number;
}
