import type { EngineLogFile } from '../../platform/container-engine';
import type { LogFile } from '../../platform/log-file';
import { statLogFile } from '../../platform/log-file';
import type { PackedLines } from '../pipeline/packed-lines';
import type { Stamp } from '../stamp';
import { isSameFile, openChain, openSuccessor } from './json-file-chain';
import { JsonFileLines } from './json-file-lines';
import type { KnownLine, LinePlace } from './line-place';

/** `more`: there may be more at once; `end`: nothing further is written yet; `lost`: this file cannot be followed any further. */
export type FollowStep = 'more' | 'end' | 'lost';

const readBytes = 256 * 1024;
/** A record is a part of 16 KiB, six bytes at most for each of its own. */
const longestRecord = 1024 * 1024;
/** Two streams of a container are stamped before they wait for each other: an earlier stamp may stand behind a later one. */
const disorderSeconds = 2;

/** What takes the records of a log file. */
export interface RecordReader {
  /** A record made no sense: nothing is read any more. */
  readonly isBroken: boolean;
  /** Where records are best read to; null: anywhere. */
  readonly room: Buffer | null;
  /** Takes the whole records that begin at 0; gives how many bytes they are. */
  write(chunk: Buffer, length: number): number;
}

/** Reads the log file of one container over rotations. Without timers: each step reads once. */
export class JsonFileFollower<Lines extends RecordReader = RecordReader> {
  private buffer: Buffer;
  private isRotated = false;

  private constructor(
    private readonly place: EngineLogFile,
    private readonly files: LogFile[],
    private offset: number,
    readonly lines: Lines,
  ) {
    this.buffer = lines.room ?? Buffer.allocUnsafeSlow(readBytes);
  }

  /** From behind a known line on. Null: it cannot be read here. */
  static open(place: EngineLogFile, known: KnownLine, out: PackedLines, read: LinePlace): JsonFileFollower<JsonFileLines> | null {
    const before: Stamp = { ...known.stamp, seconds: known.stamp.seconds - disorderSeconds };
    return JsonFileFollower.openAt(place, before, new JsonFileLines(out, known, read));
  }

  /** From a stamp on, or some records earlier. Null: it cannot be read here. */
  static openAt<Lines extends RecordReader>(place: EngineLogFile, from: Stamp, lines: Lines): JsonFileFollower<Lines> | null {
    const chain = openChain(place, from);
    return chain === null ? null : new JsonFileFollower(place, chain.files, chain.offset, lines);
  }

  step(): FollowStep {
    const [file] = this.files;
    if (file === undefined || this.lines.isBroken) return 'lost';
    const came = file.read(this.buffer, 0, this.buffer.length, this.offset);
    const taken = this.lines.write(this.buffer, came);
    this.offset += taken;
    if (this.lines.isBroken) return 'lost';
    if (came === this.buffer.length) return taken > 0 || this.grow() ? 'more' : 'lost';
    if (this.files.length > 1) return this.next(file, came - taken);
    if (this.isRotated) return this.follow(file, came - taken);
    // Cut off in place: by somebody else, for such logs are not read as files.
    if (file.stat().sizeBytes < this.offset) return 'lost';
    const now = statLogFile(this.place.path);
    this.isRotated = now.kind === 'absent' || (now.kind === 'file' && !isSameFile(now.stat, file.stat()));
    if (now.kind !== 'file' && now.kind !== 'absent') return 'lost';
    // What was written between the last read and the rotation is read first.
    return this.isRotated && now.kind === 'file' ? 'more' : 'end';
  }

  close(): void {
    for (const file of this.files.splice(0)) file.close();
  }

  private follow(file: LogFile, leftOver: number): FollowStep {
    const successor = openSuccessor(this.place, file);
    if (successor === 'later') return 'end';
    if (successor === null) return 'lost';
    this.files.push(successor);
    return this.next(file, leftOver);
  }

  private next(file: LogFile, leftOver: number): FollowStep {
    // A record is written in one go: half of one at the end will never be whole.
    if (leftOver > 0) return 'lost';
    file.close();
    this.files.shift();
    this.offset = 0;
    this.isRotated = false;
    return 'more';
  }

  private grow(): boolean {
    if (this.buffer.length >= longestRecord) return false;
    this.buffer = Buffer.allocUnsafeSlow(longestRecord);
    return true;
  }
}
