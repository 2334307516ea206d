import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** Both ends of a pipe: the child writes into `writeDescriptor`, which is ours to close once it has it. */
export interface OutputPipe {
  readonly source: Readable;
  readonly writeDescriptor: number;
}

/**
 * Real pipes, by way of named ones that are gone again at once. What Node makes for `stdio: 'pipe'` on Unix is a socket: a script
 * cannot open it as /dev/stderr (ENXIO), and who writes to a closed one is told ECONNRESET instead of being ended by SIGPIPE. Null
 * where none can be made.
 */
export function openOutputPipes(count: number): readonly OutputPipe[] | null {
  if (process.platform === 'win32') return null;
  let directory: string | null = null;
  try {
    directory = mkdtempSync(join(tmpdir(), 'logscope-run-'));
    const paths = Array.from({ length: count }, (_, index) => join(directory ?? '', String(index)));
    execFileSync('mkfifo', ['-m', '600', ...paths], { stdio: 'ignore', timeout: 5_000 });
    return paths.map(openBothEnds);
  } catch (error) {
    if (error instanceof Error && ('syscall' in error || 'status' in error)) return null;
    throw error;
  } finally {
    if (directory !== null) rmSync(directory, { recursive: true, force: true });
  }
}

/** The reading end first, without waiting: a pipe without a reader cannot be opened for writing. */
function openBothEnds(path: string): OutputPipe {
  const readDescriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const writeDescriptor = openSync(path, constants.O_WRONLY);
    return { source: new Socket({ fd: readDescriptor, readable: true, writable: false }), writeDescriptor };
  } catch (error) {
    closeSync(readDescriptor);
    throw error;
  }
}
