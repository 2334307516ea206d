import type { StopReturn } from '../../src-shared/contract';
import type { Process } from '../../src-shared/snapshots';
import type { Clock, Timers } from '../platform/clock';

export interface WatchReturnDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Reads the list anew. */
  readonly lookAgain: () => Promise<readonly Process[]>;
}

type CameBack = StopReturn['cameBack'];

const watchForMs = 3_000;
const lookEveryMs = 400;

/**
 * Whether something started it again: a new process with the same executable and command line below the same parent, or in the same
 * unit or container. `before` is the list of the moment it was told to end. Null: there is nobody who could; resolves to null: not
 * seen within 3 s.
 */
export function watchForReturn(deps: WatchReturnDeps, ended: Process, before: readonly Process[]): Promise<CameBack> | null {
  return ended.exe === null || !couldReturn(ended, before) ? null : watch(deps, ended, before);
}

async function watch(deps: WatchReturnDeps, ended: Process, before: readonly Process[]): Promise<CameBack> {
  const known = new Set(before.map(identityOf));
  const { clock, timers } = deps;
  const deadlineMs = clock.monotonicMs() + watchForMs;
  for (;;) {
    const again = (await deps.lookAgain()).find((one) => !known.has(identityOf(one)) && standsFor(one, ended));
    if (again !== undefined) return { pid: again.pid, name: again.name };
    if (clock.monotonicMs() >= deadlineMs) return null;
    await new Promise<void>((resolve) => {
      timers.after(lookEveryMs, resolve);
    });
  }
}

/** A program without unit and container whose parent is gone has nobody who could start it again. */
function couldReturn(ended: Process, before: readonly Process[]): boolean {
  if (ended.unit !== null || ended.container !== null) return true;
  return ended.ppid > 1 && before.some(({ pid }) => pid === ended.ppid);
}

function standsFor(one: Process, ended: Process): boolean {
  if (one.exe !== ended.exe || one.command !== ended.command) return false;
  if (ended.container !== null || one.container !== null) return one.container === ended.container;
  return one.ppid === ended.ppid || (ended.unit !== null && one.unit === ended.unit);
}

function identityOf({ pid, startTicks }: Process): string {
  return `${pid}:${startTicks}`;
}
