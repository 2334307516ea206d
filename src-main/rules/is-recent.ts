/** Clocks differ by seconds; a stamp further ahead of now was made before a clock was set, and its age is not known. */
const mostAheadMs = 60_000;

/** Whether what is stamped `atMs` on the wall clock is less than `withinMs` old; what lies in the future is not. */
export function isRecent(atMs: number, nowMs: number, withinMs: number): boolean {
  const ageMs = nowMs - atMs;
  return ageMs >= -mostAheadMs && ageMs < withinMs;
}
