/** States that should not last: waiting for storage, ended and not collected, stopped. */
const fleetingStates = new Set(['D', 'Z', 'T']);
/** Cores of one process from which on it is busy. */
const busyCores = 0.8;

/** What is looked at in the row of the sample before. */
export interface HeldBefore {
  readonly state: string;
  readonly heldStateSinceMs: number | null;
  readonly busySinceMs: number | null;
}

/** Since when the process was found in the same fleeting state at each look. A look in between that found another ends it. */
export function deriveHeldStateSince(before: HeldBefore | null, state: string, nowMs: number): number | null {
  if (!fleetingStates.has(state)) return null;
  return before?.state === state ? (before.heldStateSinceMs ?? nowMs) : nowMs;
}

/** Since when it was busy in each sample: the first one counts from its beginning. A sample without a rate ends it. */
export function deriveBusySince(
  before: HeldBefore | null,
  cpuCores: number | null,
  elapsedMs: number | null,
  nowMs: number,
): number | null {
  if (cpuCores === null || elapsedMs === null || cpuCores < busyCores) return null;
  return before?.busySinceMs ?? Math.round(nowMs - elapsedMs);
}

/** The row with its spells where they lie on a wall clock that was set by `stepMs`; the same row when there is nothing to move. */
export function moveSpells<Row extends HeldBefore>(row: Row, stepMs: number): Row {
  const { heldStateSinceMs, busySinceMs } = row;
  if (stepMs === 0 || (heldStateSinceMs === null && busySinceMs === null)) return row;
  return {
    ...row,
    heldStateSinceMs: heldStateSinceMs === null ? null : heldStateSinceMs + stepMs,
    busySinceMs: busySinceMs === null ? null : busySinceMs + stepMs,
  };
}
