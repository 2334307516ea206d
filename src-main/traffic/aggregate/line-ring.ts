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
  private next = 0;
  private noted = 0;
  private lines: KeptLine[] = [];

  constructor(private readonly size: number) {
    this.starts = new Int32Array(size);
    this.ends = new Int32Array(size);
  }

  note(start: number, end: number): void {
    // Counted, not divided: this is done for each line.
    const slot = this.next;
    this.starts[slot] = start;
    this.ends[slot] = end;
    this.next = slot + 1 === this.size ? 0 : slot + 1;
    if (this.noted < this.size) this.noted += 1;
  }

  /** Before the bytes go away: into one copy, for a buffer of its own costs more than a line's bytes. */
  settle(bytes: Uint8Array): void {
    const { noted, size, starts, ends } = this;
    if (noted === 0) return;
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const oldest = this.next + size - noted;
    let total = 0;
    for (let index = 0; index < noted; index++)
      total += (ends[(oldest + index) % size] as number) - (starts[(oldest + index) % size] as number);
    const copy = Buffer.allocUnsafeSlow(total);
    const fresh: KeptLine[] = [];
    let at = 0;
    for (let index = 0; index < noted; index++) {
      const start = at;
      at += source.copy(copy, at, starts[(oldest + index) % size], ends[(oldest + index) % size]);
      fresh.push({ copy, start, end: at });
    }
    this.lines = noted === size ? fresh : [...this.lines, ...fresh].slice(-size);
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
