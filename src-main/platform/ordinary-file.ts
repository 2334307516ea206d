import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { errorCodeOf, isDenied, isUnsupported, isVanished } from './proc-errors';

/**
 * Files that other users wrote: one may be a pipe that never answers or a device, so it is opened without waiting and read
 * only when it is an ordinary file, up to a limit.
 */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

export interface OrdinaryText {
  readonly text: string;
  /** There was more than was asked for. */
  readonly cut: boolean;
}

/** Null when it is absent, denied, or no ordinary file. */
export function readOrdinaryFileSync(path: string, maxBytes: number): OrdinaryText | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, flags);
    if (!fstatSync(descriptor).isFile()) return null;
    const buffer = Buffer.allocUnsafe(maxBytes + 1);
    const length = readSync(descriptor, buffer, 0, buffer.length, 0);
    return { text: buffer.toString('utf8', 0, Math.min(length, maxBytes)), cut: length > maxBytes };
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** The last bytes of such a file; the first line of them may be a part of one. Null as above. */
export function readOrdinaryTailSync(path: string, maxBytes: number): string | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, flags);
    const found = fstatSync(descriptor);
    if (!found.isFile()) return null;
    const buffer = Buffer.allocUnsafe(maxBytes);
    const length = readSync(descriptor, buffer, 0, maxBytes, Math.max(0, found.size - maxBytes));
    return buffer.toString('utf8', 0, length);
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** As readOrdinaryFileSync, without holding up the thread. */
export async function readOrdinaryFile(path: string, maxBytes: number): Promise<OrdinaryText | null> {
  try {
    const file = await open(path, flags);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) return null;
      const buffer = Buffer.allocUnsafe(Math.min(maxBytes, stat.size) + 1);
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      const kept = Math.min(bytesRead, buffer.length - 1);
      return { text: buffer.toString('utf8', 0, kept), cut: bytesRead > maxBytes };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  return isVanished(error) || isDenied(error) || isUnsupported(error) || errorCodeOf(error) === 'ELOOP' || errorCodeOf(error) === 'EISDIR';
}
