import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** LogScope served without a window in a process of its own, as a bench sees it. */
export interface Served {
  readonly directory: string;
  readonly pid: number;
  ask<Answer>(name: string, input: unknown): Promise<Answer>;
  /** Time on a processor of all its threads so far, as the scheduler counts it. */
  cpuMs(): number;
  rssMegabytes(): number;
  stop(): Promise<void>;
}

/** A directory of this bench alone on the disk of the checkout. */
export function benchDirectory(): string {
  const parent = resolve('.test-parts');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'logs-bench-'));
}

/** `engine`: of containers; none unless given. */
export async function serve(patterns: readonly string[], engine = 'unix:///none'): Promise<Served> {
  const directory = benchDirectory();
  const files = patterns.map((pattern) => ({ pattern, kind: 'event' }));
  writeFileSync(join(directory, 'settings.json'), JSON.stringify({ logs: { files, wellKnownFiles: false } }));
  const options = (process.env.LOGSCOPE_BENCH_NODE_OPTIONS ?? '').split(' ').filter(Boolean);
  const program = [...options, resolve('out/main/cli.js'), 'serve', '--json', '--data-directory', directory, '--engine', engine];
  const child = spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [first] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url, token } = JSON.parse(first) as { readonly url: string; readonly token: string };
  const { origin } = new URL(url);
  const headers = { 'content-type': 'application/json', origin };
  const session = await fetch(`${origin}/session`, { method: 'POST', headers, body: JSON.stringify({ token }) });
  const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return {
    directory,
    pid: child.pid ?? 0,
    async ask<Answer>(name: string, input: unknown) {
      const response = await fetch(`${origin}/api/${name}`, {
        method: 'POST',
        headers: { ...headers, cookie },
        body: JSON.stringify(input),
      });
      const answer = (await response.json()) as { readonly value: Answer };
      if (!response.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
      return answer.value;
    },
    cpuMs: () => scheduledMs(child.pid ?? 0),
    rssMegabytes: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024,
    async stop() {
      await end(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** Of all threads; those that have ended are missing. */
export function scheduledMs(pid: number): number {
  let nanoseconds = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
  }
  return nanoseconds / 1e6;
}

/** Appends `perSecond` numbered lines a second to a file, in another process. Resolves when all are written. */
export async function writeLines(path: string, perSecond: number, seconds: number): Promise<void> {
  const source = `const fs = require('fs');
    const fd = fs.openSync(process.argv[1], 'a');
    const total = ${perSecond * seconds};
    const startedMs = Date.now();
    let written = 0;
    function tick() {
      const due = Math.min(total, Math.floor(((Date.now() - startedMs) / 1000) * ${perSecond}));
      let text = '';
      while (written < due) {
        written += 1;
        text += new Date().toISOString() + ' ' + (written % 50 === 0 ? 'ERROR' : 'INFO') + ' worker-' + (written % 8) + ' request ' + written
          + ' for user ' + ((written * 7919) % 100003) + ' took ' + (written % 977) + ' ms from 10.0.' + (written % 250) + '.' + (written % 13) + '\\n';
      }
      if (text !== '') fs.writeSync(fd, text);
      if (written < total) setTimeout(tick, 10);
    }
    tick();`;
  const writer = spawn(process.execPath, ['-e', source, path], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(writer, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the writer ended with ${code}`);
}
