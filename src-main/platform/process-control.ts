import { closeSync, constants, openSync, readFileSync, readlinkSync } from 'node:fs';
import type { StopSignal } from '../../src-shared/contract';
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

export type SignalOutcome = 'sent' | 'gone' | 'changed' | 'permission-denied';

/**
 * One process that may be signalled. It is held by an open handle on its directory in /proc: reading through that fails
 * once the process is gone, even when the number lives again and even when both started in the same tick.
 */
export interface HeldProcess {
  /** Re-reads the identity and, in the same synchronous turn, sends the signal. */
  signal(signal: StopSignal): SignalOutcome;
  /** True as soon as it is observed to be gone, false when it is still there after `timeoutMs`. */
  waitUntilGone(timeoutMs: number): Promise<boolean>;
  release(): void;
}

export interface ProcessControlDeps {
  readonly procRoot: string;
  readonly clock: Clock;
  readonly timers: Timers;
}

const pollEveryMs = 25;

/**
 * Linux only. Node has no pidfd, so a race of microseconds stays between the last look and the signal: the process would
 * have to end, be collected, and its number come round again in that time.
 */
export function holdProcess(identity: ProcessIdentity, { procRoot, clock, timers }: ProcessControlDeps): HeldProcess {
  const byNumber = `${procRoot}/${identity.pid}`;
  let handle = openDirectory(byNumber);
  let busy = false;
  let released = false;

  function closeHandle(): void {
    if (handle !== null) closeSync(handle);
    handle = null;
  }

  /** `gone` also for what is left until the parent collects it (zombie); `changed` for another process or another program. */
  function presence(): 'there' | 'gone' | 'changed' {
    const directory = handle === null ? byNumber : `${procRoot}/self/fd/${handle}`;
    const startTicks = readStartTicksOfLiving(directory);
    if (startTicks === null) return readStartTicksOfLiving(byNumber) === null ? 'gone' : 'changed';
    if (startTicks !== identity.startTicks) return 'changed';
    const target = readExecutableLink(directory);
    return target === identity.exe || target?.replace(/ \(deleted\)$/, '') === identity.exe ? 'there' : 'changed';
  }

  function signal(name: StopSignal): SignalOutcome {
    const now = presence();
    if (now !== 'there') return now;
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

  async function waitUntilGone(timeoutMs: number): Promise<boolean> {
    const deadlineMs = clock.monotonicMs() + timeoutMs;
    busy = true;
    try {
      for (;;) {
        // Its start ticks alone tell here: an exec on the way out is still the same process.
        const directory = handle === null ? byNumber : `${procRoot}/self/fd/${handle}`;
        if (readStartTicksOfLiving(directory) !== identity.startTicks) return true;
        if (clock.monotonicMs() >= deadlineMs) return false;
        await new Promise<void>((resolve) => {
          timers.after(pollEveryMs, resolve);
        });
      }
    } finally {
      busy = false;
      if (released) closeHandle();
    }
  }

  return {
    signal,
    waitUntilGone,
    release() {
      released = true;
      if (!busy) closeHandle();
    },
  };
}

/** Null when the process is gone already, or when there are no descriptors left: then its number and start ticks have to do. */
function openDirectory(path: string): number | null {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  } catch (error) {
    if (isVanished(error) || isDenied(error) || errorCodeOf(error) === 'EMFILE') return null;
    throw error;
  }
}

/** Null when there is no such process or it is a zombie. */
function readStartTicksOfLiving(directory: string): number | null {
  let line: string;
  try {
    line = readFileSync(`${directory}/stat`, 'latin1');
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

function readExecutableLink(directory: string): string | null {
  try {
    return readlinkSync(`${directory}/exe`);
  } catch (error) {
    if (isVanished(error) || isDenied(error)) return null;
    throw error;
  }
}
