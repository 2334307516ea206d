import type { LogKind } from '../../../src-shared/logs/log-record';
import type { FilePosition } from './position';

/**
 * How far the past of a followed path was taken out of one file. Offsets are of its text, unpacked. Stored together with the lines,
 * it makes a restart go on with exactly the rest.
 */
export interface PastPosition extends Omit<FilePosition, 'offset'> {
  /** Where the file was when it was chosen; rotations may have given it another name since. */
  readonly file: string;
  readonly kind: LogKind;
  /** Its last change when it was chosen. */
  readonly writtenByMs: number;
  readonly fromBytes: number;
  /** Behind the last whole line that was given out. */
  readonly takenBytes: number;
  /** Nothing behind it is wanted: the followed part begins there, or it would be too much. */
  readonly endBytes: number;
  /** How much there seemed to be of it, for telling how far it is. */
  readonly wantedBytes: number;
}

export const pastReaderPrefix = 'past/';
