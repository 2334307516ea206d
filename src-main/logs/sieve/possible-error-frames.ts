import { createLogFramer } from '../frame';
import { PackedLines } from '../pipeline/packed-lines';
import { stampToMs } from '../stamp';
import type { ErrorSieve } from './error-sieve';
import type { PossibleErrorListener } from './possible-error';
import { tellBlock } from './possible-errors-in-block';

const newline = 10;
const headerBytes = 8;

/**
 * Takes the log stream of an engine (stamped, in frames of a header and one line or a part of it) and tells its lines that may be errors.
 * Frames that hold none are passed over by their length alone.
 */
export class PossibleErrorFrames {
  private readonly out = new PackedLines();
  private readonly framer = createLogFramer(
    false,
    ({ bytes, cutBytes, stamp }) => this.out.add(bytes, 0, bytes.length, stamp === null ? Date.now() : stampToMs(stamp), cutBytes),
    (_, chunk, start, end, stamp) => this.out.add(chunk, start, end, stampToMs(stamp), 0),
  );
  /** Of a frame that is not whole, at the room's begin. */
  private heldBytes = 0;
  /** There was no frame, or one longer than the room: from then on the framer reads everything. */
  private isUnusual = false;
  /** Begins of what the sieve told, in the room. */
  private told: number[] = [];

  constructor(
    private readonly sieve: ErrorSieve,
    private readonly onLine: PossibleErrorListener,
  ) {}

  /** Frames whose header is none. */
  get isBroken(): boolean {
    return this.framer.isBroken;
  }

  write(chunk: Buffer): void {
    const { room } = this.sieve;
    let at = 0;
    while (at < chunk.length && !this.isUnusual) {
      // One byte is kept for a newline behind the last frame.
      const taken = Math.min(chunk.length - at, room.length - this.heldBytes - 1);
      chunk.copy(room, this.heldBytes, at, at + taken);
      at += taken;
      this.take(room, this.heldBytes + taken);
    }
    if (at < chunk.length) this.framer.write(chunk.subarray(at));
    if (this.out.lineCount > 0) tellBlock(this.out.take(), this.onLine);
  }

  /** The stream ended: what is unfinished is a line too. */
  flush(): void {
    if (this.heldBytes > 0) this.framer.write(this.sieve.room.subarray(0, this.heldBytes));
    this.heldBytes = 0;
    this.framer.flush();
    if (this.out.lineCount > 0) tellBlock(this.out.take(), this.onLine);
  }

  private take(room: Buffer, filled: number): void {
    const whole = endOfFrames(room, filled);
    if (whole === null || (whole === 0 && filled === room.length - 1)) {
      this.isUnusual = true;
      this.framer.write(room.subarray(0, filled));
      this.heldBytes = 0;
      return;
    }
    if (whole > 0) this.sift(room, whole);
    room.copyWithin(0, whole, filled);
    this.heldBytes = filled - whole;
  }

  private sift(room: Buffer, whole: number): void {
    const { sieve, framer } = this;
    const behind = room[whole] ?? 0;
    room[whole] = newline;
    this.told = [];
    // A byte of a length may look like a newline: a line then seems to begin within its header, and is looked at all the same.
    sieve.sift(whole + 1, false, (_, start) => this.told.push(start));
    room[whole] = behind;
    let next = 0;
    for (let at = 0; at < whole; ) {
      const end = at + headerBytes + room.readUInt32BE(at + 4);
      while (next < this.told.length && (this.told[next] as number) < at) next += 1;
      const isTold = next < this.told.length && (this.told[next] as number) < end;
      // Parts of a line are put together, whatever they say.
      if (isTold || room[end - 1] !== newline || framer.heldStamp !== null) framer.write(room.subarray(at, end));
      at = end;
    }
  }
}

/** Where the last whole frame ends; null: what stands there is no frame. */
function endOfFrames(room: Buffer, filled: number): number | null {
  let at = 0;
  while (at + headerBytes <= filled) {
    const kind = room[at] as number;
    if (kind > 2 || ((room[at + 1] as number) | (room[at + 2] as number) | (room[at + 3] as number)) !== 0) return null;
    const end = at + headerBytes + room.readUInt32BE(at + 4);
    if (end > filled) break;
    at = end;
  }
  return at;
}
