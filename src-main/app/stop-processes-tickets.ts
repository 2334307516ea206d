import { randomBytes } from 'node:crypto';
import type { ComesBack, StopRefusal } from '../../src-shared/contract';
import type { Process } from '../../src-shared/snapshots';
import { RefusedRequest } from '../api/refused-request';
import type { Timers } from '../platform/clock';
import type { HeldProcess } from '../platform/process-control';

/** One process a ticket is about: why no signal will be sent to it, or the hold on the one that it would be sent to. */
export type StopTarget =
  | { readonly process: Process; readonly refusal: StopRefusal; readonly held: null }
  | { readonly process: Process; readonly refusal: null; readonly held: HeldProcess };

/** What a person saw and may confirm: the process and those below it, each with its own identity. */
export interface StopTicket {
  readonly target: StopTarget;
  /** Nearest first. */
  readonly descendants: readonly StopTarget[];
  readonly comesBack: ComesBack | null;
}

export interface StopTickets {
  /** A key for one use within a minute. */
  issue(ticket: StopTicket): string;
  /** Takes the ticket out: whoever redeems it lets go of its holds or issues it again. Throws RefusedRequest (expired). */
  redeem(key: string): StopTicket;
  /** Looks without using it up. Throws RefusedRequest (expired). */
  look(key: string): StopTicket;
}

/** Read, confirmed, and clicked within this time. */
export const ticketLifeMs = 60_000;
/** A caller that only ever previews loses its oldest tickets: there are never more of them than this… */
const mostTickets = 100;
/** …and never more open descriptors, the newest ticket excepted. */
const mostHolds = 500;

export function createStopTickets(timers: Timers): StopTickets {
  const tickets = new Map<string, { readonly ticket: StopTicket; readonly holdCount: number; readonly cancel: () => void }>();
  let holdCount = 0;

  /** Null: there is none. */
  function takeOut(key: string): StopTicket | null {
    const entry = tickets.get(key);
    if (entry === undefined) return null;
    tickets.delete(key);
    holdCount -= entry.holdCount;
    entry.cancel();
    return entry.ticket;
  }

  function forget(key: string): void {
    const ticket = takeOut(key);
    if (ticket !== null) releaseTicket(ticket);
  }

  function expired(): RefusedRequest {
    return new RefusedRequest('expired', 'This ticket is unknown, used or older than 60 s: look at the process again.');
  }

  return {
    issue(ticket) {
      const holds = holdsOf(ticket).length;
      for (const key of tickets.keys()) {
        if (tickets.size < mostTickets && holdCount + holds <= mostHolds) break;
        forget(key);
      }
      const key = randomBytes(16).toString('hex');
      tickets.set(key, { ticket, holdCount: holds, cancel: timers.after(ticketLifeMs, () => forget(key)) });
      holdCount += holds;
      return key;
    },
    redeem(key) {
      const ticket = takeOut(key);
      if (ticket === null) throw expired();
      return ticket;
    },
    look(key) {
      const entry = tickets.get(key);
      if (entry === undefined) throw expired();
      return entry.ticket;
    },
  };
}

export function releaseTicket(ticket: StopTicket): void {
  for (const held of holdsOf(ticket)) held.release();
}

function holdsOf({ target, descendants }: StopTicket): readonly HeldProcess[] {
  return [target, ...descendants].flatMap(({ held }) => held ?? []);
}
