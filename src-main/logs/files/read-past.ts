import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { LineSplitter } from '../../platform/line-splitter';
import { type LogFileAbsence, openLogFile } from '../../platform/log-file';
import { errorCodeOf } from '../../platform/proc-errors';
import { maxLineBytes } from '../frame';
import type { FileLine } from './generation';

export type PastOutcome =
  /** `isDamaged`: its compressed text ends early or is broken; what came before was given out. */
  { readonly kind: 'read'; readonly lineCount: number; readonly isDamaged: boolean } | LogFileAbsence;

/**
 * Gives all lines of a file that a rotation left behind, unpacked when its name ends in ".gz", in bounded memory. Rejects when
 * `signal` aborts or the listener throws.
 */
export async function readPast(path: string, onLine: (line: FileLine) => void, signal: AbortSignal): Promise<PastOutcome> {
  const opened = openLogFile(path);
  if (opened.kind !== 'opened') return opened;
  opened.file.close();
  let lineCount = 0;
  const lines = new LineSplitter(maxLineBytes, (bytes, cutBytes) => {
    lineCount += 1;
    onLine({ bytes, cutBytes });
  });
  const source = createReadStream(path, { signal });
  const unpacked = path.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  // pipe does not hand errors on.
  if (unpacked !== source) source.on('error', (error) => unpacked.destroy(error));
  let isDamaged = false;
  try {
    for await (const chunk of unpacked) lines.write(chunk);
  } catch (error) {
    if (errorCodeOf(error)?.startsWith('Z_') !== true) throw error;
    isDamaged = true;
  } finally {
    source.destroy();
  }
  lines.flush();
  return { kind: 'read', lineCount, isDamaged };
}
