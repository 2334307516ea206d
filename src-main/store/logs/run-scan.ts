import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Scan } from './scan-segments';

/** A search ends after this long with what it has found, in ms. */
export const searchLimitMs = 5_000;
const sliceMs = 8;

/** Runs without a pause: for a thread of its own. */
export function runScan<T>(scan: Scan<T>, monotonicMs: () => number): T {
  const endAtMs = monotonicMs() + searchLimitMs;
  let step = scan.next(false);
  while (!step.done) step = scan.next(monotonicMs() > endAtMs);
  return step.value;
}

/** Lets others run every few ms. */
export async function runScanInSlices<T>(scan: Scan<T>, monotonicMs: () => number): Promise<T> {
  const endAtMs = monotonicMs() + searchLimitMs;
  let sliceEndAtMs = monotonicMs() + sliceMs;
  let step = scan.next(false);
  while (!step.done) {
    if (monotonicMs() > sliceEndAtMs) {
      await nextTurn();
      sliceEndAtMs = monotonicMs() + sliceMs;
    }
    step = scan.next(monotonicMs() > endAtMs);
  }
  return step.value;
}
