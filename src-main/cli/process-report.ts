import type { ComesBack } from '../../src-shared/contract';
import { roleEntryOf } from '../../src-shared/roles';
import type { KillClass } from '../../src-shared/roles/role-entry';
import { roleText } from '../../src-shared/roles/role-text';
import type { ListeningSocket, Process, ProcessRole, RiskAxis, RiskLevel, RoleLayer } from '../../src-shared/snapshots';

/** One process as the command line gives it to other programs: an outside contract, names stay. */
export interface ProcessReport {
  readonly pid: number;
  readonly name: string;
  readonly exe: string | null;
  readonly role: { readonly text: string; readonly layer: RoleLayer };
  readonly axes: Readonly<Record<RiskAxis, number>>;
  readonly level: RiskLevel;
  readonly evidenceRatio: number;
  readonly reasons: readonly { readonly rule: string; readonly axis: RiskAxis; readonly points: number; readonly text: string }[];
  readonly killClass: KillClass;
  readonly comesBack: string | null;
}

/** A row of the list of processes. */
export interface ProcessRowReport extends ProcessReport {
  /** 0-100: what rows are sorted by. */
  readonly score: number;
  readonly user: string | null;
  /** 1.0 = one core busy; null: unknown. */
  readonly cpuCores: number | null;
  /** Proportional share where it is known, else resident. */
  readonly memoryBytes: number;
  readonly listening: readonly ListeningSocket[];
}

export function reportProcess(process: Process, comesBack: ComesBack | null): ProcessReport {
  const { pid, name, exe, risk, killClass } = process;
  const { threat, exposure, health } = risk.axes;
  return {
    pid,
    name,
    exe,
    role: { text: englishRole(process.role), layer: process.role.layer },
    axes: { threat, exposure, health },
    level: risk.riskLevel,
    evidenceRatio: risk.evidenceRatio,
    reasons: risk.reasons.map(({ rule, axis, points, text }) => ({ rule, axis, points, text })),
    killClass,
    comesBack: comesBack?.reason.text ?? null,
  };
}

export function reportRow(process: Process, comesBack: ComesBack | null): ProcessRowReport {
  const { risk, user, cpuCores, rssBytes, pssBytes, listening } = process;
  return { ...reportProcess(process, comesBack), score: risk.score, user, cpuCores, memoryBytes: pssBytes ?? rssBytes, listening };
}

export function englishRole(role: ProcessRole): string {
  return roleText('en', role, role.entry === null ? null : roleEntryOf(role.entry));
}
