import type { Reason } from '../judgement';
import type { Level } from '../level';

export type ServiceScope = 'system' | 'user';

/** How services were found; shown on the page so that nobody mistakes a process search for a service manager. */
export type ServiceMethod = 'systemd' | 'process-names' | 'launchd' | 'windows-services';

/** State in the words of the card: what the dot shows. */
export const serviceStates = [
  'active',
  'active (exited)',
  'active (idle)',
  'activating',
  'auto-restart',
  'deactivating',
  'inactive',
  'failed',
  'failed (zombie)',
] as const;
export type ServiceState = (typeof serviceStates)[number];

export type UnitKind = 'service' | 'timer' | 'socket';

export interface TimerFacts {
  /** What it starts. */
  readonly unit: string;
  readonly lastRunAtMs: number | null;
  readonly nextRunAtMs: number | null;
}

export interface SocketFacts {
  readonly unit: string;
  readonly listens: readonly string[];
  readonly acceptedCount: number | null;
  readonly openCount: number | null;
}

/** "Is my stack up?": one named port of this machine, tried by a TCP connect. */
export interface PortCheck {
  readonly name: string;
  readonly port: number;
  readonly state: 'open' | 'closed' | 'timeout';
  readonly tookMs: number | null;
  readonly checkedAtMs: number;
}

export interface ServiceFacts {
  /** Timers and sockets stand in the same list as services. */
  readonly kind: UnitKind;
  readonly timer: TimerFacts | null;
  readonly socket: SocketFacts | null;
  readonly unit: string;
  readonly scope: ServiceScope;
  readonly description: string;
  /** systemd's own words; with another method the nearest ones (active/running, inactive/dead). */
  readonly loadState: string;
  readonly activeState: string;
  readonly subState: string;
  readonly state: ServiceState;
  /** In the watch list: detailed figures are read, and its failure is a problem. */
  readonly watched: boolean;
  readonly mainPid: number | null;
  readonly cpuCores: number | null;
  readonly memoryBytes: number | null;
  readonly taskCount: number | null;
  readonly restartCount: number | null;
  /**
   * systemd's Result: success, exit-code, signal, timeout, watchdog, oom-kill...; null when unknown. Of a timer that did not
   * fail itself: the result of the last run of what it starts, null before the first run.
   */
  readonly result: string | null;
  /** Exit status or signal number of the main process (of a timer: of what it starts); null when unknown. */
  readonly exitStatus: number | null;
  readonly stateSinceMs: number | null;
}

export interface ServicesFacts {
  readonly method: ServiceMethod;
  readonly services: readonly ServiceFacts[];
  readonly ports: readonly PortCheck[];
  /** Scopes that could not be read, with the reason in words: a missing user manager is normal on servers. */
  readonly unreadScopes: readonly { readonly scope: ServiceScope; readonly detail: string }[];
}

export interface Service extends ServiceFacts {
  readonly level: Level;
  readonly reasons: readonly Reason[];
}

export interface ServicesSnapshot extends Omit<ServicesFacts, 'services'> {
  readonly services: readonly Service[];
  readonly level: Level;
}
