import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { CliError } from './deps';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'not allowed for this user',
};

/** The bytes of a file, or of `stdin` for "-", piece by piece; a file that cannot be read ends in a CliError. */
export async function* readInput(file: string, stdin: Readable, interrupted: AbortSignal): AsyncGenerator<Buffer> {
  const input = addAbortSignal(interrupted, file === '-' ? stdin : createReadStream(file));
  try {
    for await (const chunk of input) yield chunk as Buffer;
  } catch (error) {
    if (interrupted.aborted || !isFileProblem(error)) throw error;
    throw new CliError(`error: ${file === '-' ? 'standard input' : file} cannot be read: ${reasons[error.code] ?? error.message}`);
  }
}

function isFileProblem(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
