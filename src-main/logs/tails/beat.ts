import type { Timers } from '../../platform/clock';

/** What many tails wait for together, so that they read in one moment and the thread wakes once for all of them. */
export class Beat {
  private waiting: (() => void)[] = [];
  private cancel: (() => void) | null = null;
  private ended = false;

  /** `atMostMs`: it strikes by itself when nobody else does for so long. */
  constructor(
    private readonly timers: Timers,
    private readonly atMostMs: number,
  ) {}

  /** Null: there is nothing to wait for any more. */
  wait(): Promise<void> | null {
    if (this.ended) return null;
    this.cancel ??= this.timers.after(this.atMostMs, () => this.strike());
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  strike(): void {
    this.cancel?.();
    this.cancel = null;
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** The last strike. */
  end(): void {
    this.ended = true;
    this.strike();
  }
}
