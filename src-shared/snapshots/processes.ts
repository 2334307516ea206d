import type { MessageValues, Reason } from '../judgement';
import type { Level } from '../level';
import type { KillClass, RoleCategory } from '../roles/role-entry';
import type { ProcessEvidence } from './process-evidence';

export * from './process-evidence';

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
  /** Leader of its session; null: unknown. */
  readonly sessionId: number | null;
  /** Its terminal as /dev names it (`pts/3`); null: none or unknown. */
  readonly terminal: string | null;
  /** Since when it was seen at each look in the same state, for the states that should not last: D, Z and T. Else null. */
  readonly heldStateSinceMs: number | null;
  /** Since when it keeps at least 80 % of a core busy; null when it does not. */
  readonly busySinceMs: number | null;
  /** Steady growth of its memory over hours (robust slope); null: not steady, not growing or not watched for long enough. */
  readonly memoryTrend: { readonly bytesPerHour: number; readonly overMs: number } | null;
  /** Null: not looked at yet, or a platform that gives none. */
  readonly evidence: ProcessEvidence | null;
}

export interface ProcessesFacts {
  readonly processes: readonly ProcessFacts[];
  readonly coreCount: number;
  readonly memoryTotalBytes: number;
  /** Processes whose executable or sockets these rights cannot see. */
  readonly hiddenCount: number;
  /** Listening sockets whose owner these rights cannot see (or that live in another network namespace). */
  readonly unownedSockets: readonly ListeningSocket[];
  /** Processes whose evidence is still to be read. */
  readonly evidencePendingCount: number;
  /** Libraries that the system forces into every program (ld.so.preload); empty: none. */
  readonly preloadedLibraries: readonly string[];
}

export const riskAxes = ['threat', 'exposure', 'health'] as const;
/** Three different claims: it looks like something foreign; it can be reached or misused; it is not well. */
export type RiskAxis = (typeof riskAxes)[number];
export const riskLevels = ['ordinary', 'notice', 'suspicious', 'high'] as const;
export type RiskLevel = (typeof riskLevels)[number];

/** One rule that met. Besides `reason.<rule>` the catalogue has `risk.why.<rule>`, `risk.innocent.<rule>` and `risk.check.<rule>`. */
export interface RiskReason extends Reason {
  readonly axis: RiskAxis;
  /** What it adds to its axis, after the family and the trust discount. */
  readonly points: number;
}

export interface Risk {
  /** 0-100: what rows are sorted by, max(threat, 0.8 exposure, 0.6 health). */
  readonly score: number;
  readonly level: Level;
  /** The headline, from the threat axis alone. */
  readonly riskLevel: RiskLevel;
  /** 0-100 each. */
  readonly axes: Readonly<Record<RiskAxis, number>>;
  /** How much of what the rules ask for could be seen. */
  readonly evidenceRatio: number;
  /** Heaviest first. */
  readonly reasons: readonly RiskReason[];
  /** Rules that met and that a person declared to be expected of this executable. */
  readonly expectedRules: readonly string[];
}

/** Where the sentence on a process comes from, the best first. */
export const roleLayers = ['policy', 'program', 'base', 'unit', 'desktop', 'package', 'container', 'ancestor', 'unknown'] as const;
export type RoleLayer = (typeof roleLayers)[number];

/** What a process is; `roleText` (src-shared/roles/role-text.ts) makes the sentence in each language. */
export interface ProcessRole {
  readonly layer: RoleLayer;
  /** Entry of the role base that stands behind it; null: none. */
  readonly entry: string | null;
  readonly category: RoleCategory | null;
  /** It only bears the name of the entry: its place is another. */
  readonly claimed: boolean;
  /** Values of the sentence `role.<layer>`. */
  readonly values: MessageValues;
}

export interface Process extends Omit<ProcessFacts, 'evidence'> {
  /** Opaque id, stable while the process lives; what a door sends back to ask for a stop. Never a pid. */
  readonly id: string;
  readonly risk: Risk;
  readonly role: ProcessRole;
  /** How gently it has to be ended. */
  readonly killClass: KillClass;
  /** Folder of the project it works in; null: none. */
  readonly project: string | null;
}

export interface ProcessesSnapshot extends Omit<ProcessesFacts, 'processes'> {
  readonly processes: readonly Process[];
  readonly level: Level;
}
