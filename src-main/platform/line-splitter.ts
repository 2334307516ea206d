/**
 * Collects one line of unknown length in bounded memory: the first `maxBytes` are kept, the rest is counted without being
 * stored. The cap sits here, below any joining of parts, because a cap applied after joining runs out of memory.
 */
export class LineAccumulator {
  private buffer = Buffer.alloc(0);
  private keptBytes = 0;
  private droppedBytes = 0;
  private lastByte = -1;

  constructor(private readonly maxBytes: number) {}

  get isEmpty(): boolean {
    return this.keptBytes === 0 && this.droppedBytes === 0;
  }

  append(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.lastByte = bytes[bytes.length - 1] ?? -1;
    const taken = Math.min(bytes.length, this.maxBytes - this.keptBytes);
    if (taken > 0) {
      this.grow(this.keptBytes + taken);
      bytes.copy(this.buffer, this.keptBytes, 0, taken);
      this.keptBytes += taken;
    }
    this.droppedBytes += bytes.length - taken;
  }

  /** The line without its carriage return, cut at a UTF-8 code-point boundary, and how many of its bytes are missing. Starts anew. */
  take(): { readonly bytes: Buffer; readonly cutBytes: number } {
    let end = this.keptBytes;
    let cutBytes = this.droppedBytes;
    if (cutBytes > 0) {
      if (this.lastByte === 13) cutBytes -= 1;
      const whole = codePointBoundary(this.buffer, end);
      cutBytes += end - whole;
      end = whole;
    } else if (end > 0 && this.buffer[end - 1] === 13) {
      end -= 1;
    }
    const bytes = Buffer.from(this.buffer.subarray(0, end));
    this.clear();
    return { bytes, cutBytes };
  }

  clear(): void {
    this.keptBytes = 0;
    this.droppedBytes = 0;
    this.lastByte = -1;
    // One long line must not hold its buffer for ever in each of a hundred quiet followers.
    if (this.buffer.length > 4096) this.buffer = Buffer.alloc(0);
  }

  private grow(neededBytes: number): void {
    if (neededBytes <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.min(this.maxBytes, Math.max(256, neededBytes, this.buffer.length * 2)));
    this.buffer.copy(grown, 0, 0, this.keptBytes);
    this.buffer = grown;
  }
}

/** The last index <= end that does not cut a UTF-8 sequence in two; invalid bytes are left as they are. */
export function codePointBoundary(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= 4 && back <= end; back += 1) {
    const byte = bytes[end - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const length = byte >= 0b1111_0000 ? 4 : byte >= 0b1110_0000 ? 3 : byte >= 0b1100_0000 ? 2 : 1;
    return length > back ? end - back : end;
  }
  return end;
}

export type LineListener = (bytes: Buffer, cutBytes: number) => void;

/** Splits a byte stream at newlines, whatever the chunks; each line bounded as above. `flush` gives an unfinished last line. */
export class LineSplitter {
  private readonly line: LineAccumulator;

  constructor(
    maxBytes: number,
    private readonly onLine: LineListener,
  ) {
    this.line = new LineAccumulator(maxBytes);
  }

  write(chunk: Buffer): void {
    let start = 0;
    for (let newline = chunk.indexOf(10); newline !== -1; newline = chunk.indexOf(10, start)) {
      this.line.append(chunk.subarray(start, newline));
      start = newline + 1;
      this.emit();
    }
    this.line.append(chunk.subarray(start));
  }

  flush(): void {
    if (!this.line.isEmpty) this.emit();
  }

  private emit(): void {
    const { bytes, cutBytes } = this.line.take();
    this.onLine(bytes, cutBytes);
  }
}
