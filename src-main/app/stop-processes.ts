import type { InputOf, StopAudit, StopPreview, StopRefusal, StopResult, StopReturn } from '../../src-shared/contract';
import { translate } from '../../src-shared/messages/translate';
import type { Process } from '../../src-shared/snapshots';
import { RefusedRequest } from '../api/refused-request';
import type { Observable } from '../platform/process-control';
import { createJudgeRefusal, createPreviewStop, type StopPreviewDeps } from './stop-processes-preview';
import { createStopTickets, releaseTicket, type StopTarget, type StopTicket } from './stop-processes-tickets';
import { createReturnWatches } from './stop-processes-watches';

export interface StopProcessesDeps extends StopPreviewDeps {
  readonly door: StopAudit['door'];
  /** The process of the latest snapshot with this opaque id, and the table it stands in; null when it is not there (any more). */
  readonly findProcess: (id: string) => { readonly process: Process; readonly all: readonly Process[] } | null;
  /** Whether one that ended is started again; `before` is the list of the moment it was told to end. Null: nobody could. */
  readonly watchForReturn: (ended: Process, before: readonly Process[]) => Promise<StopReturn['cameBack']> | null;
  /** Told about every attempt on every process, also the refused ones. */
  readonly onAttempt: (attempt: StopAudit) => void;
}

export interface StopProcesses {
  /** What a stop would mean, and a ticket for it. Rejects with RefusedRequest (not-found) for an id that is not in the table. */
  preview(processId: string): Promise<StopPreview>;
  /** Sends the signal and reports what was observed. Rejects with RefusedRequest (expired) for a ticket that is unknown, used or too old. */
  stop(input: StopInput): Promise<StopResult>;
  /** Whether what a stop ended is there again. Rejects with RefusedRequest (expired) for a watch that is unknown or too old. */
  cameBack(watch: string): Promise<StopReturn>;
  /** The process of a ticket, without using the ticket up. Throws RefusedRequest (expired). */
  processOf(ticket: string): Process;
}

export type StopInput = Pick<InputOf<'processes.stop'>, 'ticket' | 'signal'> & Partial<InputOf<'processes.stop'>>;
type Signal = StopResult['signal'];
type Outcome = StopResult['outcome'];

/** What is waited for after each signal, and how long. */
const aims = {
  SIGTERM: { wanted: 'gone', withinMs: 5_000 },
  SIGKILL: { wanted: 'gone', withinMs: 5_000 },
  SIGSTOP: { wanted: 'paused', withinMs: 2_000 },
  SIGCONT: { wanted: 'running', withinMs: 2_000 },
} as const satisfies Record<Signal, { readonly wanted: Observable; readonly withinMs: number }>;
const outcomes = { gone: 'gone', paused: 'paused', running: 'continued', waiting: 'still-there' } as const;

/**
 * The safe way to end, pause and continue a process. A ticket is tied to the identities that the person saw (pid, start ticks,
 * executable), and each is read again immediately before its signal: a number that was reused in between is never hit.
 */
export function createStopProcesses(deps: StopProcessesDeps): StopProcesses {
  const { clock, findProcess } = deps;
  const tickets = createStopTickets(deps.timers);
  const watches = createReturnWatches(deps.timers);
  const refusalOf = createJudgeRefusal(deps);
  const previewStop = createPreviewStop(deps, tickets, refusalOf);

  function tell({ pid, startTicks, name, exe, user, killClass }: Process, signal: Signal, outcome: Outcome): void {
    deps.onAttempt({ atMs: clock.nowMs(), pid, startTicks, name, exe, user, killClass, signal, outcome, door: deps.door });
  }

  /** The setting or a note on the program may have changed since the preview. */
  function refusalNow({ process, refusal }: StopTarget): StopRefusal | null {
    if (refusal !== null) return refusal;
    const now = findProcess(process.id);
    return now === null ? null : refusalOf(now.process, now.all);
  }

  /** Sends at once, before the first wait; what came of it is observed afterwards. */
  function send({ held }: StopTarget, wasThere: boolean, signal: Signal): () => Promise<Outcome> {
    if (held === null) return async () => 'refused';
    const sent = held.signal(signal);
    // A shell that waits ends by itself once its child was signalled, before its own turn: that, too, came of this stop.
    if (sent === 'gone') return async () => (wasThere ? 'gone' : 'already-gone');
    if (sent !== 'sent') return async () => sent;
    const { wanted, withinMs } = aims[signal];
    return async () => outcomes[await held.waitFor(wanted, withinMs)];
  }

  async function observe(target: StopTarget, signal: Signal, outcomeOf: () => Promise<Outcome>) {
    const outcome = await outcomeOf();
    tell(target.process, signal, outcome);
    return { target, outcome };
  }

  /** Children first, all in one turn: a parent has no time to start new ones for those that end. */
  async function signalAll(ticket: StopTicket, signal: Signal, withDescendants: boolean) {
    const there = ticket.target.held?.look() === 'there';
    const below = withDescendants && there ? [...ticket.descendants].reverse() : [];
    const all = [...below, ticket.target].map((target) => ({ target, wasThere: target.held?.look() === 'there' }));
    const sent = all.map(({ target, wasThere }) => ({ target, outcomeOf: send(target, wasThere, signal) }));
    const observed = await Promise.all(sent.map(({ target, outcomeOf }) => observe(target, signal, outcomeOf)));
    return { own: observed.at(-1)?.outcome ?? 'refused', descendants: observed.slice(0, -1).reverse() };
  }

  function refused(ticket: StopTicket, signal: Signal, text: string, again: string | null): StopResult {
    tell(ticket.target.process, signal, 'refused');
    return { outcome: 'refused', signal, text, ticket: again, descendants: [], returnWatch: null };
  }

  /** After SIGKILL there is nothing stronger to offer: what survives that waits for the kernel (a disk, a network file system). */
  function askAgain(ticket: StopTicket, gone: ReadonlySet<Process>): string {
    const descendants = ticket.descendants.filter(({ process, held }) => {
      if (gone.has(process)) held?.release();
      return !gone.has(process);
    });
    return tickets.issue({ ...ticket, descendants });
  }

  /** The one that was chosen is gone, of those below it some are not: the nearest of them takes its place. */
  function askForTheRest(ticket: StopTicket, left: readonly StopTarget[]): string {
    for (const one of [ticket.target, ...ticket.descendants]) if (!left.includes(one)) one.held?.release();
    const [target = ticket.target, ...descendants] = left;
    return tickets.issue({ target, descendants, comesBack: null });
  }

  async function stop({ ticket: key, signal, withDescendants = false, typedName = null }: StopInput): Promise<StopResult> {
    const ticket = tickets.redeem(key);
    const { process } = ticket.target;
    const refusal = refusalNow(ticket.target);
    if (refusal !== null) {
      releaseTicket(ticket);
      return refused(ticket, signal, translate('en', `stop.refused.${refusal}`), null);
    }
    if (process.killClass === 'K1' && typedName !== process.name) {
      return refused(ticket, signal, 'The name that was typed is not its name: nothing was sent.', tickets.issue(ticket));
    }
    const before = findProcess(process.id)?.all ?? [process];
    let again: string | null = null;
    try {
      const { own, descendants } = await signalAll(ticket, signal, withDescendants);
      if (own === 'still-there' && signal === 'SIGTERM') {
        again = askAgain(ticket, new Set(descendants.filter(({ outcome }) => /gone$/.test(outcome)).map(({ target }) => target.process)));
      }
      const left = descendants.filter(({ outcome }) => outcome === 'still-there').map(({ target }) => target);
      if (/gone$/.test(own) && signal === 'SIGTERM' && left.length > 0) again = askForTheRest(ticket, left);
      const watch = own === 'gone' && aims[signal].wanted === 'gone' ? deps.watchForReturn(process, before) : null;
      return {
        outcome: own,
        signal,
        text: translate('en', `stop.outcome.${own}`, { user: process.user ?? 'another user', pid: process.pid }),
        ticket: again,
        descendants: descendants.map(({ target: { process: one }, outcome }) => ({ pid: one.pid, name: one.name, outcome })),
        returnWatch: watch === null ? null : watches.add(watch),
      };
    } finally {
      if (again === null) releaseTicket(ticket);
    }
  }

  return {
    async preview(processId) {
      const found = findProcess(processId);
      if (found === null) throw new RefusedRequest('not-found', 'This process is not in the latest list: it has probably ended.');
      return previewStop(found.process, found.all);
    },
    stop,
    cameBack: (watch) => watches.answer(watch),
    processOf: (ticket) => tickets.look(ticket).target.process,
  };
}
