/** How many came in each of the last minutes; changed in place. */
export class MinuteCounts {
  private readonly counts: number[];
  private minute = 0;

  constructor(private readonly minutes: number) {
    this.counts = new Array<number>(minutes).fill(0);
  }

  /** Those older than the window are not counted. */
  add(atMs: number, nowMs: number, count = 1): void {
    this.advance(nowMs);
    const age = this.minute - Math.min(minuteOf(atMs), this.minute);
    if (age >= this.minutes) return;
    const slot = this.slot(this.minute - age);
    this.counts[slot] = (this.counts[slot] ?? 0) + count;
  }

  /** Oldest first, the running minute last; empty when there were none at all. */
  read(nowMs: number): readonly number[] {
    this.advance(nowMs);
    const read: number[] = [];
    for (let age = this.minutes - 1; age >= 0; age -= 1) read.push(this.counts[this.slot(this.minute - age)] ?? 0);
    return read.some((count) => count > 0) ? read : [];
  }

  absorb(other: MinuteCounts, nowMs: number): void {
    const counts = other.read(nowMs);
    for (const [index, count] of counts.entries()) if (count > 0) this.add(nowMs - (counts.length - 1 - index) * 60_000, nowMs, count);
  }

  private advance(nowMs: number): void {
    const now = minuteOf(nowMs);
    // A clock that was set back: what was counted is of minutes still to come. One that is put right by moments counts on.
    const isSetBack = now < this.minute - 1;
    if (this.minute === 0 || isSetBack || now - this.minute >= this.minutes) this.counts.fill(0);
    else for (let minute = this.minute + 1; minute <= now; minute += 1) this.counts[this.slot(minute)] = 0;
    this.minute = isSetBack ? now : Math.max(this.minute, now);
  }

  private slot(minute: number): number {
    return minute % this.minutes;
  }
}

function minuteOf(atMs: number): number {
  return Math.floor(atMs / 60_000);
}
