/** A line within a copy of several. */
interface KeptLine {
  readonly copy: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Copies of the newest lines of a kind: places are noted as they pass, bytes copied once for each piece of the log. */
export class LineRing {
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private noted = 0;
  private lines: KeptLine[] = [];

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

  /** Before the bytes go away. Lines that follow each other are copied as one. */
  settle(bytes: Uint8Array): void {
    if (this.noted === 0) return;
    const fresh: KeptLine[] = [];
    let index = Math.max(0, this.noted - this.size);
    while (index < this.noted) {
      const first = index;
      const start = this.starts[first % this.size] as number;
      let end = this.ends[first % this.size] as number;
      for (index += 1; index < this.noted; index++) {
        const next = this.starts[index % this.size] as number;
        // CR and LF at most.
        if (next < end || next > end + 2) break;
        end = this.ends[index % this.size] as number;
      }
      const copy = Buffer.from(bytes.subarray(start, end));
      for (let line = first; line < index; line++) {
        const slot = line % this.size;
        fresh.push({ copy, start: (this.starts[slot] as number) - start, end: (this.ends[slot] as number) - start });
      }
    }
    this.lines = fresh.length >= this.size ? fresh : [...this.lines, ...fresh].slice(-this.size);
    this.noted = 0;
  }

  /** Oldest first. */
  all(): readonly Buffer[] {
    return this.lines.map(({ copy, start, end }) => copy.subarray(start, end));
  }

  restore(lines: readonly Uint8Array[]): void {
    this.lines = lines.map((line) => ({ copy: Buffer.from(line), start: 0, end: line.length }));
  }

  /** `other` is of a later part of the log. */
  merge(other: LineRing): void {
    this.lines = [...this.lines, ...other.lines].slice(-this.size);
  }
}
