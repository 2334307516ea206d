/** Copies of the newest lines of a kind: places are noted as they pass, bytes copied once for each piece of the log. */
export class LineRing {
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private noted = 0;
  private lines: Buffer[] = [];

  constructor(private readonly size: number) {
    this.starts = new Int32Array(size);
    this.ends = new Int32Array(size);
  }

  note(start: number, end: number): void {
    const slot = this.noted % this.size;
    this.starts[slot] = start;
    this.ends[slot] = end;
    this.noted += 1;
  }

  /** Before the bytes go away. */
  settle(bytes: Uint8Array): void {
    if (this.noted === 0) return;
    const count = Math.min(this.noted, this.size);
    const fresh: Buffer[] = [];
    for (let index = this.noted - count; index < this.noted; index++) {
      const slot = index % this.size;
      fresh.push(Buffer.from(bytes.subarray(this.starts[slot], this.ends[slot])));
    }
    this.lines = [...this.lines, ...fresh].slice(-this.size);
    this.noted = 0;
  }

  /** Oldest first. */
  all(): readonly Buffer[] {
    return this.lines;
  }

  restore(lines: readonly Uint8Array[]): void {
    this.lines = lines.map((line) => Buffer.from(line));
  }

  /** `other` is of a later part of the log. */
  merge(other: LineRing): void {
    this.lines = [...this.lines, ...other.lines].slice(-this.size);
  }
}
