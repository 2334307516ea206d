/** The only reader of time. Wall time for stamps, monotonic time for durations. */
export interface Clock {
  /** Epoch milliseconds; may jump. */
  nowMs(): number;
  /** Milliseconds from an arbitrary origin; never goes back, stops while the machine sleeps on Linux. */
  monotonicMs(): number;
}

/** One-shot timers; only the engine and reconnecting streams use them. */
export interface Timers {
  /** Calls once after `delayMs`; the returned function cancels. */
  after(delayMs: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** None of them keeps the process alive. */
export const idleTimers: Timers = {
  after(delayMs, call) {
    const handle = setTimeout(call, delayMs).unref();
    return () => clearTimeout(handle);
  },
};

export const systemTimers: Timers = {
  after(delayMs, call) {
    const handle = setTimeout(call, delayMs);
    return () => clearTimeout(handle);
  },
};
