import { maxLineBytes } from '../../../src-shared/logs/line-limit';
import { LineAccumulator } from '../../platform/line-splitter';
import type { LogStream } from '../frame';
import type { PackedLines } from '../pipeline/packed-lines';
import { compareStamps, parseStamp, type Stamp } from '../stamp';
import { StampReader } from '../stamp-bytes';
import { unescapeJson } from './json-text';
import type { KnownLine, LinePlace } from './line-place';

const newline = 10;
const quote = 34;
const backslash = 92;
const head = Buffer.from('{"log":"');
const beforeTime = Buffer.from('","stream":"std???","time":"');
const stdoutMark = Buffer.from('out');
const stderrMark = Buffer.from('err');
/** With up to nine digits of a second and the Z. */
const maxTimeLength = 30;

/** What one record says, when its shape is not the usual one. */
interface ReadRecord {
  readonly log: string;
  readonly stream: string;
  readonly time: string;
}

/**
 * Lines of a log file that Docker's json-file driver writes: a record a line, `{"log":"…\n","stream":"stdout","time":"…Z"}`. Gives the
 * same lines with the same stamps as the engine's own stream of them: parts of a long line are put together, a carriage return is
 * taken away. Looks at bytes; records of another shape (attributes, another writer) go through JSON.parse.
 */
export class JsonFileLines {
  readonly room = null;
  /** Of the newest line given. */
  lastAtMs: number | null = null;
  /** Lines given, and those of them that were too long. */
  lineCount = 0;
  cutCount = 0;
  private broken = false;
  private passing: { readonly line: KnownLine; left: number } | null = null;
  private readonly stamp = new StampReader();
  private readonly parts = { stdout: new PartialLine('stdout'), stderr: new PartialLine('stderr') };

  /** `known`: nothing is given up to it; null: everything is. `read`: where lines that are given are noted. */
  constructor(
    private readonly out: PackedLines,
    known: KnownLine | null,
    private readonly read: Pick<LinePlace, 'note' | 'hold'>,
  ) {
    if (known === null) return;
    this.passing = { line: known, left: known.count };
  }

  /** A record made no sense: this is no log of the driver, or was written over. Nothing is read any more. */
  get isBroken(): boolean {
    return this.broken;
  }

  /** The known line was found: this is the log that was read before. */
  get isBehindKnown(): boolean {
    return this.passing === null;
  }

  /** No line is held that is not whole. */
  get isWhole(): boolean {
    return this.parts.stdout.isEmpty && this.parts.stderr.isEmpty;
  }

  /** Stamp of the record read last, whether it was given or not. */
  get readStamp(): Stamp {
    const { seconds, nanoseconds } = this.stamp;
    return { seconds, nanoseconds };
  }

  /** Of the older line that is not whole; null: none is held. */
  private get heldStamp(): Stamp | null {
    const { stdout, stderr } = this.parts;
    if (stdout.isEmpty || stderr.isEmpty) return stdout.stamp ?? stderr.stamp;
    return compareStamps(stdout, stderr) < 0 ? stdout.stamp : stderr.stamp;
  }

  /** Takes the whole records that begin at 0; gives how many bytes they are. */
  write(chunk: Buffer, length: number): number {
    let at = 0;
    while (!this.broken) {
      const end = chunk.indexOf(newline, at);
      if (end === -1 || end >= length) break;
      this.takeRecord(chunk, at, end);
      at = end + 1;
    }
    if (this.passing === null) this.read.hold(this.heldStamp);
    return at;
  }

  /** The log ended: what is unfinished is a line too. */
  flush(): void {
    for (const part of [this.parts.stdout, this.parts.stderr]) this.endPart(part);
    this.read.hold(null);
  }

  private takeRecord(chunk: Buffer, start: number, end: number): void {
    if (!this.takeUsual(chunk, start, end)) this.takeUnusual(chunk, start, end);
  }

  /** False: its shape is another one. */
  private takeUsual(chunk: Buffer, start: number, end: number): boolean {
    const timeEnd = end - 2;
    // "}
    if (chunk[end - 1] !== 125 || chunk[timeEnd] !== quote || !startsWith(chunk, start, head)) return false;
    let timeStart = timeEnd - 1;
    const least = timeEnd - maxTimeLength;
    while (timeStart >= least && chunk[timeStart] !== quote) timeStart -= 1;
    timeStart += 1;
    const textEnd = timeStart - beforeTime.length;
    if (textEnd < start + head.length) return false;
    const stream = readMiddle(chunk, textEnd);
    if (stream === null || !this.stamp.read(chunk, timeStart, timeEnd)) return false;
    this.takeText(chunk, start + head.length, textEnd, this.parts[stream]);
    return true;
  }

  private takeUnusual(chunk: Buffer, start: number, end: number): void {
    const record = parseRecord(chunk.toString('utf8', start, end));
    const stamp = record === null ? null : parseStamp(record.time);
    if (record === null || stamp === null) {
      this.broken = true;
      return;
    }
    this.stamp.set(stamp);
    const isWhole = record.log.endsWith('\n');
    const text = Buffer.from(isWhole ? record.log.slice(0, -1) : record.log);
    this.takeContent(text, 0, text.length, isWhole, record.stream === 'stderr' ? this.parts.stderr : this.parts.stdout);
  }

  /** Text as it stands in the record, between the quotes. */
  private takeText(chunk: Buffer, start: number, end: number, part: PartialLine): void {
    const isWhole = endsInNewline(chunk, start, end);
    const textEnd = isWhole ? end - 2 : end;
    const slash = chunk.indexOf(backslash, start);
    if (slash === -1 || slash >= textEnd) {
      this.takeContent(chunk, start, textEnd, isWhole, part);
      return;
    }
    const room = this.out.reserve(textEnd - start);
    const from = this.out.byteCount;
    // Behind what is kept: whoever keeps it copies it to where it stands already.
    const length = unescapeJson(chunk, start, textEnd, room, from);
    if (length === null) this.broken = true;
    else this.takeContent(room, from, from + length, isWhole, part);
  }

  private takeContent(source: Buffer, start: number, end: number, isWhole: boolean, part: PartialLine): void {
    const { seconds, nanoseconds } = this.stamp;
    if (!part.isEmpty && !part.hasStamp(seconds, nanoseconds)) this.endPart(part);
    if (part.isEmpty && isWhole && end - start <= maxLineBytes) {
      const lineEnd = end > start && source[end - 1] === 13 ? end - 1 : end;
      this.give(part.stream, source, start, lineEnd, 0, seconds, nanoseconds);
      return;
    }
    part.append(source.subarray(start, end), seconds, nanoseconds);
    if (isWhole) this.endPart(part);
  }

  private endPart(part: PartialLine): void {
    if (part.isEmpty) return;
    const { seconds, nanoseconds } = part;
    const { bytes, cutBytes } = part.take();
    this.give(part.stream, bytes, 0, bytes.length, cutBytes, seconds, nanoseconds);
  }

  private give(
    stream: LogStream,
    source: Buffer,
    start: number,
    end: number,
    cutBytes: number,
    seconds: number,
    nanoseconds: number,
  ): void {
    if (this.passing !== null) {
      const { line } = this.passing;
      if (line.stream !== stream || line.stamp.seconds !== seconds || line.stamp.nanoseconds !== nanoseconds) return;
      this.passing.left -= 1;
      if (this.passing.left <= 0) this.passing = null;
      return;
    }
    const atMs = seconds * 1000 + nanoseconds / 1e6;
    this.out.add(source, start, end, atMs, cutBytes);
    if (cutBytes > 0) this.cutCount += 1;
    this.lineCount += 1;
    this.lastAtMs = Math.max(this.lastAtMs ?? 0, atMs);
    this.read.note(stream, seconds, nanoseconds);
  }
}

/** Parts of one stream's line until its newline comes. */
class PartialLine {
  seconds = 0;
  nanoseconds = 0;
  private readonly line = new LineAccumulator(maxLineBytes);
  private held = false;

  constructor(readonly stream: LogStream) {}

  get isEmpty(): boolean {
    return !this.held;
  }

  get stamp(): Stamp | null {
    return this.held ? { seconds: this.seconds, nanoseconds: this.nanoseconds } : null;
  }

  hasStamp(seconds: number, nanoseconds: number): boolean {
    return this.seconds === seconds && this.nanoseconds === nanoseconds;
  }

  append(bytes: Buffer, seconds: number, nanoseconds: number): void {
    this.held = true;
    this.seconds = seconds;
    this.nanoseconds = nanoseconds;
    this.line.append(bytes);
  }

  take(): { readonly bytes: Buffer; readonly cutBytes: number } {
    this.held = false;
    return this.line.take();
  }
}

function startsWith(chunk: Buffer, start: number, text: Buffer): boolean {
  for (let at = 0; at < text.length; at += 1) if (chunk[start + at] !== text[at]) return false;
  return true;
}

/** What stands between the text and the time; null: something else than usual. */
function readMiddle(chunk: Buffer, start: number): 'stdout' | 'stderr' | null {
  for (let at = 0; at < beforeTime.length; at += 1) {
    const wanted = beforeTime[at];
    if (wanted !== 63 && chunk[start + at] !== wanted) return null;
  }
  const mark = start + beforeTime.indexOf('?');
  return startsWith(chunk, mark, stdoutMark) ? 'stdout' : startsWith(chunk, mark, stderrMark) ? 'stderr' : null;
}

/** A `\n` whose backslash is not itself behind one. */
function endsInNewline(chunk: Buffer, start: number, end: number): boolean {
  if (end - start < 2 || chunk[end - 1] !== 110) return false;
  let slashes = 0;
  for (let at = end - 2; at >= start && chunk[at] === backslash; at -= 1) slashes += 1;
  return slashes % 2 === 1;
}

function parseRecord(text: string): ReadRecord | null {
  try {
    const { log, stream, time } = (JSON.parse(text) ?? {}) as Partial<Record<keyof ReadRecord, unknown>>;
    return typeof log === 'string' && typeof stream === 'string' && typeof time === 'string' ? { log, stream, time } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Stamp of a record, for looking through a file; null: it is none. */
export function stampOfRecord(text: string): Stamp | null {
  const record = parseRecord(text);
  return record === null ? null : parseStamp(record.time);
}
