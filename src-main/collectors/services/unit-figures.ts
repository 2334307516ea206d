import type { Clock } from '../../platform/clock';
import { elapsedBetweenSamples } from '../../platform/proc-elapsed';
import { deriveCpuCores } from './derive';
import type { ReadUnitFigures, UnitFigures } from './read-unit-figures';
import type { TimedDetails } from './unit-details';

/** Figures of one unit at its last turn. */
export interface UnitFigureSample {
  readonly figures: UnitFigures;
  readonly cpuCores: number | null;
}

export interface UnitFigureTurns {
  read(units: readonly TimedDetails[]): ReadonlyMap<string, UnitFigureSample>;
}

interface Sample extends UnitFigureSample {
  readonly takenAtMs: number;
}

/** Each takes four small reads; with more units they take turns, so that a reading costs the same with 40 and with 500. */
const mostReadAtOnce = 40;

export function createUnitFigureTurns(readFigures: ReadUnitFigures, clock: Clock, everyMs: number): UnitFigureTurns {
  const elapsed = elapsedBetweenSamples(clock, everyMs);
  let samples: ReadonlyMap<string, Sample> = new Map();

  function take(timed: TimedDetails, before: Sample | undefined, nowMs: number): Sample {
    const figures = readFigures(timed, nowMs);
    const total = figures.cpuTotal;
    const past = before?.figures.cpuTotal ?? null;
    // systemd's own total stays the same until it is asked again: that is no rate of zero.
    if (total !== null && past !== null && total.atMs === past.atMs)
      return { figures, cpuCores: before?.cpuCores ?? null, takenAtMs: nowMs };
    const elapsedMs = total === null || past === null ? null : total.atMs - past.atMs;
    return { figures, cpuCores: deriveCpuCores(past ?? undefined, total, elapsedMs), takenAtMs: nowMs };
  }

  return {
    read(units) {
      const nowMs = clock.monotonicMs();
      // After a gap (sleep, pause) all rates start anew.
      if (elapsed.mark() === null) samples = new Map();
      const inTurn = [...units]
        .sort((a, b) => takenAt(samples, a) - takenAt(samples, b))
        .slice(0, mostReadAtOnce)
        .map((timed) => timed.details.unit);
      const turn = new Set(inTurn);
      const next = new Map<string, Sample>();
      for (const timed of units) {
        const { unit } = timed.details;
        const before = samples.get(unit);
        if (turn.has(unit)) next.set(unit, take(timed, before, nowMs));
        else if (before !== undefined) next.set(unit, before);
      }
      samples = next;
      return next;
    },
  };
}

function takenAt(samples: ReadonlyMap<string, Sample>, { details }: TimedDetails): number {
  return samples.get(details.unit)?.takenAtMs ?? Number.NEGATIVE_INFINITY;
}
