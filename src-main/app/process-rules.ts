import type { BetterAction, ComesBack } from '../../src-shared/contract';
import type { Reason } from '../../src-shared/judgement';
import type { Process, ProcessRole } from '../../src-shared/snapshots';

/** What the rules say of a process of the latest list when somebody asks, beyond what its row says. */
export interface ProcessRules {
  /** Every layer that says something of what it is, the one that won first. */
  readonly rolesOf: (process: Process) => readonly ProcessRole[];
  readonly killReasonOf: (process: Process) => Reason;
  readonly comesBackOf: (process: Process) => ComesBack | null;
  readonly betterActionOf: (process: Process) => BetterAction | null;
  /** Ids of the entries of the role base that a program of this name can be. */
  readonly entriesNamed: (name: string) => readonly string[];
}
