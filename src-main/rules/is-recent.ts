/** Clocks differ by seconds. */
const mostAheadMs = 60_000;

/** A wall-clock stamp so far ahead of now was made before a clock was set back, or by one that is wrong: its age is not known. */
export function liesAhead(atMs: number, nowMs: number): boolean {
  return atMs > nowMs + mostAheadMs;
}

/** Whether what is stamped `atMs` on the wall clock is less than `withinMs` old; what lies ahead is not. */
export function isRecent(atMs: number, nowMs: number, withinMs: number): boolean {
  return !liesAhead(atMs, nowMs) && nowMs - atMs < withinMs;
}
