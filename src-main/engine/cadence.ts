import type { SourceId } from '../../src-shared/snapshots';

/** Who is looking: a visible window, a hidden one (tray only), or nobody but programs (server). */
export type Audience = 'visible' | 'hidden' | 'headless';

/**
 * Programs ask for figures of the last second; what logs say is told within the time a tray gives. The list of processes costs as much
 * as all else together, and what is judged by it (alarms, risk) holds for longer than this.
 */
const headlessEveryMs: Readonly<Partial<Record<SourceId, number>>> = { logs: 2_000, processes: 4_000 };

/** With nobody looking only the tray must stay true: failures within 3 s, figures at leisure. */
const hiddenEveryMs: Readonly<Record<SourceId, number>> = {
  host: 5_000,
  containers: 2_000,
  pods: 5_000,
  services: 5_000,
  processes: 15_000,
  logs: 2_000,
};

const atLeastMs: Readonly<Record<Audience, Readonly<Partial<Record<SourceId, number>>>>> = {
  visible: {},
  hidden: hiddenEveryMs,
  headless: headlessEveryMs,
};

/**
 * Longest pause between tries of a source that is not there. Containers: an engine that comes back must be
 * re-attached within 10 s.
 */
const backOffCeilingMs: Readonly<Record<SourceId, number>> = {
  host: 30_000,
  containers: 5_000,
  pods: 30_000,
  services: 30_000,
  processes: 30_000,
  logs: 5_000,
};

/**
 * Time from the end of one run to the start of the next. A source that answers starts on the beat (a multiple of its cadence),
 * but not before a quarter of it has passed: one that is slower than its cadence so leaves the machine time to breathe.
 * One that is not there is asked ever less often.
 */
export function pauseAfterRun(input: {
  readonly source: SourceId;
  readonly everyMs: number;
  /** From the beat this source began with to the end of the run. */
  readonly sinceBeatMs: number;
  readonly audience: Audience;
  /** Runs in a row without data. */
  readonly misses: number;
}): number {
  const wanted = Math.max(input.everyMs, atLeastMs[input.audience][input.source] ?? 0);
  const minimumGapMs = wanted / 4;
  if (input.misses === 0) return Math.ceil((input.sinceBeatMs + minimumGapMs) / wanted) * wanted - input.sinceBeatMs;
  const backedOff = wanted * 2 ** Math.min(input.misses, 16);
  return Math.max(Math.min(backedOff, Math.max(backOffCeilingMs[input.source], wanted)), minimumGapMs);
}
