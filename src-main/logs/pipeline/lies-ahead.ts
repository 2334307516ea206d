/** Clocks differ by moments. */
const mostAheadMs = 60_000;

/** A stamp so far ahead of now was made before a clock was set back, or by one that is wrong: when that was it does not tell. */
export function liesAhead(atMs: number, nowMs: number): boolean {
  return atMs > nowMs + mostAheadMs;
}

/** The newer of two stamps; one that lies ahead gives way to one that does not. */
export function newerStamp(beforeMs: number, atMs: number, nowMs: number): number {
  return atMs > beforeMs || (liesAhead(beforeMs, nowMs) && !liesAhead(atMs, nowMs)) ? atMs : beforeMs;
}
