/**
 * Cores kept busy between two readings of a process's time counter: (ticks / ticksPerSecond) / seconds, as top counts.
 * Null without a usable gap, without a reading before, or when the counter ran backwards.
 */
export function deriveCpuCores(
  previousTicks: number | null,
  currentTicks: number,
  elapsedMs: number | null,
  ticksPerSecond: number,
): number | null {
  if (previousTicks === null || elapsedMs === null || elapsedMs <= 0 || currentTicks < previousTicks) return null;
  return (currentTicks - previousTicks) / ticksPerSecond / (elapsedMs / 1000);
}

/** Boot time wobbles by seconds; further than this it moved because the wall clock was set. */
const mostWobbleMs = 60_000;

/** The start stamp of the sample before, as long as boot time only wobbles; `bootTellsMs`: what it comes to by boot time now. */
export function deriveStartedAt(beforeMs: number | null, bootTellsMs: number | null): number | null {
  if (beforeMs === null || bootTellsMs === null) return beforeMs ?? bootTellsMs;
  return Math.abs(bootTellsMs - beforeMs) > mostWobbleMs ? bootTellsMs : beforeMs;
}
