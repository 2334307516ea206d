import { inputBytes, longestLine } from '../wasm/layout';
import { type LineScanner, lineScanner } from '../wasm/line-scanner';
import { LineFields, type LineParser } from './line-fields';
import type { ScanPlan } from './line-scan';

/** A longer line is no request: it is counted as malformed and dropped up to its end. */
export const longestLineBytes = longestLine;

/** Takes what the feeder finds. Bytes are valid during the call only. */
export interface LineSink {
  request(fields: LineFields): void;
  /** `start` to `end` of `bytes`, at most 64 KiB. */
  malformed(bytes: Uint8Array, start: number, end: number): void;
  /** A piece of the log is through: what is kept of its bytes must be copied now. */
  settle(bytes: Uint8Array): void;
}

/**
 * Cuts pieces of a log, split anywhere, into lines and hands them to a parser, or to WebAssembly where that reads the format. Keeps at most
 * one unfinished line.
 */
export class LineFeeder {
  private readonly fields = new LineFields();
  private rest: Buffer = Buffer.alloc(0);
  private isSkipping = false;

  /** `scanner` null: lines go to the parser whatever the format. */
  constructor(
    private readonly parser: LineParser,
    private readonly sink: LineSink,
    private readonly scanner: LineScanner | null = parser.scanPlan === undefined ? null : lineScanner(),
  ) {}

  /** Where the next piece may be read to, for `write` to take it without copying; its bytes are anyone's afterwards. Null: anywhere. */
  get room(): Buffer | null {
    return this.scanner?.room ?? null;
  }

  write(chunk: Buffer): void {
    let from = 0;
    if (this.rest.length > 0 || this.isSkipping) {
      const newline = chunk.indexOf(10);
      const head = newline < 0 ? chunk : chunk.subarray(0, newline + 1);
      this.extendRest(head);
      if (newline < 0) return;
      from = newline + 1;
    }
    const last = chunk.lastIndexOf(10);
    if (last >= from) this.lines(chunk, from, last + 1);
    const left = Math.max(from, last + 1);
    if (left < chunk.length) this.extendRest(chunk.subarray(left));
  }

  /** The last line may have no newline. */
  end(): void {
    if (this.rest.length > 0) this.lines(Buffer.concat([this.rest, newlineByte]), 0, this.rest.length + 1);
    this.rest = Buffer.alloc(0);
    this.isSkipping = false;
  }

  private extendRest(more: Buffer): void {
    const isWhole = more[more.length - 1] === 10;
    if (this.isSkipping) {
      if (isWhole) this.isSkipping = false;
      return;
    }
    if (this.rest.length + more.length > longestLineBytes + 1) {
      const start = Buffer.concat([this.rest, more.subarray(0, longestLineBytes - this.rest.length)]);
      this.sink.malformed(start, 0, start.length);
      this.rest = Buffer.alloc(0);
      this.isSkipping = !isWhole;
      return;
    }
    const joined = Buffer.concat([this.rest, more]);
    this.rest = isWhole ? Buffer.alloc(0) : joined;
    if (isWhole) this.lines(joined, 0, joined.length);
  }

  /** Whole lines, the last byte of which is a newline. */
  private lines(bytes: Buffer, from: number, to: number): void {
    const { scanner, parser } = this;
    if (scanner === null || parser.scanPlan === undefined) this.parseLines(bytes, from, to);
    else this.scanLines(scanner, parser.scanPlan, bytes, from, to);
  }

  private scanLines(scanner: LineScanner, plan: ScanPlan, bytes: Buffer, from: number, to: number): void {
    let start = from;
    const isThere = bytes.buffer === scanner.bytes.buffer;
    while (start < to) {
      const stop = isThere || to - start <= inputBytes ? to : bytes.lastIndexOf(10, start + inputBytes - 1) + 1;
      if (stop > start) {
        const taken = scanner.take(bytes.subarray(start, stop));
        this.scanTaken(scanner, plan, taken, taken + stop - start);
        start = stop;
      } else {
        // A line that its memory does not hold.
        const next = bytes.indexOf(10, start) + 1;
        this.parseLines(bytes, start, next);
        start = next;
      }
    }
  }

  private scanTaken(scanner: LineScanner, plan: ScanPlan, from: number, to: number): void {
    const { fields, sink } = this;
    fields.bytes = scanner.bytes;
    fields.view = scanner.view;
    let at = from;
    while (at < to) {
      at = scanner.scan(plan, at, to);
      const { requestCount, badLineCount } = scanner;
      for (let index = 0; index < requestCount; index++) {
        scanner.fill(fields, index, plan);
        sink.request(fields);
      }
      for (let index = 0; index < badLineCount; index++)
        sink.malformed(scanner.bytes, scanner.badLineStart(index), scanner.badLineEnd(index));
    }
    sink.settle(scanner.bytes);
  }

  private parseLines(bytes: Buffer, from: number, to: number): void {
    const { fields, parser, sink } = this;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let start = from;
    while (start < to) {
      const newline = bytes.indexOf(10, start);
      const end = newline > start && bytes[newline - 1] === 13 ? newline - 1 : newline;
      if (end > start) {
        fields.bytes = bytes;
        fields.view = view;
        fields.lineStart = start;
        fields.lineEnd = end;
        if (end - start <= longestLineBytes && parser.parse(fields, start, end)) sink.request(fields);
        else if (bytes[start] !== 35) sink.malformed(bytes, start, Math.min(end, start + longestLineBytes));
      }
      start = newline + 1;
    }
    sink.settle(bytes);
  }
}

const newlineByte = Buffer.from('\n');
