import { PackedLines } from '../pipeline/packed-lines';
import type { RecordReader } from '../tails/json-file-follower';
import { JsonFileLines } from '../tails/json-file-lines';
import type { ErrorSieve } from './error-sieve';
import type { PossibleErrorListener } from './possible-error';
import { tellBlock } from './possible-errors-in-block';

const newline = 10;

/**
 * Takes the log file of a container, as Docker's json-file driver writes it, and tells its lines that may be errors. Records that are none
 * are passed over as bytes; the others are read as JsonFileLines reads them.
 */
export class PossibleErrorRecords implements RecordReader {
  private readonly out = new PackedLines();
  private readonly records = new JsonFileLines(this.out, null, { note: () => undefined, hold: () => undefined });

  constructor(
    private readonly sieve: ErrorSieve | null,
    private readonly onLine: PossibleErrorListener,
  ) {}

  get room(): Buffer | null {
    return this.sieve?.room ?? null;
  }

  get isBroken(): boolean {
    return this.records.isBroken;
  }

  /** A chunk has at most as many bytes as the room. */
  write(chunk: Buffer, length: number): number {
    const whole = length === 0 ? 0 : chunk.lastIndexOf(newline, length - 1) + 1;
    if (this.sieve === null) this.records.write(chunk, whole);
    else if (whole > 0) this.sift(this.sieve, chunk, whole);
    this.tellRead();
    return whole;
  }

  /** The container ended: what is unfinished is a line too. */
  flush(): void {
    this.records.flush();
    this.tellRead();
  }

  private sift(sieve: ErrorSieve, chunk: Buffer, whole: number): void {
    const { room } = sieve;
    if (chunk !== room) chunk.copy(room, 0, 0, whole);
    let readTo = this.records.isWhole ? 0 : this.readParts(room, 0, whole);
    sieve.sift(whole, true, (_, start) => {
      if (start >= readTo) readTo = this.readParts(room, start, whole);
    });
  }

  /** A record, and those behind it up to where no part of a line is held any more; gives where the next one begins. */
  private readParts(room: Buffer, start: number, whole: number): number {
    let at = start;
    do {
      const end = room.indexOf(newline, at) + 1;
      this.records.write(room.subarray(at, end), end - at);
      at = end;
    } while (at < whole && !this.records.isWhole && !this.isBroken);
    return this.isBroken ? whole : at;
  }

  private tellRead(): void {
    if (this.out.lineCount > 0) tellBlock(this.out.take(), this.onLine);
  }
}
