import type { Policy } from '../../src-shared/contract';
import type { RoleEntry } from '../../src-shared/roles/role-entry';
import type { ProcessFacts, ProcessRole, ServiceScope } from '../../src-shared/snapshots';

/**
 * What judging processes needs besides the process list. Filled by src-main/app/process-context.ts.
 * An answer stays the same object for as long as it says the same: rows are judged again when an answer is another object.
 */
export interface ProcessSurroundings {
  readonly platform: NodeJS.Platform;
  /** Root of LogScope's own tree. */
  readonly selfPid: number;
  /** What a person keyed in about the executable; null: nothing, or it was said of another content of the file. */
  policyOf(process: ProcessFacts): Policy | null;
  /** The unit the process belongs to; null: none, or not known yet. */
  unitOf(process: ProcessFacts): UnitContext | null;
  containerOf(process: ProcessFacts): ContainerContext | null;
  desktopEntryOf(process: ProcessFacts): DesktopEntry | null;
}

/** For where nothing else is known: a process list alone. */
export function bareSurroundings(platform: NodeJS.Platform, selfPid: number): ProcessSurroundings {
  return { platform, selfPid, policyOf: () => null, unitOf: () => null, containerOf: () => null, desktopEntryOf: () => null };
}

export interface UnitContext {
  readonly unit: string;
  readonly scope: ServiceScope;
  readonly description: string;
  /** `Restart=` of the unit (always, on-failure…); null: unknown. */
  readonly restartPolicy: string | null;
  /** Its main process; null: unknown, or it has none. */
  readonly mainPid: number | null;
  /** Timers and sockets that start it. */
  readonly triggers: readonly string[];
  /** Starts by itself within the last ten minutes; null: unknown. */
  readonly recentStartCount: number | null;
}

export interface ContainerContext {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** Restart policy of the engine (no, always, unless-stopped, on-failure, on-failure:3); null: unknown. */
  readonly restartPolicy: string | null;
  /** Its first process in the machine's numbering; null: unknown. */
  readonly mainPid: number | null;
  /** The pod it belongs to; null: none or unknown. */
  readonly pod: PodContext | null;
  readonly recentStartCount: number | null;
  readonly memoryLimitBytes: number | null;
  /** Ports of the container that are reachable at addresses of the machine other than loopback. */
  readonly publishedPorts: readonly number[];
  /** It holds every right of the machine; null: unknown. */
  readonly privileged: boolean | null;
}

export interface PodContext {
  /** As the cluster writes it, with hyphens. */
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly owner: { readonly kind: string; readonly name: string } | null;
}

export interface DesktopEntry {
  readonly name: string;
  readonly comment: string | null;
  /** Null: the entry has none in Korean. */
  readonly nameKorean: string | null;
  readonly commentKorean: string | null;
}

/** What descendants may know of an ancestor. The same object for as long as nothing of it changes. */
export interface Kin {
  readonly pid: number;
  readonly startTicks: number | null;
  readonly name: string;
  readonly exe: string | null;
  readonly user: string | null;
  readonly terminal: string | null;
  readonly role: ProcessRole;
  /** Entry of the role base that stands behind the role; null: none. */
  readonly entry: RoleEntry | null;
  readonly parent: Kin | null;
}

/** What judging one process may know besides its own facts: values only. */
export interface ProcessContext extends Pick<ProcessSurroundings, 'platform'> {
  readonly nowMs: number;
  readonly coreCount: number;
  readonly memoryTotalBytes: number;
  /** Libraries the system forces into every program. */
  readonly preloadedLibraries: readonly string[];
  readonly policy: Policy | null;
  readonly unit: UnitContext | null;
  readonly container: ContainerContext | null;
  readonly desktopEntry: DesktopEntry | null;
  /** Null: it has none, or it is not in the list. */
  readonly parent: Kin | null;
  /** The process that traces it; null: none or unknown. */
  readonly tracer: Kin | null;
  /** Ended children of the same parent that it has not collected, this one included. */
  readonly zombieSiblingCount: number;
  /** Whether it is LogScope (`self`: or started by it) or one of those LogScope was started by; null: neither. */
  readonly ownTree: 'self' | 'above' | null;
}
