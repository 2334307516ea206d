import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { processCount } from './process-tree';

export interface Crowd {
  end(): Promise<void>;
}

/**
 * Starts sleeping processes until the machine shows `count`. They are children of one shell, and go when that ends:
 * it is told to, and ends each by the number that it got for it.
 */
export async function startCrowd(count: number): Promise<Crowd> {
  const missing = Math.max(0, count - processCount() - 1);
  const script = `trap 'kill $all; exit' TERM; all=; i=0; while [ $i -lt ${missing} ]; do sleep 100000 & all="$all $!"; i=$((i+1)); done; echo ready; while :; do wait; done`;
  const shell: ChildProcess = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(shell.stdout ?? shell, 'data');
  return {
    async end() {
      const exited = once(shell, 'exit');
      shell.kill('SIGTERM');
      await exited;
    },
  };
}

/** Waits without processor time: some peers answer from a cache when asked again within half a second. */
export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
