/** Pauses between tries: 1, 2, 4 … 30 s. */
export function backOffMs(failures: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.min(failures, 10));
}

/** A pause that can be cut short. */
export class Waker {
  private wakeNow: (() => void) | null = null;

  /** Until `ms` have passed (null: no limit) or `wake` is called. */
  wait(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === null ? null : setTimeout(() => this.wake(), ms);
      timer?.unref();
      this.wakeNow = () => {
        if (timer !== null) clearTimeout(timer);
        this.wakeNow = null;
        resolve();
      };
    });
  }

  wake(): void {
    this.wakeNow?.();
  }
}
