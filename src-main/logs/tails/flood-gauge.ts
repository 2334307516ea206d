/** So many lines within so long are a flood. */
const floodLines = 1_000;
const windowMs = 5_000;
const busyLines = 200;
/** In the midst of a flood it is looked at no oftener. */
const everyMs = 250;

/** Tells when a stream brings so many lines that another way to read them is worth while. */
export class FloodGauge {
  private windowFromMs = 0;
  private windowLines = 0;
  private linesBefore = 0;
  private askedAtMs = Number.NEGATIVE_INFINITY;
  private lines = 0;

  constructor(private readonly monotonicMs: () => number) {}

  /** Since the last start. */
  get lineCount(): number {
    return this.lines;
  }

  /** A stream begins. */
  restart(): void {
    this.lines = 0;
    this.windowLines = 0;
    this.linesBefore = 0;
    this.windowFromMs = this.monotonicMs();
  }

  count(): void {
    this.lines += 1;
    this.windowLines += 1;
  }

  /** More than trickles in. */
  get isBusy(): boolean {
    return Math.max(this.windowLines, this.linesBefore) >= busyLines;
  }

  get isFlooded(): boolean {
    if (this.windowLines < floodLines) {
      this.begin();
      return false;
    }
    const nowMs = this.monotonicMs();
    if (nowMs - this.askedAtMs < everyMs) return false;
    this.askedAtMs = nowMs;
    return true;
  }

  private begin(): void {
    const nowMs = this.monotonicMs();
    if (nowMs - this.windowFromMs < windowMs) return;
    this.windowFromMs = nowMs;
    this.linesBefore = this.windowLines;
    this.windowLines = 0;
  }
}
