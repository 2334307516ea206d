import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { DamagedGzip, unpacked } from '../platform/gunzip';
import { CliError } from './deps';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'not allowed for this user',
};

/** The bytes of a file, or of `stdin` for "-", piece by piece, gzip unpacked; a file that cannot be read ends in a CliError. */
export async function* readInput(file: string, stdin: Readable, interrupted: AbortSignal): AsyncGenerator<Buffer> {
  const input = addAbortSignal(interrupted, file === '-' ? stdin : createReadStream(file));
  try {
    for await (const chunk of unpacked(input)) yield chunk;
  } catch (error) {
    if (interrupted.aborted) throw error;
    const name = file === '-' ? 'standard input' : file;
    if (error instanceof DamagedGzip) throw new CliError(`error: ${name} was read up to where it is broken: ${error.message}`);
    if (!isFileProblem(error)) throw error;
    throw new CliError(`error: ${name} cannot be read: ${reasons[error.code] ?? error.message}`);
  }
}

function isFileProblem(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
