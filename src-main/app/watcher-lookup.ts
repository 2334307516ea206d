import type { Process } from '../../src-shared/snapshots';
import { findWatcher } from '../rules/kill/comes-back';

/**
 * Names what starts a process again by itself when it ends (a supervisor, the master of workers); null: nothing does. What waits for a
 * change of a file, or runs one command after the other in a loop, is left out: ends and starts are its work.
 */
export function createWatcherLookup(latest: () => readonly Process[]): (process: Process) => string | null {
  let madeOf: readonly Process[] | null = null;
  let byPid = new Map<number, Process>();
  /** Rows stay the same object while nothing about them changes: most are looked at once. */
  const told = new WeakMap<Process, { readonly parent: Process | undefined; readonly name: string | null }>();

  return (process) => {
    const processes = latest();
    if (processes !== madeOf) {
      madeOf = processes;
      byPid = new Map(processes.map((one) => [one.pid, one]));
    }
    const parent = byPid.get(process.ppid);
    const before = told.get(process);
    if (before !== undefined && before.parent === parent) return before.name;
    const found = findWatcher(process, (pid) => byPid.get(pid));
    const name = found?.kind === 'supervisor' || found?.kind === 'worker' ? found.name : null;
    told.set(process, { parent, name });
    return name;
  };
}
