import { execFile } from 'node:child_process';

/** What came of a short command; a non-zero exit is data, as is a program that does not exist. */
export interface ExecResult {
  readonly kind: 'exited' | 'not-found' | 'not-permitted' | 'timeout' | 'output-too-long' | 'killed';
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecOptions {
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
}

export type Exec = (file: string, args: readonly string[], options?: ExecOptions) => Promise<ExecResult>;

/**
 * Runs a program without a shell (argument array only, nothing is interpreted) in the C locale, so that its output
 * parses the same everywhere. Never rejects for what the program does.
 */
export const systemExec: Exec = (file, args, options = {}) =>
  new Promise((resolve) => {
    execFile(
      file,
      [...args],
      {
        encoding: 'utf8',
        timeout: options.timeoutMs ?? 5_000,
        maxBuffer: options.maxBytes ?? 16 * 1024 * 1024,
        windowsHide: true,
        env: { ...process.env, ...options.env, LC_ALL: 'C' },
        ...(options.signal ? { signal: options.signal } : {}),
      },
      (error, stdout, stderr) => {
        if (error === null) return resolve({ kind: 'exited', exitCode: 0, stdout, stderr });
        const code: unknown = error.code;
        const kind =
          code === 'ENOENT'
            ? 'not-found'
            : code === 'EACCES' || code === 'EPERM'
              ? 'not-permitted'
              : code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'
                ? 'output-too-long'
                : typeof code === 'number'
                  ? 'exited'
                  : error.name === 'AbortError' || options.signal?.aborted
                    ? 'killed'
                    : error.killed
                      ? 'timeout'
                      : 'killed';
        resolve({ kind, exitCode: typeof code === 'number' ? code : null, stdout, stderr });
      },
    );
  });
