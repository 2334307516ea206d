import type { ProcessFacts } from '../../../src-shared/snapshots';
import type { Kin, ProcessContext } from '../process-context';
import { baseName } from './stands-in';

const shells = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'fish', 'busybox']);
const mostGenerations = 16;

/** Units that are what somebody opened (a login, an application of the desktop, a tab of a terminal), not services that are looked after. */
export function isServiceUnit(unit: string): boolean {
  if (!/\.(?:service|socket|mount|swap)$/.test(unit)) return false;
  return !/^(?:app-|user@|session-|vte-spawn-|run-p?\d+-i\d+)/.test(unit);
}

/**
 * Whether the process is part of the service its control group names. A login through sshd or a job of cron stays in the
 * group of that daemon without being a part of it: stopping the daemon would be wrong for those.
 */
export function belongsToUnit(process: Pick<ProcessFacts, 'unit'>, { parent }: Pick<ProcessContext, 'parent'>): boolean {
  if (process.unit === null || !isServiceUnit(process.unit)) return false;
  let kin = parent;
  for (let generation = 0; kin !== null && kin.pid > 1 && generation < mostGenerations; generation += 1, kin = kin.parent) {
    if (kin.role.category === 'init') return true;
    if (startsForOthers(kin)) return false;
  }
  return true;
}

/** A shell without a terminal is how many services start; one with a terminal is a person's. */
function startsForOthers(kin: Kin): boolean {
  if (kin.entry?.startsShells !== true) return false;
  const isShell = shells.has(kin.exe === null ? kin.name : baseName(kin.exe));
  return !isShell || kin.terminal !== null;
}
