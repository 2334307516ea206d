import { createStopProcesses, type StopProcesses, type StopProcessesDeps } from '../../src-main/app/stop-processes';
import { createProcessesCollector } from '../../src-main/collectors/processes/collector';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import { systemRoots } from '../../src-main/platform/roots';
import type { Process } from '../../src-shared/snapshots';
import { processesWithIds } from './processes-with-ids';

/** The real list of processes, with what a test says of some of them laid over it. */
export interface StopParts {
  readonly stops: StopProcesses;
  /** Reads the list anew. */
  look(): Promise<readonly Process[]>;
  find(pid: number): Process;
  /** What is waited for now is not for so long: the time that a stubborn process is given need not pass in a test. */
  skip(ms: number): void;
  close(): Promise<void> | undefined;
}

/** Real processes, no vitest: also for the programs that run as another user or in a namespace. */
export function createStopParts(given: Partial<StopProcessesDeps> & { readonly judged?: (process: Process) => Process } = {}): StopParts {
  const { judged = (process) => process, ...deps } = given;
  const collector = createProcessesCollector({ roots: systemRoots, clock: systemClock });
  let all: readonly Process[] = [];
  let skippedMs = 0;

  async function look(): Promise<readonly Process[]> {
    const outcome = await collector.collect(new AbortController().signal);
    if (outcome.kind !== 'ok') throw new Error(outcome.detail);
    all = processesWithIds(outcome.data.processes).map(judged);
    return all;
  }

  function find(pid: number): Process {
    const found = all.find((one) => one.pid === pid);
    if (found === undefined) throw new Error(`process ${pid} is not in the list`);
    return found;
  }

  const stops = createStopProcesses({
    clock: { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + skippedMs },
    timers: systemTimers,
    roots: systemRoots,
    selfPid: process.pid,
    door: 'cli',
    rules: {
      killReasonOf: () => ({ rule: 'kill-ordinary', text: '', values: {} }),
      comesBackOf: () => null,
      betterActionOf: () => null,
      policyOf: () => null,
    },
    expertActions: () => false,
    clientsOf: async () => ({ count: 0, addresses: [] }),
    onAttempt: () => undefined,
    // Whether something comes back has tests of its own: here nobody waits for it.
    watchForReturn: () => null,
    findProcess(id) {
      const found = all.find((one) => one.id === id);
      return found === undefined ? null : { process: found, all };
    },
    ...deps,
  });
  const skip = (ms: number) => {
    skippedMs += ms;
  };
  return { stops, look, find, skip, close: () => collector.close?.() };
}
