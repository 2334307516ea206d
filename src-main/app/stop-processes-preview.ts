import type { BetterAction, ComesBack, Policy, StopPreview, StopRefusal } from '../../src-shared/contract';
import type { Reason } from '../../src-shared/judgement';
import { translate } from '../../src-shared/messages/translate';
import type { Process } from '../../src-shared/snapshots';
import type { Clock, Timers } from '../platform/clock';
import type { ProcessClients } from '../platform/process-clients';
import { holdProcess } from '../platform/process-control';
import type { Roots } from '../platform/roots';
import { judgeClassRefusal, judgeStopRefusal } from '../rules/kill/stop-refusal';
import { descendantsOf } from './process-kin';
import { type StopTarget, type StopTicket, type StopTickets, ticketLifeMs } from './stop-processes-tickets';

/** What the rules say about ending a process of the latest list. */
export interface StopRules {
  readonly killReasonOf: (process: Process) => Reason;
  readonly comesBackOf: (process: Process) => ComesBack | null;
  readonly betterActionOf: (process: Process) => BetterAction | null;
  /** What a person keyed in about its executable. */
  readonly policyOf: (process: Process) => Policy | null;
}

/** Who is connected to its listening sockets now; null when these rights do not reach. */
export type ReadClients = (process: Process) => Promise<ProcessClients | null>;

export interface StopPreviewDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly roots: Pick<Roots, 'proc'>;
  /** Root of the process tree that is LogScope itself. */
  readonly selfPid: number;
  readonly rules: StopRules;
  /** The person allows what cuts sessions off. */
  readonly expertActions: () => boolean;
  readonly clientsOf: ReadClients;
}

/** From this threat on, what would be lost with the process ought to be saved first. */
const highThreat = 70;
/** Each is held by a descriptor; those beyond are shown and left alone. */
const mostDescendants = 256;

/** Why no signal is sent to this process of the list; null: a person may decide. */
export type JudgeRefusal = (process: Process, all: readonly Process[]) => StopRefusal | null;

export function createJudgeRefusal({ selfPid, rules, expertActions }: Omit<StopPreviewDeps, 'clientsOf'>): JudgeRefusal {
  return (process, all) => {
    const byPlace = judgeStopRefusal(process, all, selfPid);
    const { killClass } = process;
    return byPlace ?? judgeClassRefusal({ killClass, verdict: rules.policyOf(process)?.verdict ?? null, expertActions: expertActions() });
  };
}

/** Shows what a stop would mean and holds on to everything that it would hit. */
export function createPreviewStop(deps: StopPreviewDeps, tickets: StopTickets, refusalOf: JudgeRefusal) {
  const { clock, rules } = deps;

  function aim(process: Process, refusal: StopRefusal | null): StopTarget {
    const { pid, startTicks, exe } = process;
    if (refusal !== null) return { process, refusal, held: null };
    if (startTicks === null) return { process, refusal: 'identity-unknown', held: null };
    return {
      process,
      refusal: null,
      held: holdProcess({ pid, startTicks, exe }, { procRoot: deps.roots.proc, clock, timers: deps.timers }),
    };
  }

  /** Below a process that may be ended there is neither LogScope nor what started it: the table is not asked again for each. */
  function descendantRefusal(process: Process): StopRefusal | null {
    return process.killClass === 'K1' ? 'session' : refusalOf(process, []);
  }

  return async (process: Process, all: readonly Process[]): Promise<StopPreview> => {
    const refusal = refusalOf(process, all);
    const below = descendantsOf(process, all);
    const comesBack = rules.comesBackOf(process);
    const held = refusal === null ? below.slice(0, mostDescendants) : [];
    const ticket: StopTicket = {
      target: aim(process, refusal),
      descendants: held.map((one) => aim(one.process, descendantRefusal(one.process))),
      comesBack,
    };
    // The ticket lives from here on: what is still to be read does not lengthen it.
    const shown = { ticket: tickets.issue(ticket), expiresAtMs: clock.nowMs() + ticketLifeMs };
    const clients = await deps.clientsOf(process);
    const { name, pid, user, exe, command, listening, container, unit, killClass } = process;
    return {
      ...shown,
      ...{ name, pid, user, exe, command, listening, container, unit, killClass },
      descendants: below.map(({ process: { id, pid, name, user, killClass }, depth }) => ({ id, pid, name, user, depth, killClass })),
      killReason: rules.killReasonOf(process),
      refusal: refusal === null ? null : { key: refusal, text: translate('en', `stop.refused.${refusal}`) },
      nameMustBeTyped: refusal === null && killClass === 'K1',
      comesBack,
      betterAction: rules.betterActionOf(process),
      clients: clients?.addresses ?? null,
      clientCount: clients?.count ?? null,
      saveEvidenceFirst: process.risk.axes.threat >= highThreat,
      paused: /^t$/i.test(process.state),
    };
  };
}
