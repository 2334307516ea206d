import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

/** Up to `bytes` at `offset`: fewer where the file ends. */
export function readAt(descriptor: number, offset: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(bytes);
  let done = 0;
  while (done < bytes) {
    const count = readSync(descriptor, buffer, done, bytes - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return buffer.subarray(0, done);
}

/** All of `bytes`, or the error of the system. */
export function writeAt(descriptor: number, offset: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done, bytes.length - done, offset + done);
}

/** Opens for reading; null: there is no such file. */
export function openForReading(file: string): { readonly descriptor: number; readonly bytes: number } | null {
  try {
    const descriptor = openSync(file, 'r');
    return { descriptor, bytes: fstatSync(descriptor).size };
  } catch (error) {
    if (isFileProblem(error) && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The first `bytes` of a file; fewer where it ends, null where it is not. */
export function readStart(file: string, bytes: number): Buffer | null {
  const opened = openForReading(file);
  if (opened === null) return null;
  try {
    return readAt(opened.descriptor, 0, Math.min(bytes, opened.bytes));
  } finally {
    closeSync(opened.descriptor);
  }
}

/** What the system said of a file: no place, no right, a broken medium. */
export function isFileProblem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** There is no space left for this user. */
export function isDiskFull(error: unknown): boolean {
  return isFileProblem(error) && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
