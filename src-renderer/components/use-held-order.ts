import { useRef, useState } from 'react';

/** How often a list that sorts itself may change its order. */
const settleMs = 5000;

interface HeldOrder {
  readonly ids: readonly string[];
  /** Put these on the element whose rows must not move under the pointer. */
  readonly hold: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
  };
}

/**
 * Keeps rows where they are while somebody points at them, and otherwise lets them change places every few seconds at most.
 * `urgent` (any string) forces the wanted order at once when it changes and nobody points: a new level, another sort column.
 * New ones come last, or where they belong as long as nobody points.
 */
export function useHeldOrder(wanted: readonly string[], urgent: string, nowMs: number, newOnes: 'last' | 'in-place' = 'last'): HeldOrder {
  const [held, setHeld] = useState(false);
  const shown = useRef<{ ids: readonly string[]; urgent: string; atMs: number }>({ ids: wanted, urgent, atMs: nowMs });
  const before = shown.current;
  // Either way: of a clock that was set back, rows would wait until it has caught up.
  const due = !held && (before.urgent !== urgent || Math.abs(nowMs - before.atMs) >= settleMs);
  if (due) shown.current = { ids: wanted, urgent, atMs: nowMs };
  else shown.current = { ...before, ids: held || newOnes === 'last' ? keepOrder(before.ids, wanted) : placeNew(before.ids, wanted) };
  return {
    ids: shown.current.ids,
    hold: {
      onPointerEnter: () => setHeld(true),
      onPointerLeave: () => setHeld(false),
    },
  };
}

/** The old order without what is gone; what is new stands behind the one it should follow. The same array when nothing changed. */
export function placeNew(before: readonly string[], wanted: readonly string[]): readonly string[] {
  const present = new Set(wanted);
  const kept = before.filter((id) => present.has(id));
  if (kept.length === before.length && kept.length === wanted.length) return before;
  const known = new Set(kept);
  const first: string[] = [];
  const followers = new Map<string, string[]>();
  let last = first;
  for (const id of wanted) {
    if (!known.has(id)) {
      last.push(id);
      continue;
    }
    last = [];
    followers.set(id, last);
  }
  return [...first, ...kept.flatMap((id) => [id, ...(followers.get(id) ?? [])])];
}

/** The old order without what is gone; what is new comes last. The same array when nothing changed. */
export function keepOrder(before: readonly string[], wanted: readonly string[]): readonly string[] {
  const present = new Set(wanted);
  const kept = before.filter((id) => present.has(id));
  if (kept.length === before.length && kept.length === wanted.length) return before;
  const known = new Set(kept);
  return [...kept, ...wanted.filter((id) => !known.has(id))];
}
