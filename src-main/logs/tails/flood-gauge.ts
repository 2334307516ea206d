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
    return this.linesOfWindow() >= busyLines;
  }

  /** Seldom true twice in a moment, in the midst of a flood too. */
  get isFlooded(): boolean {
    if (this.linesOfWindow() < floodLines) return false;
    const nowMs = this.monotonicMs();
    if (nowMs - this.askedAtMs < everyMs) return false;
    this.askedAtMs = nowMs;
    return true;
  }

  /** Of this window or of the one before, whichever had more. */
  private linesOfWindow(): number {
    const nowMs = this.monotonicMs();
    const elapsedMs = nowMs - this.windowFromMs;
    if (elapsedMs >= windowMs) {
      // Nobody asked while nothing came: what came first is spread over all that time.
      this.linesBefore = (this.windowLines * windowMs) / elapsedMs;
      this.windowLines = 0;
      this.windowFromMs = nowMs;
    }
    return Math.max(this.windowLines, this.linesBefore);
  }
}
