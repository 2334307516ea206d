import type { LogOrigin } from '../../src-shared/logs/log-record';
import type { Timers } from '../platform/clock';
import type { LogKeeper } from './keeper/log-keeper';
import { packedBlock } from './pipeline/packed-batch';
import { PackedLines } from './pipeline/packed-lines';
import type { RawLine } from './pipeline/raw-batch';

interface Gathered {
  lines: RawLine[];
  bytes: number;
  position: string | null;
}

/** Small pieces that come within this time go to the keeper as one. While nobody looks at them they wait for the next reading, for so long at most. */
const gatherMs = 20;
const unwatchedGatherMs = 2_500;
const gatherBytes = 256 * 1024;

/** Gathers the lines of readers that hand them over one by one, and makes a reader wait while the keeper has no room. */
export class LogIntake {
  private readonly gathered = new Map<string, Gathered>();
  private readonly packed = new Map<string, { readonly origin: LogOrigin; readonly lines: PackedLines }>();
  private cancel: (() => void) | null = null;
  private busy: Promise<void> | null = null;

  constructor(
    private readonly keeper: Pick<LogKeeper, 'take' | 'isWatched'>,
    private readonly timers: Timers,
  ) {}

  add(reader: string, line: RawLine): void {
    const gathered = this.of(reader);
    gathered.lines.push(line);
    gathered.bytes += line.bytes.length;
  }

  /** Everything of the reader so far, with the place behind it. Null: it may read on. */
  place(reader: string, position: string): Promise<void> | null {
    const gathered = this.of(reader);
    gathered.position = position;
    const packedBytes = this.packed.get(reader)?.lines.byteCount ?? 0;
    if (gathered.bytes + packedBytes >= gatherBytes) this.send(reader, gathered);
    else this.cancel ??= this.timers.after(this.keeper.isWatched() ? gatherMs : unwatchedGatherMs, () => this.flush());
    return this.busy;
  }

  /** Where lines of one source are put as bytes; `place` tells of them. A reader hands in either these or lines one by one. */
  packedOf(origin: LogOrigin): PackedLines {
    let known = this.packed.get(origin.key);
    if (known === undefined) {
      known = { origin, lines: new PackedLines() };
      this.packed.set(origin.key, known);
    }
    return known.lines;
  }

  flush(): void {
    this.cancel?.();
    this.cancel = null;
    for (const [reader, gathered] of [...this.gathered]) this.send(reader, gathered);
    // Lines whose place cannot be told.
    for (const [reader, { lines }] of this.packed) if (lines.lineCount > 0) this.send(reader, { lines: [], bytes: 0, position: null });
  }

  private send(reader: string, { lines, position }: Gathered): void {
    this.gathered.delete(reader);
    const packed = this.packed.get(reader);
    const isPacked = packed !== undefined && packed.lines.lineCount > 0;
    const wait = this.keeper.take(isPacked ? packedBlock(packed.origin, packed.lines.take(), position) : { reader, lines, position });
    if (wait === null) return;
    const busy = wait.then(() => {
      if (this.busy === busy) this.busy = null;
    });
    this.busy = busy;
  }

  private of(reader: string): Gathered {
    let gathered = this.gathered.get(reader);
    if (gathered === undefined) {
      gathered = { lines: [], bytes: 0, position: null };
      this.gathered.set(reader, gathered);
    }
    return gathered;
  }
}
