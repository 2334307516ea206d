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
  /** Settles as soon as this is observed or the process is gone; `waiting` when neither was within `timeoutMs`. */
  waitFor(wanted: Observable, timeoutMs: number): Promise<Observable | 'waiting'>;
  /** The identity as it is now; `gone` also for what is left until the parent collects it (zombie). */
  look(): 'there' | 'gone' | 'changed';
  /** Its directory in /proc, through the hold: reading there never reads of another process. */
  readonly directory: string;
  release(): void;
}

/** What can be seen to come of a signal: it ended, it stands still (state T), it does not (any more). */
export type Observable = 'gone' | 'paused' | 'running';

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
  let waitingCount = 0;
  let released = false;

  function closeHandle(): void {
    if (handle !== null) closeSync(handle);
    handle = null;
  }

  function directory(): string {
    return handle === null ? byNumber : `${procRoot}/self/fd/${handle}`;
  }

  function look(): 'there' | 'gone' | 'changed' {
    const status = readStatusOfLiving(directory());
    if (status === null) return readStatusOfLiving(byNumber) === null ? 'gone' : 'changed';
    if (status.startTicks !== identity.startTicks) return 'changed';
    const target = readExecutableLink(directory());
    // On its way out a process gives its memory back first: the link leads nowhere while stat still says that it lives.
    if (target === undefined) return identity.exe === null ? 'there' : 'gone';
    return target === identity.exe || target?.replace(/ \(deleted\)$/, '') === identity.exe ? 'there' : 'changed';
  }

  function signal(name: StopSignal): SignalOutcome {
    const now = look();
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

  /** Its start ticks alone tell here: an exec on the way out is still the same process. */
  function observe(): Observable {
    const status = readStatusOfLiving(directory());
    if (status?.startTicks !== identity.startTicks) return 'gone';
    return /^t$/i.test(status.state) ? 'paused' : 'running';
  }

  async function waitFor(wanted: Observable, timeoutMs: number): Promise<Observable | 'waiting'> {
    const deadlineMs = clock.monotonicMs() + timeoutMs;
    waitingCount += 1;
    try {
      for (;;) {
        const seen = observe();
        if (seen === wanted || seen === 'gone') return seen;
        if (clock.monotonicMs() >= deadlineMs) return 'waiting';
        await new Promise<void>((resolve) => {
          timers.after(pollEveryMs, resolve);
        });
      }
    } finally {
      waitingCount -= 1;
      if (released && waitingCount === 0) closeHandle();
    }
  }

  return {
    signal,
    waitFor,
    look,
    get directory() {
      return directory();
    },
    release() {
      released = true;
      if (waitingCount === 0) closeHandle();
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
function readStatusOfLiving(directory: string): { readonly startTicks: number; readonly state: string } | null {
  let line: string;
  try {
    line = readFileSync(`${directory}/stat`, 'latin1');
  } catch (error) {
    if (isVanished(error)) return null;
    throw error;
  }
  // The name may hold ")" and spaces: fields are counted from the last one. State is field 3, threads 20, start time 22.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const state = fields[0] ?? '';
  const startTicks = Number(fields[19]);
  // A first thread that ended before the others shows Z too, while the program runs on in them.
  const ended = (state === 'Z' || state === 'X') && Number(fields[17]) <= 1;
  return ended || !Number.isSafeInteger(startTicks) ? null : { startTicks, state };
}

/** Null: these rights do not reach; undefined: it has none (any more). */
function readExecutableLink(directory: string): string | null | undefined {
  try {
    return readlinkSync(`${directory}/exe`);
  } catch (error) {
    if (isDenied(error)) return null;
    if (isVanished(error)) return undefined;
    throw error;
  }
}
