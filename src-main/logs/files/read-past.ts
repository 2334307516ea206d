import { createReadStream } from 'node:fs';
import { DamagedGzip, unpacked } from '../../platform/gunzip';
import { LineSplitter } from '../../platform/line-splitter';
import { type LogFileAbsence, openLogFile } from '../../platform/log-file';
import { maxLineBytes } from '../frame';
import type { FileLine } from './generation';

export interface PastRead {
  readonly kind: 'read';
  readonly lineCount: number;
  /** Its compressed text ends early or is broken; what came before was given out. */
  readonly isDamaged: boolean;
  /** It held more than was wanted; the rest was not read. */
  readonly isCut: boolean;
}

export type PastOutcome = PastRead | LogFileAbsence;

export interface PastOptions {
  readonly signal: AbortSignal;
  /** Of text, unpacked: a few kilobytes of gzip may hold gigabytes. */
  readonly maxBytes?: number;
  /** Waited for between pieces of 64 KiB or less. */
  readonly whenReady?: () => Promise<void>;
}

/**
 * Gives all lines of a file that a rotation left behind, unpacked when its content is gzip, in bounded memory. Rejects when
 * `signal` aborts or the listener throws.
 */
export async function readPast(path: string, onLine: (line: FileLine) => void, options: PastOptions): Promise<PastOutcome> {
  const { signal, maxBytes = Number.POSITIVE_INFINITY, whenReady } = options;
  const opened = openLogFile(path);
  if (opened.kind !== 'opened') return opened;
  opened.file.close();
  let lineCount = 0;
  const lines = new LineSplitter(maxLineBytes, (bytes, cutBytes) => {
    lineCount += 1;
    onLine({ bytes, cutBytes });
  });
  const source = createReadStream(path, { signal });
  let isDamaged = false;
  let leftBytes = maxBytes;
  try {
    for await (const chunk of unpacked(source)) {
      lines.write(chunk.subarray(0, Math.max(0, leftBytes)));
      leftBytes -= chunk.length;
      if (leftBytes < 0) break;
      await whenReady?.();
    }
  } catch (error) {
    if (!(error instanceof DamagedGzip)) throw error;
    isDamaged = true;
  } finally {
    source.destroy();
  }
  lines.flush();
  return { kind: 'read', lineCount, isDamaged, isCut: leftBytes < 0 };
}
