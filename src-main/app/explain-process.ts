import type { BetterAction, ComesBack, Policy, ProcessExplanation } from '../../src-shared/contract';
import type { Reason } from '../../src-shared/judgement';
import type { Process, ProcessFacts, ProcessRole } from '../../src-shared/snapshots';
import { RefusedRequest } from '../api/refused-request';
import { ancestorsOf, pointerOf } from './process-kin';
import type { ReadClients } from './stop-processes-preview';

export interface ExplainProcessDeps {
  readonly findProcess: (id: string) => { readonly process: Process; readonly all: readonly Process[] } | null;
  /** The facts behind a row of the latest list; null when it is not there. */
  readonly factsOf: (process: Process) => ProcessFacts | null;
  readonly rules: {
    /** Every layer that says something, the one that won first. */
    readonly rolesOf: (process: Process) => readonly ProcessRole[];
    readonly killReasonOf: (process: Process) => Reason;
    readonly comesBackOf: (process: Process) => ComesBack | null;
    readonly betterActionOf: (process: Process) => BetterAction | null;
  };
  readonly policyAt: (exe: string | null) => Policy | null;
  readonly sha256Of: (process: Process) => Promise<string | null>;
  readonly clientsOf: ReadClients;
}

/** Rejects with RefusedRequest (not-found) for an id that is not in the latest list. */
export type ExplainProcess = (id: string) => Promise<ProcessExplanation>;

/** Everything about one process on one card. What costs (hash, clients) is read now, for this one only. */
export function createExplainProcess(deps: ExplainProcessDeps): ExplainProcess {
  return async (id) => {
    const found = deps.findProcess(id);
    if (found === null) throw new RefusedRequest('not-found', 'This process is not in the latest list: it has probably ended.');
    const { process, all } = found;
    const { rules } = deps;
    const shown = {
      process,
      evidence: deps.factsOf(process)?.evidence ?? null,
      roles: rules.rolesOf(process),
      killReason: rules.killReasonOf(process),
      comesBack: rules.comesBackOf(process),
      betterAction: rules.betterActionOf(process),
      ancestors: ancestorsOf(process, all).map(pointerOf),
      children: all.filter(({ ppid, pid }) => ppid === process.pid && pid !== process.pid).map(pointerOf),
      policy: deps.policyAt(process.exe),
    };
    const [sha256, clients] = await Promise.all([process.kernelThread ? null : deps.sha256Of(process), deps.clientsOf(process)]);
    return { ...shown, sha256, clientCount: clients?.count ?? null };
  };
}
