import { closeSync, openSync, readdirSync, readlinkSync, readSync, statSync } from 'node:fs';
import { isDenied, isUnsupported, isVanished } from '../../../platform/proc-errors';

const bufferBytes = 256 * 1024;
const buffer = Buffer.allocUnsafe(bufferBytes);

export interface ProcBytes {
  /** Valid until the next read: take out what is needed at once. */
  readonly bytes: Buffer;
  /** There was more than is read of any file: 256 KiB. */
  readonly cut: boolean;
}

/** Null: gone, denied, or not given by this kernel. */
export function readProcBytes(path: string): ProcBytes | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    let length = 0;
    while (length < bufferBytes) {
      const count = readSync(descriptor, buffer, length, bufferBytes - length, null);
      if (count === 0) return { bytes: buffer.subarray(0, length), cut: false };
      length += count;
    }
    return { bytes: buffer.subarray(0, length), cut: true };
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** A small file as text; null as in readProcBytes. */
export function readProcText(path: string): string | null {
  return readProcBytes(path)?.bytes.toString('latin1') ?? null;
}

/**
 * Whole lines of a file that may be large, a piece at a time, so that reading can rest in between. Ends early (and says `cut`)
 * behind `maxBytes`. Gives null in the first step when the file cannot be read.
 */
export function* readProcLines(path: string, maxBytes: number): Generator<{ readonly lines: string; readonly cut: boolean } | null> {
  const pieceBytes = 64 * 1024;
  const piece = Buffer.allocUnsafe(pieceBytes);
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    let carry = '';
    for (let total = 0; ; ) {
      // The kernel gives a page at most for each call: several make a piece that is worth a pause.
      let length = 0;
      let ended = false;
      while (length + 4096 <= pieceBytes && !ended) {
        const count = readSync(descriptor, piece, length, pieceBytes - length, null);
        length += count;
        ended = count === 0;
      }
      total += length;
      const text = carry + piece.toString('latin1', 0, length);
      const end = ended ? text.length : text.lastIndexOf('\n') + 1;
      carry = text.slice(end);
      const cut = !ended && total >= maxBytes;
      yield { lines: text.slice(0, end), cut };
      if (ended || cut) return;
    }
  } catch (error) {
    if (!isAbsence(error)) throw error;
    yield null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** Target of a link below /proc; null: gone or denied. */
export function readProcLink(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

/** Beyond this they are not counted on kernels that have to be asked for each. */
const mostListedFiles = 20_000;

/**
 * Open files of a process. Since Linux 6.2 the size of its `fd` folder is their number; before that the folder has to be listed,
 * and one that is known to be huge (`allocated`, FDSize of its status) is not. Null: denied, gone or too many.
 */
export function readOpenFileCount(directory: string, allocated: () => number): number | null {
  try {
    const { size } = statSync(`${directory}/fd`);
    if (size > 0) return size;
    return allocated() > mostListedFiles ? null : readdirSync(`${directory}/fd`).length;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  return isVanished(error) || isDenied(error) || isUnsupported(error);
}
