import type { UnitKind } from '../../../src-shared/snapshots/services';

/** Service, timer or socket by the name; null for the other units of systemd (targets, mounts, slices…). */
export function unitKind(unit: string): UnitKind | null {
  if (unit.endsWith('.service')) return 'service';
  if (unit.endsWith('.timer')) return 'timer';
  return unit.endsWith('.socket') ? 'socket' : null;
}
