import { liesAhead } from '../../rules/is-recent';

/** The newer of two stamps; one that lies ahead gives way to one that does not. */
export function newerStamp(beforeMs: number, atMs: number, nowMs: number): number {
  return atMs > beforeMs || (liesAhead(beforeMs, nowMs) && !liesAhead(atMs, nowMs)) ? atMs : beforeMs;
}
