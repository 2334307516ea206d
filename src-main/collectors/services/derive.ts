import type { ServiceState } from '../../../src-shared/snapshots/services';

/** systemd's states in the words of the card. `zombie`: the main process has ended and nobody has collected it. */
export function deriveState(activeState: string, subState: string, zombie: boolean): ServiceState {
  switch (activeState) {
    case 'failed':
      return 'failed';
    case 'active':
    case 'reloading':
    case 'refreshing':
      if (zombie) return 'failed (zombie)';
      if (subState === 'exited') return 'active (exited)';
      // A timer that waits and a socket that listens do their work; one that elapsed will not run again.
      return subState === 'elapsed' ? 'active (idle)' : 'active';
    case 'activating':
      return subState.startsWith('auto-restart') ? 'auto-restart' : 'activating';
    case 'deactivating':
      return 'deactivating';
    default:
      return 'inactive';
  }
}

/** When a timer runs next: the sooner of its calendar and its count from boot; null when it will not, or now. */
export function deriveNextRunMs(
  { nextCalendarMs, nextSinceBootMs }: { readonly nextCalendarMs: number | null; readonly nextSinceBootMs: number | null },
  nowMs: number,
  sinceBootMs: number,
): number | null {
  // 0 and what is past: it has been reached, and the service runs or has not ended yet.
  const counted = nextSinceBootMs === null || nextSinceBootMs <= sinceBootMs ? null : Math.round(nowMs + nextSinceBootMs - sinceBootMs);
  const times = [nextCalendarMs, counted].filter((atMs) => atMs !== null);
  return times.length === 0 ? null : Math.min(...times);
}

/** A running total of processor time. Two of them make a rate only when they count the same thing. */
export interface CpuTotal {
  /** What was counted: "unit", "cgroup", "pid 17 at 4711". */
  readonly of: string;
  readonly nanoseconds: number;
}

/** Cores kept busy between two totals (1.0 = one core); null when that cannot be said: a restart makes a total run backwards. */
export function deriveCpuCores(before: CpuTotal | undefined, now: CpuTotal | null, elapsedMs: number | null): number | null {
  if (before === undefined || now === null || elapsedMs === null || before.of !== now.of || now.nanoseconds < before.nanoseconds)
    return null;
  return (now.nanoseconds - before.nanoseconds) / (elapsedMs * 1e6);
}
