import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { isDenied, isUnsupported, isVanished } from './proc-errors';

/**
 * One small kernel file that is read again and again. The descriptor is kept open and read from position 0, which the
 * kernel answers with fresh content; promise-based reads of the same files cost 4 to 15 times as much.
 */
export interface ProcFile {
  /** The whole content as text, or null when the file is absent, denied or not supported by this kernel. */
  readText(): string | null;
  close(): void;
}

const firstBufferBytes = 4096;

/** Opens on first read; a file that is absent now is looked for again at the next read. */
export function procFile(path: string): ProcFile {
  let descriptor: number | null = null;
  let buffer = Buffer.allocUnsafe(firstBufferBytes);

  function close(): void {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  }

  function readText(): string | null {
    try {
      descriptor ??= openSync(path, 'r');
      let length = 0;
      for (;;) {
        if (length === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
        const count = readSync(descriptor, buffer, length, buffer.length - length, length);
        if (count === 0) return buffer.toString('utf8', 0, length);
        length += count;
      }
    } catch (error) {
      close();
      if (isVanished(error) || isDenied(error) || isUnsupported(error)) return null;
      throw error;
    }
  }

  return { readText, close };
}

/** A small file read once; null when it is absent, denied or not supported. */
export function readTextIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isVanished(error) || isDenied(error) || isUnsupported(error)) return null;
    throw error;
  }
}
