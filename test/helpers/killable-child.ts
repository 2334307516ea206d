import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'vitest';
import { waitFor } from './wait-for';

/** A script that is run, killed with its hands full and run again; one at a time, and none is left when the test is over. */
export interface KillableChild {
  start(): ChildProcess;
  /** Resolves when it has printed the word, this time. */
  says(word: string): Promise<void>;
  /** Resolves when it is gone. */
  kill(): Promise<void>;
  /** As `kill`, after it was left to itself for so long. */
  killAfter(ms: number): Promise<void>;
}

export function openKillable(script: string, args: readonly string[], onTestFinished: TestContext['onTestFinished']): KillableChild {
  let child: ChildProcess | null = null;
  let said = '';
  let isOver = false;
  async function kill(): Promise<void> {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  onTestFinished(() => {
    isOver = true;
    return kill();
  });
  return {
    start() {
      // A test that ran into its time limit goes on behind it.
      if (isOver) throw new Error('The test is over');
      said = '';
      child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'], cwd: process.cwd() });
      child.stdout?.on('data', (piece) => {
        said += piece;
      });
      return child;
    },
    async says(word) {
      await waitFor(() => said.includes(word), { timeoutMs: 30_000, what: `the word ${word}` });
    },
    kill,
    async killAfter(ms) {
      const untilMs = performance.now() + ms;
      await waitFor(() => performance.now() >= untilMs, { timeoutMs: ms + 5_000, what: 'the moment to kill', everyMs: 1 });
      await kill();
    },
  };
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomOf(seed: number): () => number {
  let next = seed;
  return () => {
    next = (Math.imul(next, 1_664_525) + 1_013_904_223) >>> 0;
    return next / 2 ** 32;
  };
}
