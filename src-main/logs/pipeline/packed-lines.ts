/** Lines of one source as they go from thread to thread: see PackedBatch. */
export interface LineBlock {
  /** A newline stands behind each line: that is how they are stored. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each line ends; the next one begins behind the newline. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly cutBytes: Uint32Array<ArrayBuffer>;
  readonly atMs: Float64Array<ArrayBuffer>;
}

/** The room of a flood is kept for its next lines; quiet sources, and one long line, hold none. */
const keptFromBytes = 32 * 1024;
const keptToBytes = 1024 * 1024;
const leastBytes = 1024;
const leastLines = 16;
const newline = 10;
const noBytes = Buffer.alloc(0);
const noNumbers: Uint32Array<ArrayBuffer> = new Uint32Array(0);
const noTimes: Float64Array<ArrayBuffer> = new Float64Array(0);

/** Gathers lines as bytes, without an object for each. */
export class PackedLines {
  private bytes = noBytes;
  private ends = noNumbers;
  private cut = noNumbers;
  private atMs = noTimes;
  private length = 0;
  private count = 0;

  get lineCount(): number {
    return this.count;
  }

  get byteCount(): number {
    return this.length;
  }

  /** Room for so many more bytes: they may be written there from `byteCount` on, and then added. */
  reserve(count: number): Buffer {
    const needed = this.length + count + 1;
    if (needed > this.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(leastBytes, needed, this.bytes.length * 2));
      this.bytes.copy(grown, 0, 0, this.length);
      this.bytes = grown;
    }
    return this.bytes;
  }

  /** The line that stands there; what was written behind the lines so far need not be copied. */
  add(source: Buffer, start: number, end: number, atMs: number, cutBytes: number): void {
    const from = this.length;
    const room = this.reserve(end - start);
    if (source !== room || start !== from) source.copy(room, from, start, end);
    if (this.count === this.ends.length) this.growColumns();
    const to = from + end - start;
    room[to] = newline;
    this.length = to + 1;
    this.ends[this.count] = to;
    this.atMs[this.count] = atMs;
    this.cut[this.count] = Math.min(cutBytes, 0xffff_ffff);
    this.count += 1;
  }

  /** Everything so far, in arrays of exactly its size; starts anew. */
  take(): LineBlock {
    const { length, count } = this;
    const bytes = new Uint8Array(length);
    bytes.set(this.bytes.subarray(0, length));
    const block = { bytes, ends: this.ends.slice(0, count), cutBytes: this.cut.slice(0, count), atMs: this.atMs.slice(0, count) };
    this.length = 0;
    this.count = 0;
    if (length < keptFromBytes || length > keptToBytes) {
      this.bytes = noBytes;
      this.ends = noNumbers;
      this.cut = noNumbers;
      this.atMs = noTimes;
    }
    return block;
  }

  private growColumns(): void {
    const size = Math.max(leastLines, this.ends.length * 2);
    const { ends, cut, atMs } = this;
    this.ends = new Uint32Array(size);
    this.ends.set(ends);
    this.cut = new Uint32Array(size);
    this.cut.set(cut);
    this.atMs = new Float64Array(size);
    this.atMs.set(atMs);
  }
}
