import type { RoleCategory, RoleEntry } from '../../../src-shared/roles/role-entry';
import { plainText } from '../role/command-words';
import type { RoleBase } from '../role/match-base';
import { belongsToUnit } from '../role/own-unit';
import { baseName } from '../role/stands-in';
import { type Because, type JudgedBefore, type KillContext, type KillSubject, type KillVerdict, verdict } from './kill-verdict';
import { leftoverHours } from './leftover';
import { fileEntryOf, isSystemCore, isUserManager, sshdPart } from './system-core';

/** A state D shorter than this is an ordinary disk access. */
const stuckAfterMs = 10_000;

/**
 * How gently a process has to be ended, and why. By identity (the kernel's flag, the file it runs, its account, unit, container and place
 * in the tree); what it calls itself and its command line never protect. Where its threat is high, the file alone protects only what
 * the system cannot do without.
 */
export function judgeKillClass(process: KillSubject, context: KillContext, judged: JudgedBefore, base: RoleBase): KillVerdict {
  const fileEntry = fileEntryOf(process, context, base);
  const trusted = judged.riskLevel === 'high' ? null : fileEntry;
  return (
    never(process, context, judged, fileEntry) ??
    ended(process, context) ??
    cutsOff(process, context, judged, trusted) ??
    throughManager(process, context, judged, trusted, base) ??
    recommended(process, context, judged, base) ??
    ordinary(process, context)
  );
}

function never(process: KillSubject, context: KillContext, { role }: JudgedBefore, fileEntry: RoleEntry | null): KillVerdict | null {
  if (!Number.isSafeInteger(process.pid) || process.pid <= 1) return verdict('K0', 'init');
  if (process.kernelThread) return verdict('K0', 'kernel-thread');
  if (context.ownTree === 'self') return verdict('K0', 'self');
  if (context.ownTree === 'above') return verdict('K0', 'ancestor');
  // The manager of root's own login runs the same file under the same account as the first process.
  if (context.platform === 'linux' && isUserManager(process, role)) return null;
  return isSystemCore(process, context, fileEntry) ? verdict('K0', 'system-core', { name: shownName(process) }) : null;
}

/** A zombie takes no signal; its class says nothing, its reason everything. */
function ended(process: KillSubject, { parent }: KillContext): KillVerdict | null {
  if ((process.state !== 'Z' && process.state !== 'X') || process.threadCount > 1) return null;
  return verdict('K3', 'zombie', { parent: parent === null ? String(process.ppid) : `${plainText(parent.name)} (${parent.pid})` });
}

function cutsOff(process: KillSubject, context: KillContext, { role }: JudgedBefore, trusted: RoleEntry | null): KillVerdict | null {
  if (process.container !== null) return null;
  if (context.platform === 'linux') {
    if (isUserManager(process, role)) return verdict('K1', 'user-manager', { user: plainText(process.user ?? '?') });
    const ssh = sshdPart(process, context.parent);
    if (ssh === 'listener') return verdict('K1', 'remote-access', { name: shownName(process) });
    if (ssh === 'session') return verdict('K3', 'login-session', { user: plainText(process.user ?? '?') });
  }
  if (trusted?.stop !== 'K1') return null;
  return verdict('K1', cutOffReasons[trusted.category] ?? 'session', { name: shownName(process) });
}

const cutOffReasons: Readonly<Partial<Record<RoleCategory, Because>>> = { 'remote-access': 'remote-access', network: 'network' };

const managedReasons: Readonly<Partial<Record<RoleCategory, Because>>> = {
  container: 'engine',
  orchestration: 'engine',
  database: 'database',
  package: 'package-manager',
  storage: 'storage',
};

function throughManager(
  process: KillSubject,
  context: KillContext,
  { role, riskLevel }: JudgedBefore,
  trusted: RoleEntry | null,
  base: RoleBase,
): KillVerdict | null {
  const { container } = context;
  if (process.pod !== null) return verdict('K2', 'pod', { pod: plainText(container?.pod?.name ?? process.pod) });
  if (process.container !== null || container !== null) {
    const name = plainText(container?.name ?? process.container?.slice(0, 12) ?? '');
    return wasExecuted(process, context)
      ? verdict('K3', 'container-exec', { container: name })
      : verdict('K2', 'container', { container: name });
  }
  if (process.unit !== null && belongsToUnit(process, context)) return verdict('K2', 'unit', { unit: plainText(process.unit) });
  const managed = trusted?.stop === 'K2' ? trusted : packageManager(process, role, riskLevel, base);
  return managed === null ? null : verdict('K2', managedReasons[managed.category] ?? 'proper-control', { name: shownName(process) });
}

/** Started in a running container from outside (`exec`): neither its first process nor below that. */
function wasExecuted(process: KillSubject, { container, parent }: KillContext): boolean {
  const mainPid = container?.mainPid ?? null;
  if (mainPid === null || process.container === null || process.pid === mainPid) return false;
  for (let kin = parent, steps = 0; kin !== null && steps < 64; kin = kin.parent, steps += 1) if (kin.pid === mainPid) return false;
  return true;
}

/** Package managers are often scripts, known by their arguments; root's are taken at their word: this only asks for more care. */
function packageManager(process: KillSubject, role: JudgedBefore['role'], riskLevel: string, base: RoleBase): RoleEntry | null {
  if (process.uid !== 0 || riskLevel === 'high') return null;
  const entry = ownEntryOf(role, base);
  return entry?.category === 'package' && entry.stop === 'K2' ? entry : null;
}

/** The entry its role names, when that is its own: neither a claim nor an ancestor's. */
function ownEntryOf({ entry, claimed, layer }: JudgedBefore['role'], base: RoleBase): RoleEntry | null {
  return entry === null || claimed || layer === 'ancestor' ? null : base.entryOf(entry);
}

function recommended(process: KillSubject, context: KillContext, { role, riskLevel }: JudgedBefore, base: RoleBase): KillVerdict | null {
  if (riskLevel === 'high') return verdict('K4', 'threat-high');
  if (context.policy?.verdict === 'never-end') return null;
  if (context.policy?.verdict === 'end') return verdict('K4', 'policy-end', { name: shownName(process) });
  const hours = leftoverHours(process, context, ownEntryOf(role, base));
  return hours === null ? null : verdict('K4', 'leftover', { hours });
}

function ordinary(process: KillSubject, { nowMs, policy }: KillContext): KillVerdict {
  if (policy?.verdict === 'never-end') return verdict('K3', 'policy-never-end', { name: shownName(process) });
  const stuck = process.state === 'D' && process.heldStateSinceMs !== null && nowMs - process.heldStateSinceMs >= stuckAfterMs;
  return verdict('K3', stuck ? 'waits-for-storage' : 'ordinary');
}

function shownName(process: KillSubject): string {
  return plainText(process.exe === null ? process.name : baseName(process.exe));
}
