import type { RoleEntry } from '../../../src-shared/roles/role-entry';
import type { KillContext, KillSubject } from './kill-verdict';

/** Younger ones may be somebody's work of this hour. */
const leastAgeMs = 60 * 60_000;

/**
 * Hours that a helper of development has been running after everything that started it went away (terminal and parent); null: it is none,
 * or somebody may still need it. `entry` is the one its role names, also by its arguments: this never protects.
 */
export function leftoverHours(process: KillSubject, { nowMs, parent }: KillContext, entry: RoleEntry | null): number | null {
  if (entry?.developerTool !== true || process.startedAtMs === null || process.terminal !== null) return null;
  if (process.container !== null || process.state === 'Z') return null;
  // Orphans go to the first process, or to the manager of the login.
  const orphaned = process.ppid <= 1 || parent === null || parent.role.category === 'init' || parent.entry?.id === 'systemd-user';
  const ageMs = nowMs - process.startedAtMs;
  return orphaned && ageMs >= leastAgeMs ? Math.floor(ageMs / 3_600_000) : null;
}
