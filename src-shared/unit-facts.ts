import type { ServiceScope, UnitKind } from './snapshots';

/** How a process of a unit ended. */
export interface ProcessEnd {
  readonly kind: 'exited' | 'killed' | 'dumped';
  /** Exit status, or the number of the signal. */
  readonly status: number;
}

/** What systemd says about one unit: the facts that its explanation is made of. */
export interface UnitFacts {
  readonly unit: string;
  readonly scope: ServiceScope;
  /** Null for kinds that LogScope does not list (targets, mounts). */
  readonly kind: UnitKind | null;
  readonly description: string;
  readonly documentation: readonly string[];
  readonly unitFile: string | null;
  readonly unitFileState: string | null;
  /** Its main command with arguments; null for a unit without one. */
  readonly command: string | null;
  readonly program: string | null;
  /** loaded, not-found, masked, bad-setting, error. */
  readonly loadState: string;
  readonly loadError: string | null;
  readonly activeState: string;
  readonly subState: string;
  readonly stateSinceMs: number | null;
  readonly result: string | null;
  readonly mainPid: number | null;
  /** Of the main process; null while it has not ended. */
  readonly mainEnd: ProcessEnd | null;
  /** The first of its other commands (ExecStartPre, ExecStop…) that ended badly. */
  readonly failedStep: { readonly step: string; readonly program: string; readonly end: ProcessEnd } | null;
  /** no, always, on-failure…; null for units that are not restarted (timers, sockets). */
  readonly restartPolicy: string | null;
  readonly restartDelayMs: number | null;
  readonly restartCount: number | null;
  readonly startLimitBurst: number | null;
  readonly startLimitIntervalMs: number | null;
  readonly startTimeoutMs: number | null;
  /** It was tried and its Condition…= lines were not met. */
  readonly conditionFailed: boolean;
  readonly assertFailed: boolean;
  readonly reloadNeeded: boolean;
  /** What the service says of itself (sd_notify STATUS=); hostile text. */
  readonly statusText: string | null;
  readonly refusedCount: number | null;
  readonly neededBy: readonly string[];
  readonly needs: readonly string[];
  /** Of its needs, those that failed or cannot be loaded. */
  readonly failedNeeds: readonly string[];
  readonly triggeredBy: readonly { readonly unit: string; readonly active: boolean; readonly nextRunAtMs: number | null }[];
}
