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
