/** Something that may take long to answer (a network file system, a sensor behind a slow bus), kept apart from the fast path. */
export interface SlowReading<T> {
  /** Starts a read when one is due and none is under way; never waits. Throws what the read before unexpectedly threw. */
  refresh(nowMs: number): void;
  /** The last value; null before the first answer. */
  readonly value: T | null;
  /** Since when a read has been waiting for its answer; null when none is. */
  readonly pendingSinceMs: number | null;
  /** Settles when the read under way does; never rejects. */
  readonly settled: Promise<void>;
}

export function slowReading<T>(everyMs: number, read: () => Promise<T>): SlowReading<T> {
  let value: T | null = null;
  let pendingSinceMs: number | null = null;
  let nextAtMs = Number.NEGATIVE_INFINITY;
  let settled = Promise.resolve();
  let problem: { readonly error: unknown } | null = null;

  async function run(): Promise<void> {
    try {
      value = await read();
    } catch (error) {
      // Thrown at the next refresh, inside the collector's run, where the engine catches and reports it.
      problem = { error };
    } finally {
      pendingSinceMs = null;
    }
  }

  return {
    refresh(nowMs) {
      if (problem !== null) {
        const { error } = problem;
        problem = null;
        throw error;
      }
      if (pendingSinceMs !== null || nowMs < nextAtMs) return;
      pendingSinceMs = nowMs;
      nextAtMs = nowMs + everyMs;
      settled = run();
    },
    get value() {
      return value;
    },
    get pendingSinceMs() {
      return pendingSinceMs;
    },
    get settled() {
      return settled;
    },
  };
}

/** Waits for a promise that never rejects, but not longer than `atMostMs`. */
export async function waitAtMost(promise: Promise<unknown>, atMostMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, atMostMs);
  });
  await Promise.race([promise, timeout]);
  clearTimeout(timer);
}

/** Runs one task after the other: what hangs holds one thread of the pool that all file access shares, not all of them. */
export function createLane(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task, task);
    last = result;
    return result;
  };
}
