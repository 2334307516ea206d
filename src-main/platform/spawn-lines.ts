import { spawn } from 'node:child_process';
import { LineSplitter } from './line-splitter';

/** How a long-running program ended. */
export interface SpawnExit {
  readonly kind: 'exited' | 'not-found' | 'not-permitted' | 'stopped';
  readonly exitCode: number | null;
  /** The last 4 KiB it wrote to its standard error. */
  readonly errorText: string;
}

export interface SpawnLinesOptions {
  readonly signal: AbortSignal;
  /** A longer line is cut; `cutBytes` tells how much is missing. */
  readonly maxLineBytes: number;
  readonly onLine: (bytes: Buffer, cutBytes: number) => void;
  readonly onErrorText?: (text: string) => void;
}

/** Runs a program (argument array only, C locale, no shell) and hands on its output line by line until it ends or `signal` aborts. Never rejects for what the program does. */
export type SpawnLines = (file: string, args: readonly string[], options: SpawnLinesOptions) => Promise<SpawnExit>;

const keptErrorCharacters = 4096;

export const systemSpawnLines: SpawnLines = (file, args, { signal, maxLineBytes, onLine, onErrorText }) =>
  new Promise((resolve, reject) => {
    const child = spawn(file, [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      env: { ...process.env, LC_ALL: 'C' },
    });
    const splitter = new LineSplitter(maxLineBytes, onLine);
    let errorText = '';
    const stop = () => child.kill('SIGTERM');
    const finish = (settle: () => void) => {
      signal.removeEventListener('abort', stop);
      settle();
    };
    signal.addEventListener('abort', stop, { once: true });
    child.stdout.on('data', (chunk: Buffer) => splitter.write(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      errorText = (errorText + text).slice(-keptErrorCharacters);
      onErrorText?.(text);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const kind = error.code === 'ENOENT' ? 'not-found' : error.code === 'EACCES' ? 'not-permitted' : null;
      finish(() => (kind === null ? reject(error) : resolve({ kind, exitCode: null, errorText })));
    });
    child.on('close', (exitCode) => {
      splitter.flush();
      finish(() => resolve({ kind: signal.aborted ? 'stopped' : 'exited', exitCode, errorText }));
    });
    if (signal.aborted) stop();
  });
