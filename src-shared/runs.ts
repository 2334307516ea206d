import type { RunChange } from './contract/containers';

/** One thing about how a container was run; two runs are compared trait by trait. */
export interface RunTrait {
  readonly what: RunChange['what'];
  /** The variable's name, the port, the mount's target; empty when there is only one. */
  readonly name: string;
  /** What a person may see of it; null: nothing (it may be a secret). */
  readonly shown: string | null;
  /** Equal exactly when the trait is the same: the text itself, or a salted hash of what may be secret. */
  readonly token: string;
}

/** How a container was run at a time when that went well, or crashed in the end. */
export interface RememberedRun {
  /** Stays the same when the container is made anew: its engine and its compose service, or its name. */
  readonly identity: string;
  readonly containerId: string;
  readonly startedAtMs: number;
  readonly lastedMs: number;
  readonly outcome: 'good' | 'crashed';
  readonly traits: readonly RunTrait[];
}
