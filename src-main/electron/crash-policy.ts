/** A page that crashed is loaded again, once: a second crash this soon would go on for ever. */
const againWithinMs = 60_000;

/** `previousAtMs` is the crash before this one, null for none. Both on a clock that does not jump. */
export function afterCrash(previousAtMs: number | null, nowMs: number): 'reload' | 'ask' {
  return previousAtMs !== null && nowMs - previousAtMs < againWithinMs ? 'ask' : 'reload';
}
