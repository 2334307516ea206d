import { setImmediate as afterReads } from 'node:timers/promises';
import type { Timers } from '../../platform/clock';

/** What many tails wait for together, so that they read in one moment and the thread wakes once for all of them. */
export class Beat {
  private waiting: (() => void)[] = [];
  /** Who read between two beats: at the next one hardly anything would be there yet, and what comes after it would wake the thread. */
  private waitingForSecond: (() => void)[] = [];
  private isStriking = false;
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
    this.cancel ??= this.timers.after(this.atMostMs, () => this.release());
    return new Promise((resolve) => {
      (this.isStriking ? this.waiting : this.waitingForSecond).push(resolve);
    });
  }

  /** Resolves when those that waited have read what was there for them. */
  async strike(): Promise<void> {
    const { waiting } = this;
    this.waiting = this.waitingForSecond;
    this.waitingForSecond = [];
    if (waiting.length === 0) return;
    this.restart();
    this.isStriking = true;
    for (const resolve of waiting) resolve();
    await afterReads();
    this.isStriking = false;
  }

  /** The last beat. */
  end(): void {
    this.ended = true;
    this.release();
  }

  private release(): void {
    const all = [...this.waiting, ...this.waitingForSecond];
    this.waiting = [];
    this.waitingForSecond = [];
    this.restart();
    for (const resolve of all) resolve();
  }

  private restart(): void {
    this.cancel?.();
    this.cancel = this.waiting.length === 0 || this.ended ? null : this.timers.after(this.atMostMs, () => this.release());
  }
}
