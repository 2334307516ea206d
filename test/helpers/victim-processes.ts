import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { onTestFinished } from 'vitest';
import { waitFor } from './wait-for';

export interface VictimOptions {
  readonly argv0?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Starts a program that this test may end; what is left of it is ended, by its own handle, when the test finishes. */
export async function startVictim(file: string, args: readonly string[], options: VictimOptions = {}): Promise<ChildProcess> {
  const child = spawn(file, [...args], { stdio: ['pipe', 'pipe', 'ignore'], ...options });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child, 'spawn');
  return child;
}

/** As startVictim, for a program that prints a line when it is ready; gives that line. */
export async function startReadyVictim(
  file: string,
  args: readonly string[],
  options: VictimOptions = {},
): Promise<{ readonly child: ChildProcess; readonly line: string }> {
  const child = await startVictim(file, args, options);
  const [chunk] = await once(child.stdout ?? child, 'data');
  return { child, line: String(chunk).trim() };
}

/** A shell tells the pid of what it starts before that runs its own program: waits until it does. */
export async function untilItRuns(pid: number, program: string): Promise<void> {
  await waitFor(() => basename(readlinkSync(`/proc/${pid}/exe`)) === program, { timeoutMs: 10_000, what: `${pid} runs ${program}` });
}

export function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the child did not start');
  return child.pid;
}
