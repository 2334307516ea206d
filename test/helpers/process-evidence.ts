import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { createProcessesCollector, type ProcessesCollectorDeps } from '../../src-main/collectors/processes/collector';
import { systemRoots } from '../../src-main/platform/roots';
import type { ProcessEvidence, ProcessesFacts, ProcessFacts } from '../../src-shared/snapshots/processes';
import { waitFor } from './wait-for';

/** A collector over this very machine on clocks that a test moves; each look passes two seconds of both: one alone would be a clock that is set. */
export function openEvidence(given: Partial<ProcessesCollectorDeps> = {}) {
  const openedAtMs = Date.now();
  let passedMs = 0;
  const nowMs = () => openedAtMs + passedMs;
  const collector = createProcessesCollector({ roots: systemRoots, clock: { nowMs, monotonicMs: () => passedMs }, ...given });
  onTestFinished(() => collector.close?.());

  async function look(passMs = 2_000): Promise<ProcessesFacts> {
    passedMs += passMs;
    const outcome = await collector.collect(new AbortController().signal);
    if (outcome.kind !== 'ok') throw new Error(outcome.detail);
    return outcome.data;
  }

  function rowIn(facts: ProcessesFacts, pid: number): ProcessFacts {
    const row = facts.processes.find((one) => one.pid === pid);
    if (row === undefined) throw new Error(`process ${pid} is not in the list`);
    return row;
  }

  return {
    /** What the clock on the wall shows. */
    nowMs,
    look,
    async rowOf(pid: number, passMs?: number): Promise<ProcessFacts> {
      return rowIn(await look(passMs), pid);
    },
    /** The first evidence on it: as many looks as the budget takes on a busy machine. */
    evidenceOf(pid: number): Promise<ProcessEvidence> {
      return waitFor(async () => rowIn(await look(), pid).evidence, { timeoutMs: 20_000, what: `evidence on ${pid}`, everyMs: 5 });
    },
  };
}

export type Evidence = ReturnType<typeof openEvidence>;

/** A harmless program that may be placed, linked and unlinked: a copy of sleep. */
export function copyOfSleep(path: string, mode = 0o755): string {
  copyFileSync('/bin/sleep', path);
  chmodSync(path, mode);
  return path;
}

/** Starts a program with the given surroundings; it is ended, by its own handle, when the test finishes. */
export async function startWith(
  file: string,
  args: readonly string[],
  options: Parameters<typeof spawn>[2] = {},
): Promise<{ readonly pid: number; readonly child: ChildProcess }> {
  const child = spawn(file, [...args], { stdio: 'ignore', ...options });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child, 'spawn');
  if (child.pid === undefined) throw new Error('the child did not start');
  return { pid: child.pid, child };
}

/** As startWith for a perl script that prints a line when it is ready. Perl is part of every Debian and can make any system call. */
export async function startPerl(script: string): Promise<{ readonly pid: number; readonly child: ChildProcess }> {
  const started = await startWith('/usr/bin/perl', ['-e', `$|=1;${script}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(started.child.stdout ?? started.child, 'data');
  return started;
}

/** Waits until the process has become another program by exec. */
export function becomes(evidence: Evidence, pid: number, name: string): Promise<ProcessFacts> {
  return waitFor(
    async () => {
      const row = await evidence.rowOf(pid);
      return row.name === name || row.exe?.endsWith(`/${name}`) === true ? row : null;
    },
    { timeoutMs: 10_000, what: `${pid} is ${name}`, everyMs: 10 },
  );
}
