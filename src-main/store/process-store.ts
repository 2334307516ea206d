import type { OpenRole, Policy, PolicyChange, StopAudit } from '../../src-shared/contract';

/** Null: kept. Else why not, in the database's words. Such a promise never rejects. */
export type WriteProblem = string | null;

/** One change of a policy; `policy` null removes the one of this path. */
export interface PolicyRecord extends PolicyChange {
  readonly exe: string;
}

/** A process that nothing explained. */
export interface SeenUnknown {
  readonly name: string;
  readonly exe: string | null;
  readonly atMs: number;
}

/** An executable that listened on this machine. */
export interface SeenListener {
  readonly exe: string;
  /** Port it opened to other machines; null: that it listened at all. */
  readonly openPort: number | null;
  readonly firstSeenAtMs: number;
}

/** What people decided about programs; a part of Store. */
export interface PolicyStore {
  /** All of them or none. Each is added to the history of its path, which is never changed. */
  changePolicies(changes: readonly PolicyRecord[]): Promise<WriteProblem>;
  /** By path. */
  policies(): Promise<readonly Policy[]>;
  /** Newest first, at most 200. */
  policyChanges(exe: string): Promise<readonly PolicyChange[]>;
}

/** What nobody could explain; a part of Store. */
export interface RoleStore {
  /** Counts that a person asked for this name. */
  countRoleAsk(name: string, atMs: number): Promise<WriteProblem>;
  /** How often this name was asked for. */
  roleAskCount(name: string): Promise<number>;
  /** Counts one day of each name, however often it is told on that day. */
  rememberUnknown(seen: readonly SeenUnknown[]): void;
  /** Names that were asked for or seen, most asked first, then seen on most days; at most 500. */
  openRoles(): Promise<readonly OpenRole[]>;
}

/** Every attempt to end, pause or continue a process; a part of Store. Nothing changes or forgets a row. */
export interface StopAuditStore {
  recordStop(audit: StopAudit): Promise<WriteProblem>;
  /** Newest first. */
  recentStops(limit: number): Promise<readonly StopAudit[]>;
}

/** Which executables ever listened on this machine; a part of Store. */
export interface ListenerStore {
  /** What is known keeps its first time. */
  rememberListeners(seen: readonly SeenListener[]): void;
  /** Oldest first. */
  listeners(): Promise<readonly SeenListener[]>;
}

/** What is remembered one by one, in the order it was told. */
export type StoreRecord =
  | { readonly kind: 'policy'; readonly change: PolicyRecord }
  | { readonly kind: 'role-ask'; readonly name: string; readonly atMs: number }
  | { readonly kind: 'unknown'; readonly seen: SeenUnknown }
  | { readonly kind: 'listener'; readonly seen: SeenListener }
  | { readonly kind: 'stop'; readonly audit: StopAudit };

export const policyChangeLimit = 200;
export const openRoleLimit = 500;
/** Names asked for that are kept; the least asked and longest ago make room. */
export const roleAskLimit = 2_000;
/** Days with an unknown name that are kept. */
export const unknownDays = 90;

export const dayMs = 86_400_000;

/** The day since 1970 (UTC). */
export function dayOf(atMs: number): number {
  return Math.floor(atMs / dayMs);
}
