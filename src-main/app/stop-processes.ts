import { randomBytes } from 'node:crypto';
import type { StopPreview, StopRefusal, StopResult } from '../../src-shared/contract';
import { translate } from '../../src-shared/messages/translate';
import type { Process } from '../../src-shared/snapshots/processes';
import { RefusedRequest } from '../api/refused-request';
import type { Clock, Timers } from '../platform/clock';
import { type HeldProcess, holdProcess } from '../platform/process-control';
import type { Roots } from '../platform/roots';
import { judgeStopRefusal } from '../rules/stop-refusal';

export interface StopProcessesDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly roots: Pick<Roots, 'proc'>;
  /** Root of the process tree that is LogScope itself. */
  readonly selfPid: number;
  /** The process of the latest snapshot with this opaque id, and the table it stands in; null when it is not there (any more). */
  readonly findProcess: (id: string) => { readonly process: Process; readonly all: readonly Process[] } | null;
  /** Told about every attempt, also the refused ones. */
  readonly onAttempt?: (attempt: StopAttempt) => void;
}

export interface StopAttempt extends Pick<StopResult, 'outcome' | 'signal'> {
  readonly pid: number;
  readonly startTicks: number | null;
  readonly name: string;
  readonly user: string | null;
}

export interface StopProcesses {
  /** What a stop would mean, and a ticket for it. Throws RefusedRequest (not-found) for an id that is not in the table. */
  preview(processId: string): StopPreview;
  /** Sends the signal and reports what was observed. Throws RefusedRequest (expired) for a ticket that is unknown, used or too old. */
  stop(input: StopInput): Promise<StopResult>;
}

export interface StopInput {
  readonly ticket: string;
  readonly signal: StopResult['signal'];
}

interface Ticket {
  readonly process: Process;
  /** Why no signal will be sent, or the hold on the process that one would be sent to. */
  readonly target: { readonly refusal: StopRefusal } | { readonly refusal: null; readonly held: HeldProcess };
  /** Stops the expiry. */
  readonly cancel: () => void;
}

/** Read, confirmed, and clicked within this time. */
const ticketLifeMs = 60_000;
const waitForEndMs = 5_000;
/** Each holds a descriptor: a caller that only ever previews loses its oldest ones. */
const mostTickets = 100;

/**
 * The safe way to end a process. A ticket is tied to the identity that the person saw (pid, start ticks, executable), and
 * that identity is read again immediately before the signal: a number that was reused in between is never hit.
 */
export function createStopProcesses(deps: StopProcessesDeps): StopProcesses {
  const { clock, timers, selfPid, findProcess } = deps;
  const tickets = new Map<string, Ticket>();

  function issue(process: Process, refusal: StopRefusal | null): string {
    const oldest = tickets.keys().next();
    if (tickets.size >= mostTickets && !oldest.done) forget(oldest.value);
    const key = randomBytes(16).toString('hex');
    tickets.set(key, {
      process,
      target: refusal === null ? { refusal, held: hold(process) } : { refusal },
      cancel: timers.after(ticketLifeMs, () => forget(key)),
    });
    return key;
  }

  function hold({ pid, startTicks, exe }: Process): HeldProcess {
    if (startTicks === null) throw new Error('a process without start ticks is refused before this');
    return holdProcess({ pid, startTicks, exe }, { procRoot: deps.roots.proc, clock, timers });
  }

  function forget(key: string): void {
    const ticket = tickets.get(key);
    if (ticket?.target.refusal === null) ticket.target.held.release();
    tickets.delete(key);
  }

  function redeem(key: string): Ticket {
    const ticket = tickets.get(key);
    if (ticket === undefined) {
      throw new RefusedRequest('expired', 'This ticket is unknown, used or older than 60 s: look at the process again.');
    }
    ticket.cancel();
    tickets.delete(key);
    return ticket;
  }

  function preview(processId: string): StopPreview {
    const found = findProcess(processId);
    if (found === null) throw new RefusedRequest('not-found', 'This process is not in the latest list: it has probably ended.');
    const { process, all } = found;
    const refusal = judgeStopRefusal(process, all, selfPid);
    return {
      ticket: issue(process, refusal),
      expiresAtMs: clock.nowMs() + ticketLifeMs,
      name: process.name,
      pid: process.pid,
      user: process.user,
      exe: process.exe,
      command: process.command,
      listening: process.listening,
      descendants: all
        .filter((other) => other.ppid === process.pid)
        .map(({ id, pid, name, user, killClass }) => ({ id, pid, name, user, depth: 1, killClass })),
      container: process.container,
      unit: process.unit,
      killClass: process.killClass,
      killReason: { rule: 'kill-ordinary', text: '', values: {} },
      nameMustBeTyped: false,
      comesBack: null,
      betterAction: null,
      clients: null,
      clientCount: null,
      saveEvidenceFirst: false,
      paused: process.state === 'T',
      refusal: refusal === null ? null : { key: refusal, text: translate('en', `stop.refused.${refusal}`) },
    };
  }

  function conclude(process: Process, signal: StopResult['signal'], outcome: StopResult['outcome']): StopResult {
    const { pid, startTicks, name, user } = process;
    deps.onAttempt?.({ pid, startTicks, name, user, signal, outcome });
    // After SIGKILL there is nothing stronger to offer: what survives that waits for the kernel (a disk, a network file system).
    const ticket = outcome === 'still-there' && signal === 'SIGTERM' ? issue(process, null) : null;
    return {
      outcome,
      signal,
      ticket,
      descendants: [],
      cameBack: null,
      text: translate('en', `stop.outcome.${outcome}`, { user: user ?? 'another user', pid }),
    };
  }

  async function stop({ ticket: key, signal }: StopInput): Promise<StopResult> {
    const { process, target } = redeem(key);
    if (target.refusal !== null) {
      return { ...conclude(process, signal, 'refused'), text: translate('en', `stop.refused.${target.refusal}`) };
    }
    try {
      const sent = target.held.signal(signal);
      if (sent === 'gone') return conclude(process, signal, 'already-gone');
      if (sent !== 'sent') return conclude(process, signal, sent);
      return conclude(process, signal, (await target.held.waitUntilGone(waitForEndMs)) ? 'gone' : 'still-there');
    } finally {
      target.held.release();
    }
  }

  return { preview, stop };
}
