import { LineAccumulator } from '../../platform/line-splitter';
import type { LogFile, LogFileStat } from '../../platform/log-file';
import { maxLineBytes } from '../frame';
import { judgeContent, judgedBytes } from './judge-content';
import { type FilePosition, hashPrefix, maxPrefixBytes } from './position';

/** Bytes before the place of reading that are looked at again with each read: they change when other text took the place of the old. */
const rereadBytes = 64;
/** What one turn reads at most, so that a fast file does not keep slow ones waiting. */
const turnBytes = 256 * 1024;

/** Shared by all files: reads are synchronous and lines are copied out. */
const scratch = Buffer.allocUnsafe(rereadBytes + turnBytes);
const headScratch = Buffer.allocUnsafe(judgedBytes);

/** A line as bytes; `cutBytes` of it beyond 64 KiB were not kept. */
export interface FileLine {
  readonly bytes: Buffer;
  readonly cutBytes: number;
}

/** `replaced`: what was read is not in the file any more; it was cut short or overwritten, and reading starts at 0 again. */
export type ReadOutcome = 'more' | 'end' | 'replaced' | 'binary' | 'utf-16';

/**
 * One file as such, whatever its path is by now, and how far it was read. Bytes between the last newline and the place of
 * reading are an unfinished line: kept back, bounded, until its newline comes.
 */
export class Generation {
  private readonly line = new LineAccumulator(maxLineBytes);
  private readOffset: number;
  private lineOffset: number;
  private prefix: Buffer;
  private hashed: { readonly length: number; readonly hash: string } | null = null;
  private before: Buffer;
  private headJudged = false;
  private checkedModifiedAtMs: number | null = null;

  constructor(
    private readonly path: string,
    private readonly file: LogFile,
    /** As it was when opened. */
    readonly stat: LogFileStat,
    offset: number,
  ) {
    this.readOffset = offset;
    this.lineOffset = offset;
    this.prefix = readPart(file, 0, Math.min(offset, maxPrefixBytes));
    this.before = readPart(file, Math.max(0, offset - rereadBytes), Math.min(offset, rereadBytes));
  }

  /** Whether a new look at the file showed anything that was not read. */
  hasNews(stat: LogFileStat): boolean {
    return stat.sizeBytes !== this.readOffset || stat.modifiedAtMs !== this.checkedModifiedAtMs;
  }

  get isDeleted(): boolean {
    return this.file.stat().linkCount === 0;
  }

  position(isDone: boolean): FilePosition {
    if (this.hashed?.length !== this.prefix.length) this.hashed = { length: this.prefix.length, hash: hashPrefix(this.prefix) };
    const { dev, inode, birthAtMs } = this.stat;
    const { length: prefixLength, hash: prefixHash } = this.hashed;
    return { path: this.path, dev, inode, birthAtMs, offset: this.lineOffset, prefixHash, prefixLength, isDone };
  }

  /** One turn. */
  read(lines: FileLine[]): ReadOutcome {
    const stat = this.file.stat();
    if (!this.hasNews(stat)) return 'end';
    if (stat.sizeBytes < this.readOffset || !this.prefixHolds()) return 'replaced';
    const content = this.judgeHead();
    if (content !== 'text') return content;
    const known = this.before.length;
    const length = this.file.read(scratch, 0, scratch.length, this.readOffset - known);
    if (length < known || !scratch.subarray(0, known).equals(this.before)) return 'replaced';
    this.checkedModifiedAtMs = stat.modifiedAtMs;
    this.take(scratch.subarray(known, length), lines);
    this.before = Buffer.from(scratch.subarray(Math.max(0, length - rereadBytes), length));
    return length === scratch.length ? 'more' : 'end';
  }

  /** From the first byte again. What was unfinished will not go on: it is a line. */
  startAgain(lines: FileLine[]): void {
    this.finish(lines);
    this.readOffset = 0;
    this.lineOffset = 0;
    this.prefix = Buffer.alloc(0);
    this.before = Buffer.alloc(0);
    this.hashed = null;
    this.headJudged = false;
    this.checkedModifiedAtMs = null;
  }

  /** Nothing comes any more: what is unfinished is a line. */
  finish(lines: FileLine[]): void {
    if (!this.line.isEmpty) this.emit(lines);
    this.lineOffset = this.readOffset;
  }

  close(): void {
    this.file.close();
  }

  private take(data: Buffer, lines: FileLine[]): void {
    if (this.prefix.length === this.readOffset && this.prefix.length < maxPrefixBytes) {
      this.prefix = Buffer.concat([this.prefix, data.subarray(0, maxPrefixBytes - this.prefix.length)]);
    }
    let start = 0;
    while (start < data.length) {
      // A writer that keeps its place while the file is cut short leaves a hole of zero bytes before its next line.
      if (this.line.isEmpty) while (data[start] === 0) start += 1;
      const newline = data.indexOf(10, start);
      if (newline === -1) break;
      this.line.append(data.subarray(start, newline));
      this.emit(lines);
      start = newline + 1;
      this.lineOffset = this.readOffset + start;
    }
    this.line.append(data.subarray(start));
    this.readOffset += data.length;
    if (this.line.isEmpty) this.lineOffset = this.readOffset;
  }

  private emit(lines: FileLine[]): void {
    const { bytes, cutBytes } = this.line.take();
    const hasMark = this.lineOffset === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    lines.push({ bytes: hasMark ? bytes.subarray(3) : bytes, cutBytes });
  }

  private prefixHolds(): boolean {
    const { length } = this.prefix;
    if (length === 0) return true;
    const found = this.file.read(headScratch, 0, length, 0);
    return found === length && headScratch.subarray(0, length).equals(this.prefix);
  }

  private judgeHead() {
    if (this.headJudged) return 'text';
    const length = this.file.read(headScratch, 0, judgedBytes, 0);
    this.headJudged = length === judgedBytes;
    return judgeContent(headScratch.subarray(0, length));
  }
}

function readPart(file: LogFile, offset: number, length: number): Buffer {
  const part = Buffer.alloc(length);
  return part.subarray(0, file.read(part, 0, length, offset));
}

/** Whether the file still is what the position was taken in. */
export function holdsPosition(file: LogFile, position: FilePosition): boolean {
  if (file.stat().sizeBytes < position.offset) return false;
  const prefix = readPart(file, 0, Math.min(position.prefixLength, maxPrefixBytes));
  return prefix.length === position.prefixLength && hashPrefix(prefix) === position.prefixHash;
}

/** The start of the line that the file ends in, at most 64 KiB before `sizeBytes`; `sizeBytes` where that line is longer. */
export function lastLineOffset(file: LogFile, sizeBytes: number): number {
  const start = Math.max(0, sizeBytes - maxLineBytes);
  const part = readPart(file, start, sizeBytes - start);
  const newline = part.lastIndexOf(10);
  if (newline !== -1) return start + newline + 1;
  return start === 0 ? 0 : sizeBytes;
}
