import type { Reason } from '../judgement';
import type { Level } from '../level';

export interface ListeningSocket {
  readonly protocol: 'tcp' | 'udp';
  /** Textual IPv4 or IPv6 address; 0.0.0.0 or :: for all interfaces. */
  readonly address: string;
  readonly port: number;
}

export interface ProcessFacts {
  readonly pid: number;
  readonly ppid: number;
  /** Start time in clock ticks since boot (field 22 of stat): with the pid it is the identity. Null where the platform has none. */
  readonly startTicks: number | null;
  readonly startedAtMs: number | null;
  /** The name the process has now (comm, or the basename of argv[0] where comm is cut at 15 characters). */
  readonly name: string;
  /** The whole command line, control characters kept: show as text only. Empty for kernel threads. */
  readonly command: string;
  /** Path of the executable without the kernel's " (deleted)"; null when not readable with these rights. */
  readonly exe: string | null;
  /** Null when exe is not readable. */
  readonly exeDeleted: boolean | null;
  readonly user: string | null;
  readonly uid: number | null;
  /** 1.0 = one core busy; null before the second sample. */
  readonly cpuCores: number | null;
  readonly rssBytes: number;
  /** Proportional set size; read only where it is cheap or asked for. */
  readonly pssBytes: number | null;
  readonly threadCount: number;
  /** One letter as in stat: R S D T Z I. */
  readonly state: string;
  readonly kernelThread: boolean;
  readonly listening: readonly ListeningSocket[];
  /** Full container id, from the cgroup. */
  readonly container: string | null;
  readonly pod: string | null;
  readonly unit: string | null;
}

export interface ProcessesFacts {
  readonly processes: readonly ProcessFacts[];
  readonly coreCount: number;
  readonly memoryTotalBytes: number;
  /** Processes whose executable or sockets these rights cannot see. */
  readonly hiddenCount: number;
  /** Listening sockets whose owner these rights cannot see (or that live in another network namespace). */
  readonly unownedSockets: readonly ListeningSocket[];
}

export interface Risk {
  /** 0-100. */
  readonly score: number;
  readonly level: Level;
  readonly reasons: readonly Reason[];
}

export interface Process extends ProcessFacts {
  /** Opaque id, stable while the process lives; what a door sends back to ask for a stop. Never a pid. */
  readonly id: string;
  readonly risk: Risk;
}

export interface ProcessesSnapshot extends Omit<ProcessesFacts, 'processes'> {
  readonly processes: readonly Process[];
  readonly level: Level;
}
