import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { maskWords } from '../../../src-shared/redact/mask-values';
import { errorCodeOf } from '../../platform/proc-errors';
import { createSecretHash } from '../../platform/secret-hash';
import { openOutputPipes } from './output-pipe';
import { type ChildEnd, newestErrorIn, shellExitCode } from './run-ending';
import { createTreePorts, type TreePorts } from './run-ports';
import { type OutputStream, openRunRecord, type RunRecord } from './run-record';

export interface RunCommandDeps {
  /** Where runs are kept. */
  readonly directory: string;
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly procRoot: string;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** The output is kept without e-mail addresses too. */
  readonly maskEmail: boolean;
  readonly nowMs: () => number;
  /** From now on signals go there, and end nothing by themselves. */
  readonly takeSignals: (listener: (signal: NodeJS.Signals) => void) => void;
  /** A terminal stands before all processes of the command: it sends Ctrl+C to each of them by itself. */
  readonly hasTerminal: boolean;
}

export type RunOutcome =
  | { readonly kind: 'not-started'; readonly exitCode: 126 | 127; readonly reason: string }
  | {
      readonly kind: 'ended';
      readonly end: ChildEnd;
      readonly exitCode: number;
      /** Why not all of its output is kept; null: all is. */
      readonly problem: string | null;
      /** The last error that it wrote, secrets masked; null when it ended well or wrote none. */
      readonly newestError: string | null;
    };

const firstPortsAfterMs = 300;
const portsEveryMs = 2_000;
/** What still holds the streams after the end (a server left behind) is waited for this long after its last word. */
const quietMs = 1_000;

/** Runs a command with its streams passed through as they are, and keeps its output. The only rejection is a bug. */
export async function runCommand(words: readonly string[], deps: RunCommandDeps): Promise<RunOutcome> {
  const [program = '', ...args] = words;
  const startedAtMs = deps.nowMs();
  const pipes = openOutputPipes(2);
  const ends = pipes?.map(({ writeDescriptor }) => writeDescriptor) ?? (['pipe', 'pipe'] as const);
  const child = spawn(program, args, { stdio: ['inherit', ...ends], cwd: deps.cwd, env: deps.environment });
  for (const { writeDescriptor } of pipes ?? []) closeSync(writeDescriptor);
  const ended = endOf(child);
  deps.takeSignals((signal) => {
    if (signal !== 'SIGINT' || !deps.hasTerminal) child.kill(signal);
  });
  const { pid } = child;
  const stdout = pipes?.[0]?.source ?? child.stdout;
  const stderr = pipes?.[1]?.source ?? child.stderr;
  if (pid === undefined || stdout === null || stderr === null) {
    for (const { source } of pipes ?? []) source.destroy();
    return notStarted(program, await ended);
  }

  const hash = createSecretHash();
  const record = openRunRecord(
    {
      id: `${new Date(startedAtMs).toISOString().replaceAll(/[-:.Z]/g, '')}-${pid}`,
      command: maskWords(words, hash)
        .slice(0, 1_000)
        .map((word) => word.slice(0, 4_096)),
      cwd: deps.cwd,
      pid,
      startedAtMs,
      endedAtMs: null,
      exitCode: null,
      signal: null,
      ports: null,
      lostBytes: 0,
    },
    { directory: deps.directory, redaction: { hash, email: deps.maskEmail }, nowMs: deps.nowMs },
  );
  const copies = [copy(stdout, deps.stdout, 'stdout', record), copy(stderr, deps.stderr, 'stderr', record)];
  const stopLooking = followPorts(createTreePorts(deps.procRoot, pid), record);
  const end = await ended;
  if (end instanceof Error) throw end;
  stopLooking();
  await Promise.all(copies.map((one) => one.finished()));
  record.close({ endedAtMs: deps.nowMs(), exitCode: end.exitCode, signal: end.signal });
  const exitCode = shellExitCode(end);
  const newestError = exitCode === 0 ? null : newestErrorIn(record.logPath);
  return { kind: 'ended', end, exitCode, problem: record.problem(), newestError };
}

function endOf(child: ChildProcess): Promise<ChildEnd | Error> {
  return new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });
}

/** The codes of POSIX shells. */
function notStarted(program: string, why: ChildEnd | Error): RunOutcome {
  const code = errorCodeOf(why);
  if (code === 'ENOENT') return { kind: 'not-started', exitCode: 127, reason: `${program}: command not found` };
  return { kind: 'not-started', exitCode: 126, reason: `${program}: cannot be run (${code ?? 'unknown'})` };
}

/** Bytes on their way to the terminal or the next program, at the pace at which it takes them. */
function copy(source: Readable, target: Writable, name: OutputStream, record: RunRecord) {
  let lastAtMs = performance.now();
  let isOver = false;
  source.on('data', (chunk: Buffer) => {
    lastAtMs = performance.now();
    const goesOn = target.write(chunk);
    record.write(name, chunk);
    if (!goesOn) source.pause();
  });
  target.on('drain', () => {
    lastAtMs = performance.now();
    source.resume();
  });
  // Nobody reads any more (`… | head -1`): the command gets what it would have got without us, a closed pipe.
  target.on('error', () => source.destroy());
  source.once('close', () => {
    isOver = true;
  });
  return {
    /** Everything has been read; or the command is over, and who else holds the stream keeps quiet. */
    finished(): Promise<void> {
      return new Promise((resolve) => {
        if (isOver) resolve();
        else source.once('close', resolve);
        const timer = setInterval(() => {
          if (isOver) clearInterval(timer);
          else if (!source.isPaused() && performance.now() - lastAtMs > quietMs) source.destroy();
        }, quietMs / 10);
      });
    },
  };
}

function followPorts(ports: TreePorts, record: RunRecord): () => void {
  let known = '';
  function look(): void {
    const found = ports.look();
    if (found === null || found.join() === known) return;
    known = found.join();
    record.update({ ports: [...found] });
  }
  const first = setTimeout(look, firstPortsAfterMs);
  const timer = setInterval(look, portsEveryMs);
  return () => {
    clearTimeout(first);
    clearInterval(timer);
    ports.close();
  };
}
