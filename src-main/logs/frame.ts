import { maxLineBytes } from '../../src-shared/logs/line-limit';
import { LineAccumulator } from '../platform/line-splitter';
import { compareStamps, parseStamp, type Stamp } from './stamp';
import { StampReader } from './stamp-bytes';

export { maxLineBytes };

/** Docker hands a long line on in parts of this size, each with the stamp of the first. */
const partBytes = 16 * 1024;
/** "2026-11-21T03:34:51.561520378Z " is 31; Podman's offsets make it 36. */
const maxStampBytes = 40;
const headerBytes = 8;
const newline = 10;
const space = 32;

export type LogStream = 'stdout' | 'stderr';

export interface LogLine {
  readonly stream: LogStream;
  /** Null when the engine sent none that can be read. */
  readonly stamp: Stamp | null;
  readonly bytes: Buffer;
  readonly cutBytes: number;
}

export type LogLineListener = (line: LogLine) => void;

/** A whole line with its stamp as it stands in a chunk, from `start` to `end`; only for as long as the call takes. */
export type WholeLineListener = (stream: LogStream, chunk: Buffer, start: number, end: number, stamp: Stamp) => void;

/** Takes the log bytes of an engine as they come and gives whole lines. */
export interface LogFramer {
  write(chunk: Buffer): void;
  /** The stream ended: what is unfinished is a line too. */
  flush(): void;
  /** Frames whose header is none: the stream is not what it should be and must be opened anew. */
  readonly isBroken: boolean;
  /** Nothing of the other stream than this one is held back. */
  holdsOnly(stream: LogStream): boolean;
  /** Stamp of the oldest line of which only a part came so far; null: there is none. */
  readonly heldStamp: Stamp | null;
}

/** `onWhole`: for lines that need no putting together, instead of `onLine`. */
export function createLogFramer(tty: boolean, onLine: LogLineListener, onWhole: WholeLineListener | null = null): LogFramer {
  return tty ? new RawFramer(onLine) : new MultiplexedFramer(onLine, onWhole);
}

/**
 * Lines of one stream out of stamped parts. A part continues the line before it when that one had no newline and both
 * carry the same stamp; an unfinished line followed by another stamp was a line of its own. Nothing is held beyond
 * one line's cap.
 */
class StampedLines {
  private readonly line = new LineAccumulator(maxLineBytes);
  /** What may become a stamp, while it is being read. */
  private candidate = '';
  private readsStamp = true;
  private stampText: string | null = null;
  private stamp: Stamp | null = null;
  /** Bytes since the last stamp, to know where Docker may have put the next one into raw output. */
  private bytesInPart = 0;

  constructor(
    private readonly stream: LogStream,
    private readonly raw: boolean,
    private readonly onLine: LogLineListener,
  ) {}

  /** Nothing is held back. */
  get isWhole(): boolean {
    return this.candidate === '' && this.line.isEmpty && (this.readsStamp || this.stampText === null);
  }

  /** Of the line that is being put together. */
  get heldStamp(): Stamp | null {
    return this.stamp;
  }

  /** A frame begins: so does a stamp. */
  beginPart(): void {
    if (this.candidate !== '') this.keepAsContent();
    this.readsStamp = true;
  }

  write(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at = this.readsStamp ? this.readStamp(chunk, at) : this.readContent(chunk, at);
  }

  flush(): void {
    if (this.candidate !== '') this.keepAsContent();
    if (!this.line.isEmpty) this.emit();
    this.readsStamp = true;
  }

  /** Up to and with the space behind it; what turns out to be none is content. */
  private readStamp(chunk: Buffer, start: number): number {
    const limit = Math.min(chunk.length, start + maxStampBytes - this.candidate.length);
    for (let at = start; at < limit; at += 1) {
      if (chunk[at] !== space && chunk[at] !== newline) continue;
      this.candidate += chunk.toString('latin1', start, at);
      if (chunk[at] === space && this.takeStamp()) return at + 1;
      this.keepAsContent();
      return at;
    }
    this.candidate += chunk.toString('latin1', start, limit);
    if (this.candidate.length >= maxStampBytes) this.keepAsContent();
    return limit;
  }

  private readContent(chunk: Buffer, start: number): number {
    const found = chunk.indexOf(newline, start);
    let end = found === -1 ? chunk.length : found;
    // In raw output the stamp of the next part stands in the middle of the line, at exactly this place.
    if (this.raw && this.stamp !== null) end = Math.min(end, start + partBytes - this.bytesInPart);
    this.line.append(chunk.subarray(start, end));
    this.bytesInPart += end - start;
    if (chunk[end] === newline) {
      this.emit();
      this.readsStamp = true;
      return end + 1;
    }
    if (this.raw && this.bytesInPart === partBytes) this.readsStamp = true;
    return end;
  }

  /** False when the candidate is no stamp, or in raw output not the one that this line began with. */
  private takeStamp(): boolean {
    const text = this.candidate;
    const continues = !this.line.isEmpty;
    if (!continues || text !== this.stampText) {
      const stamp = parseStamp(text);
      if (stamp === null || (continues && this.raw)) return false;
      if (continues) this.emit();
      this.stampText = text;
      this.stamp = stamp;
    }
    this.candidate = '';
    this.bytesInPart = 0;
    this.readsStamp = false;
    return true;
  }

  private keepAsContent(): void {
    this.line.append(Buffer.from(this.candidate, 'latin1'));
    this.bytesInPart = this.candidate.length;
    this.candidate = '';
    this.readsStamp = false;
  }

  private emit(): void {
    const { stamp } = this;
    this.stamp = null;
    this.stampText = null;
    this.bytesInPart = 0;
    this.onLine({ stream: this.stream, stamp, ...this.line.take() });
  }
}

/** With a TTY: no frames, stdout and stderr in one, lines end in CR LF. */
class RawFramer implements LogFramer {
  readonly isBroken = false;
  private readonly lines: StampedLines;

  constructor(onLine: LogLineListener) {
    this.lines = new StampedLines('stdout', true, onLine);
  }

  write(chunk: Buffer): void {
    this.lines.write(chunk);
  }

  flush(): void {
    this.lines.flush();
  }

  holdsOnly(): boolean {
    return true;
  }

  get heldStamp(): Stamp | null {
    return this.lines.heldStamp;
  }
}

/** Without a TTY: frames of an 8-byte header (stream, 3 zeros, length) and one part of a line. */
class MultiplexedFramer implements LogFramer {
  private readonly header = Buffer.alloc(headerBytes);
  private headerLength = 0;
  private remaining = 0;
  private readonly streams: Readonly<Record<LogStream, StampedLines>>;
  private current: StampedLines;
  private broken = false;

  private readonly stamp = new StampReader();

  constructor(
    onLine: LogLineListener,
    private readonly onWhole: WholeLineListener | null,
  ) {
    this.streams = { stdout: new StampedLines('stdout', false, onLine), stderr: new StampedLines('stderr', false, onLine) };
    this.current = this.streams.stdout;
  }

  get isBroken(): boolean {
    return this.broken;
  }

  write(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && !this.broken) {
      if (this.remaining === 0) {
        const end = this.headerLength === 0 && this.onWhole !== null ? this.takeWhole(chunk, at, this.onWhole) : null;
        if (end !== null) {
          at = end;
          continue;
        }
        const taken = Math.min(headerBytes - this.headerLength, chunk.length - at);
        chunk.copy(this.header, this.headerLength, at, at + taken);
        this.headerLength += taken;
        at += taken;
        if (this.headerLength === headerBytes) this.beginFrame();
        continue;
      }
      const taken = Math.min(this.remaining, chunk.length - at);
      this.current.write(chunk.subarray(at, at + taken));
      this.remaining -= taken;
      at += taken;
    }
  }

  flush(): void {
    this.streams.stdout.flush();
    this.streams.stderr.flush();
  }

  holdsOnly(stream: LogStream): boolean {
    return this.streams[stream === 'stdout' ? 'stderr' : 'stdout'].isWhole;
  }

  get heldStamp(): Stamp | null {
    const { stdout, stderr } = this.streams;
    if (stdout.heldStamp === null || stderr.heldStamp === null) return stdout.heldStamp ?? stderr.heldStamp;
    return compareStamps(stdout.heldStamp, stderr.heldStamp) < 0 ? stdout.heldStamp : stderr.heldStamp;
  }

  /** A frame that is one whole line, as nearly all are; gives where it ends. Null: it is something else, or not all here. */
  private takeWhole(chunk: Buffer, at: number, onWhole: WholeLineListener): number | null {
    const start = at + headerBytes;
    if (start > chunk.length) return null;
    const kind = chunk[at] ?? 0;
    const end = start + chunk.readUInt32BE(at + 4);
    const hasHeader = (kind === 1 || kind === 2) && ((chunk[at + 1] ?? 0) | (chunk[at + 2] ?? 0) | (chunk[at + 3] ?? 0)) === 0;
    if (!hasHeader || end > chunk.length || end - start > partBytes || chunk.indexOf(newline, start) !== end - 1) return null;
    const stream = kind === 2 ? 'stderr' : 'stdout';
    if (!this.streams[stream].isWhole) return null;
    // Docker writes all nine digits.
    const stampEnd = start + 30;
    if (stampEnd >= end || chunk[stampEnd] !== space || !this.stamp.read(chunk, start, stampEnd)) return null;
    const textEnd = chunk[end - 2] === 13 && end - 2 > stampEnd ? end - 2 : end - 1;
    const { seconds, nanoseconds } = this.stamp;
    onWhole(stream, chunk, stampEnd + 1, textEnd, { seconds, nanoseconds });
    return end;
  }

  private beginFrame(): void {
    this.headerLength = 0;
    const [kind = 0, first = 0, second = 0, third = 0] = this.header;
    this.broken = kind > 2 || (first | second | third) !== 0;
    this.remaining = this.header.readUInt32BE(4);
    this.current = kind === 2 ? this.streams.stderr : this.streams.stdout;
    this.current.beginPart();
  }
}
