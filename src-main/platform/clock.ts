/** The only reader of time. Wall time for stamps, monotonic time for durations. */
export interface Clock {
  /** Epoch milliseconds; may jump. */
  nowMs(): number;
  /** Milliseconds from an arbitrary origin; never goes back, stops while the machine sleeps on Linux. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
