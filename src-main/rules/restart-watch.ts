import type { Process } from '../../src-shared/snapshots';
import { isRecent } from './is-recent';
import type { RestartLoop } from './process-alarms';

export interface RestartWatch {
  /** Programs in a restart loop now. `watcherOf` names what starts a process again when it ends; null: nothing does. */
  look(processes: readonly Process[], nowMs: number, watcherOf: (process: Process) => string | null): readonly RestartLoop[];
}

/** As systemd's own start limit is meant: five starts within this time are no accident. */
const loopStarts = 5;
const withinMs = 10 * 60_000;
const mostPrograms = 500;

interface Followed {
  id: string;
  alive: boolean;
  startedBy: string;
  starts: number[];
}

/**
 * Programs that something looks after (a watcher, a supervisor) and that end and start again. Units and containers are counted by
 * their own managers and judged there; a shell that runs one command after the other is no restart loop. What lives and ends between
 * two looks is not seen.
 */
export function createRestartWatch(): RestartWatch {
  const followed = new Map<string, Followed>();
  /** Of the look before: what was there then and is the same program has not started since. */
  let before = new Map<string, Process>();

  return {
    look(processes, nowMs, watcherOf) {
      const living = new Map<string, Process>();
      const started: Process[] = [];
      for (const process of processes) {
        living.set(process.id, process);
        const known = before.get(process.id);
        if (known === undefined || !isSameProgram(known, process)) started.push(process);
      }
      before = living;
      for (const one of followed.values()) one.alive = living.has(one.id);
      for (const process of started) {
        if (process.unit?.endsWith('.service') || process.container !== null) continue;
        const key = `${process.ppid} ${process.exe} ${process.command}`;
        const earlier = followed.get(key);
        // Still the same, or two at once: workers side by side, not one after the other.
        if (earlier?.alive) continue;
        const startedBy = earlier?.startedBy ?? watcherOf(process);
        if (startedBy === null) continue;
        followed.delete(key);
        followed.set(key, { id: process.id, alive: true, startedBy, starts: [...(earlier?.starts ?? []), nowMs] });
      }
      const loops: RestartLoop[] = [];
      for (const [key, one] of followed) {
        one.starts = one.starts.filter((atMs) => isRecent(atMs, nowMs, withinMs));
        if (!one.alive && one.starts.length === 0) followed.delete(key);
        // The first start seen is where it was found, not a restart.
        else if (one.starts.length > loopStarts) {
          loops.push({
            processId: one.id,
            startCount: one.starts.length,
            overMs: nowMs - (one.starts[0] ?? nowMs),
            startedBy: one.startedBy,
          });
        }
      }
      for (const key of followed.keys()) {
        if (followed.size <= mostPrograms) break;
        followed.delete(key);
      }
      return loops;
    },
  };
}

function isSameProgram(one: Process, other: Process): boolean {
  return (
    one === other ||
    (one.exe === other.exe &&
      one.command === other.command &&
      one.ppid === other.ppid &&
      one.unit === other.unit &&
      one.container === other.container)
  );
}
