import type { Generation } from './generation';

/** A file that was rotated away is let go after so long without a new byte: writers need a while to open the new one. */
const quietBeforeClosingMs = 5_000;
/** A deleted one in any case, for its space is held as long as it is open. */
const deletedOpenMs = 8_000;

/** A file that is not at its path any more, while its writer may still write to it. Times are of the monotonic clock. */
export class Draining {
  /** Null: nothing was read of it since it was found. */
  private lastByteAtMs: number | null;

  /** `isRead`: it was followed until now; else it came to light, and what is in it is still to be read. */
  constructor(
    readonly generation: Generation,
    private readonly detachedAtMs: number,
    isRead: boolean,
  ) {
    this.lastByteAtMs = isRead ? detachedAtMs : null;
  }

  get isUnread(): boolean {
    return this.lastByteAtMs === null;
  }

  startReading(nowMs: number): void {
    this.lastByteAtMs ??= nowMs;
  }

  noteBytes(nowMs: number): void {
    this.lastByteAtMs = nowMs;
  }

  /** Nothing more is to be expected of it, or its space is wanted back. `hadMore`: there was something to read just now. */
  isOver(hadMore: boolean, nowMs: number): boolean {
    const isQuiet = !hadMore && nowMs - (this.lastByteAtMs ?? nowMs) >= quietBeforeClosingMs;
    return isQuiet || (nowMs - this.detachedAtMs >= deletedOpenMs && this.generation.isDeleted);
  }
}
