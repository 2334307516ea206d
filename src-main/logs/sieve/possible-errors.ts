import { maxLineBytes } from '../../../src-shared/logs/line-limit';
import { LineAccumulator } from '../../platform/line-splitter';
import type { ErrorSieve } from './error-sieve';
import type { PossibleErrorListener } from './possible-error';

const newline = 10;

/** Takes the bytes of a log, whatever the pieces, and tells its lines that may be errors; without a sieve, all of them. */
export class PossibleErrors {
  private lineCount = 0;
  /** Bytes at the room's begin whose newline has not come. */
  private heldBytes = 0;
  /** Of a line that is longer than the room, or where there is no sieve. */
  private readonly long = new LineAccumulator(maxLineBytes);
  private isLong: boolean;

  constructor(
    private readonly sieve: ErrorSieve | null,
    private readonly onLine: PossibleErrorListener,
  ) {
    this.isLong = sieve === null;
  }

  write(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at = this.sieve === null || this.isLong ? this.writeLong(chunk, at) : this.fill(this.sieve, chunk, at);
  }

  /** The log ended: what is unfinished is a line too. */
  flush(): void {
    if (this.sieve !== null && this.heldBytes > 0) {
      this.long.append(this.sieve.room.subarray(0, this.heldBytes));
      this.heldBytes = 0;
    }
    if (!this.long.isEmpty) this.endLong();
  }

  private fill(sieve: ErrorSieve, chunk: Buffer, start: number): number {
    const { room } = sieve;
    const taken = Math.min(chunk.length - start, room.length - this.heldBytes);
    chunk.copy(room, this.heldBytes, start, start + taken);
    const filled = this.heldBytes + taken;
    const behind = room.lastIndexOf(newline, filled - 1) + 1;
    // What was held is known to have no newline.
    const whole = behind > this.heldBytes ? behind : 0;
    this.lineCount += sieve.sift(whole, false, (index, lineStart, lineEnd) =>
      this.tell(this.lineCount + index + 1, room.subarray(lineStart, lineEnd)),
    );
    room.copyWithin(0, whole, filled);
    this.heldBytes = filled - whole;
    if (this.heldBytes === room.length) {
      this.long.append(room);
      this.heldBytes = 0;
      this.isLong = true;
    }
    return start + taken;
  }

  private writeLong(chunk: Buffer, start: number): number {
    const end = chunk.indexOf(newline, start);
    if (end === -1) {
      this.long.append(chunk.subarray(start));
      return chunk.length;
    }
    this.long.append(chunk.subarray(start, end));
    this.endLong();
    return end + 1;
  }

  private endLong(): void {
    this.isLong = this.sieve === null;
    this.lineCount += 1;
    this.give(this.lineCount);
  }

  private tell(lineNumber: number, line: Buffer): void {
    this.long.append(line);
    this.give(lineNumber);
  }

  private give(lineNumber: number): void {
    const { bytes, cutBytes } = this.long.take();
    this.onLine({ lineNumber, bytes, cutBytes, atMs: null });
  }
}
