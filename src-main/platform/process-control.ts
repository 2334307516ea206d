import { readFileSync, readlinkSync } from 'node:fs';
import type { Clock, Timers } from './clock';
import { errorCodeOf, isDenied, isVanished } from './proc-errors';

/** Which process is meant. A pid alone is not enough: the kernel gives the number to another process one day. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since boot, field 22 of stat. */
  readonly startTicks: number;
  /** Path of the executable without " (deleted)"; null when these rights cannot read it. */
  readonly exe: string | null;
}

export type Presence = 'there' | 'gone' | 'changed';
export type SignalOutcome = 'sent' | 'gone' | 'changed' | 'permission-denied';

export interface ProcessControl {
  /** Re-reads the identity and, in the same synchronous turn, sends the signal. */
  signal(identity: ProcessIdentity, signal: 'SIGTERM' | 'SIGKILL'): SignalOutcome;
  /** True as soon as the identity is observed to be gone, false when it is still there after `timeoutMs`. */
  waitUntilGone(identity: ProcessIdentity, timeoutMs: number): Promise<boolean>;
}

export interface ProcessControlDeps {
  readonly procRoot: string;
  readonly clock: Clock;
  readonly timers: Timers;
}

const pollEveryMs = 25;

/**
 * Linux only. Node has no pidfd, so a race of microseconds stays between the last look and the signal; a process would
 * have to end, be collected, and its number come round again in that time.
 */
export function createProcessControl({ procRoot, clock, timers }: ProcessControlDeps): ProcessControl {
  function signal(identity: ProcessIdentity, name: 'SIGTERM' | 'SIGKILL'): SignalOutcome {
    const presence = readPresence(procRoot, identity);
    if (presence !== 'there') return presence;
    try {
      process.kill(identity.pid, name);
      return 'sent';
    } catch (error) {
      const code = errorCodeOf(error);
      if (code === 'ESRCH') return 'gone';
      if (code === 'EPERM') return 'permission-denied';
      throw error;
    }
  }

  async function waitUntilGone(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
    const deadlineMs = clock.monotonicMs() + timeoutMs;
    for (;;) {
      // Its start ticks alone tell here: an exec on the way out is still the same process.
      const startTicks = readStartTicksOfLiving(procRoot, identity.pid);
      if (startTicks !== identity.startTicks) return true;
      if (clock.monotonicMs() >= deadlineMs) return false;
      await new Promise<void>((resolve) => {
        timers.after(pollEveryMs, resolve);
      });
    }
  }

  return { signal, waitUntilGone };
}

/**
 * `gone`: nobody has the number, or only what is left until the parent collects it (zombie).
 * `changed`: the number has another start time, or the process has become another program.
 */
export function readPresence(procRoot: string, identity: ProcessIdentity): Presence {
  const startTicks = readStartTicksOfLiving(procRoot, identity.pid);
  if (startTicks === null) return 'gone';
  if (startTicks !== identity.startTicks) return 'changed';
  const target = readExecutableLink(procRoot, identity.pid);
  const same = target === identity.exe || target?.replace(/ \(deleted\)$/, '') === identity.exe;
  return same ? 'there' : 'changed';
}

/** Null when there is no such process or it is a zombie. */
function readStartTicksOfLiving(procRoot: string, pid: number): number | null {
  let line: string;
  try {
    line = readFileSync(`${procRoot}/${pid}/stat`, 'latin1');
  } catch (error) {
    if (isVanished(error)) return null;
    throw error;
  }
  // The name may hold ")" and spaces: fields are counted from the last one. State is field 3, threads 20, start time 22.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  const startTicks = Number(fields[19]);
  // A first thread that ended before the others shows Z too, while the program runs on in them.
  const ended = (state === 'Z' || state === 'X') && Number(fields[17]) <= 1;
  return ended || !Number.isSafeInteger(startTicks) ? null : startTicks;
}

function readExecutableLink(procRoot: string, pid: number): string | null {
  const link = `${procRoot}/${pid}/exe`;
  try {
    return readlinkSync(link);
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}
