import { createHash } from 'node:crypto';
import type { LogFile, LogFileStat } from '../../platform/log-file';
import { detectionBytes, type LogReader } from './log-reader';

/** Bytes before the place of reading that are looked at again with each read: they change when other text took the place of the old. */
const rereadBytes = 64;
/** What is read at once: a few milliseconds of work. */
const pieceBytes = 1024 * 1024;
const prefixBytes = 64 * 1024;
const comparedPrefixBytes = 1024;

/** Shared by all files: reads are synchronous, and what must be kept is copied. */
let scratch: Buffer | null = null;

/** How far one file was read, and by what it is known again. */
export interface ReadMark {
  readonly dev: number;
  readonly inode: number;
  readonly birthAtMs: number | null;
  /** Behind the last line that is counted; of a packed file its size. */
  readonly offset: number;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** SHA-256 in hex of the first `prefixLength` bytes, at most 64 KiB. */
  readonly prefixHash: string;
  readonly prefixLength: number;
  /** It does not go on: when it has changed at all it is another one. */
  readonly isPacked: boolean;
}

/** `replaced`: what was read is not in the file any more; it was cut short or overwritten. */
export type PieceOutcome = 'more' | 'end' | 'replaced';

/** One file as such, whatever its path is by now, and how far it was read. */
export class FileGeneration {
  private readOffset: number;
  private wholeOffset: number;
  private prefix: Buffer;
  private before: Buffer;
  private checkedModifiedAtMs: number | null = null;
  private isBehindHole = true;

  constructor(
    readonly path: string,
    private readonly file: LogFile,
    /** As it was when opened. */
    readonly stat: LogFileStat,
    readonly reader: LogReader,
    offset = 0,
  ) {
    this.readOffset = offset;
    this.wholeOffset = offset;
    this.prefix = readPart(file, 0, Math.min(offset, comparedPrefixBytes));
    this.before = readPart(file, Math.max(0, offset - rereadBytes), Math.min(offset, rereadBytes));
  }

  /** Behind the last whole line. */
  get lineOffset(): number {
    return this.wholeOffset;
  }

  get offset(): number {
    return this.readOffset;
  }

  /** Whether a new look at the file showed anything that was not read. */
  hasNews(stat: LogFileStat): boolean {
    return stat.sizeBytes !== this.readOffset || stat.modifiedAtMs !== this.checkedModifiedAtMs;
  }

  look(): LogFileStat {
    return this.file.stat();
  }

  /** The next piece. */
  read(): PieceOutcome {
    const stat = this.file.stat();
    if (!this.hasNews(stat)) return 'end';
    if (stat.sizeBytes < this.readOffset || !this.prefixHolds()) return 'replaced';
    const { length: known } = this.before;
    scratch ??= Buffer.allocUnsafe(rereadBytes + pieceBytes);
    const length = this.file.read(scratch, 0, scratch.length, this.readOffset - known);
    if (length < known || !scratch.subarray(0, known).equals(this.before)) return 'replaced';
    this.checkedModifiedAtMs = stat.modifiedAtMs;
    this.take(scratch.subarray(known, length));
    this.before = Buffer.from(scratch.subarray(Math.max(0, length - rereadBytes), length));
    return length === scratch.length ? 'more' : 'end';
  }

  /** From the first byte again: other text is in it. `reader` is for that text. */
  restarted(reader: LogReader): FileGeneration {
    const again = new FileGeneration(this.path, this.file, this.stat, reader);
    // A writer that keeps its place while the file is cut short leaves a hole of zero bytes before its next line.
    again.isBehindHole = false;
    return again;
  }

  /** Whether this file began with what `other` holds up to where this one was read: a copy made before it was cut short. */
  isCopiedIn(other: LogFile, size: number): boolean {
    if (size < this.readOffset || this.readOffset === 0) return false;
    if (!readPart(other, 0, this.prefix.length).equals(this.prefix)) return false;
    return readPart(other, this.readOffset - this.before.length, this.before.length).equals(this.before);
  }

  /** `isOver`: a last line without its newline was counted too. */
  mark(isOver: boolean): ReadMark {
    // What no format reads yet waits in memory and is not counted.
    if (this.reader.format === null) return markOf(this.file, 0, false);
    return markOf(this.file, isOver ? this.readOffset : this.wholeOffset, false);
  }

  close(): void {
    this.file.close();
  }

  private take(data: Buffer): void {
    if (this.prefix.length === this.readOffset && this.prefix.length < comparedPrefixBytes)
      this.prefix = Buffer.concat([this.prefix, data.subarray(0, comparedPrefixBytes - this.prefix.length)]);
    let start = 0;
    if (!this.isBehindHole) {
      while (data[start] === 0) start += 1;
      this.isBehindHole = start < data.length;
    }
    if (start < data.length) this.reader.write(data.subarray(start));
    const newline = data.lastIndexOf(10);
    if (newline >= 0) this.wholeOffset = this.readOffset + newline + 1;
    this.readOffset += data.length;
  }

  private prefixHolds(): boolean {
    const { length } = this.prefix;
    return length === 0 || readPart(this.file, 0, length).equals(this.prefix);
  }
}

export function readPart(file: LogFile, offset: number, length: number): Buffer {
  const part = Buffer.alloc(length);
  return part.subarray(0, file.read(part, 0, length, offset));
}

/** First lines of a log that is gone on with. */
export function readHead(file: LogFile): Buffer {
  return readPart(file, 0, detectionBytes);
}

export function markOf(file: LogFile, offset: number, isPacked: boolean): ReadMark {
  const { dev, inode, birthAtMs, sizeBytes, modifiedAtMs } = file.stat();
  const prefixLength = Math.min(offset, prefixBytes);
  return { dev, inode, birthAtMs, offset, sizeBytes, modifiedAtMs, prefixHash: hashPrefix(file, prefixLength), prefixLength, isPacked };
}

/** Whether the file still holds what was read of it. */
export function holdsMark(file: LogFile, mark: ReadMark): boolean {
  const { sizeBytes, modifiedAtMs, birthAtMs } = file.stat();
  if (mark.birthAtMs !== birthAtMs || sizeBytes < mark.offset) return false;
  if (mark.isPacked && (sizeBytes !== mark.sizeBytes || modifiedAtMs !== mark.modifiedAtMs)) return false;
  return hashPrefix(file, mark.prefixLength) === mark.prefixHash;
}

function hashPrefix(file: LogFile, length: number): string {
  return createHash('sha256')
    .update(readPart(file, 0, length))
    .digest('hex');
}
