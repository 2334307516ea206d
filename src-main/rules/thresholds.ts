import type { Level } from '../../src-shared/level';

/** `unknown` for null; a ratio exactly on a threshold counts as reached. */
export function levelOfRatio(ratio: number | null, warningRatio: number, criticalRatio: number): Level {
  if (ratio === null) return 'unknown';
  if (ratio >= criticalRatio) return 'critical';
  return ratio >= warningRatio ? 'warning' : 'ok';
}

/** part / whole; null when either is unknown or there is no whole. */
export function ratioOf(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : part / whole;
}
