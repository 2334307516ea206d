import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { builtFile } from './web-built';

export interface Serving {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly pid: number;
  /** SIGTERM; gives the exit code (null after a signal) and how long it took. */
  stop(signal?: NodeJS.Signals): Promise<{ readonly exitCode: number | null; readonly tookMs: number; readonly stderr: string }>;
}

/** The built `logscope serve --json` as a process of its own, with a data folder that goes away with it. */
export async function startServing(args: readonly string[] = []): Promise<Serving> {
  const cli = await builtFile('main', 'cli.js');
  const dataDirectory = mkdtempSync(join(tmpdir(), 'logscope-serve-'));
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    [cli, 'serve', '--json', '--data-directory', dataDirectory, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const first = await Promise.race([once(createInterface(child.stdout), 'line').then(([line]) => line as string), ended.then(() => null)]);
  if (first === null) {
    rmSync(dataDirectory, { recursive: true, force: true });
    throw new Error(`logscope serve ended at once: ${stderr}`);
  }
  const { url, port, token, pid } = JSON.parse(first) as Serving;
  return {
    url,
    port,
    token,
    pid,
    async stop(signal = 'SIGTERM') {
      const startedAt = performance.now();
      child.kill(signal);
      const exitCode = await ended;
      rmSync(dataDirectory, { recursive: true, force: true });
      return { exitCode, tookMs: performance.now() - startedAt, stderr };
    },
  };
}
