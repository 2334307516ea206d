import { startWebAssembly } from '../../platform/web-assembly';
import { hashSeeds } from '../parse/hash-bytes';
import type { LineFields } from '../parse/line-fields';
import type { ScanPlan } from '../parse/line-scan';
import code from './assembly/scan.ts?assembly';
import {
  badLinesAddress,
  countsAddress,
  inputAddress,
  masksAddress,
  memoryPages,
  roomAddress,
  roomBytes,
  rowAgentEnd,
  rowAgentStart,
  rowAtSecond,
  rowClientEnd,
  rowClientStart,
  rowDoubles,
  rowHashes,
  rowHour,
  rowLineEnd,
  rowLineStart,
  rowMethodEnd,
  rowMethodStart,
  rowPathEnd,
  rowPathStart,
  rowReferrerEnd,
  rowReferrerStart,
  rowSentBytes,
  rowStatus,
  rowsAddress,
  rowTail,
  rowTimeMs,
  rowWholeNumbers,
  seedsAddress,
} from './layout';

type Scan = (from: number, to: number, flags: number, scale: number) => number;

const maskBytes = 16;

/**
 * Lines of the common family to rows of places, numbers and hashes, in WebAssembly with SIMD: what ClfParser finds, at a fraction of the
 * time. Lines are copied into its memory, and everything it tells are places there.
 */
export class LineScanner {
  /** All of its memory. */
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Where a piece of a log may be read to, so that it need not be copied. All feeders of the thread share it. */
  readonly room: Buffer;
  private readonly counts: Int32Array;
  private readonly rows: Int32Array;
  private readonly doubles: Float64Array;
  private readonly badLines: Int32Array;

  constructor(
    memory: ArrayBuffer,
    private readonly run: Scan,
  ) {
    this.bytes = Buffer.from(memory);
    this.view = new DataView(memory);
    this.room = Buffer.from(memory, roomAddress, roomBytes);
    this.counts = new Int32Array(memory, countsAddress, 2);
    this.rows = new Int32Array(memory, rowsAddress);
    this.doubles = new Float64Array(memory, rowsAddress);
    this.badLines = new Int32Array(memory, badLinesAddress);
    new Int32Array(memory, seedsAddress, hashSeeds.length).set(hashSeeds);
    this.bytes.fill(255, masksAddress, masksAddress + maskBytes);
  }

  get requestCount(): number {
    return this.counts[0] as number;
  }

  get badLineCount(): number {
    return this.counts[1] as number;
  }

  /** Where whole lines, at most `inputBytes` unless they stand in its room, begin in its memory. */
  take(lines: Uint8Array): number {
    if (lines.buffer === this.bytes.buffer) return lines.byteOffset;
    this.bytes.set(lines, inputAddress);
    return inputAddress;
  }

  /** Reads lines between two places of its memory; where it stopped. Overwrites what the last scan found. */
  scan(plan: ScanPlan, from: number, to: number): number {
    return this.run(from, to, plan.flags, plan.scale);
  }

  badLineStart(index: number): number {
    return this.badLines[index * 2] as number;
  }

  badLineEnd(index: number): number {
    return this.badLines[index * 2 + 1] as number;
  }

  /** The row of a request as fields; bytes and view are not set. */
  fill(fields: LineFields, index: number, { readTime }: ScanPlan): void {
    const { rows, doubles } = this;
    const row = index * rowWholeNumbers;
    const doubleRow = index * rowDoubles;
    fields.lineStart = rows[row + rowLineStart] as number;
    fields.lineEnd = rows[row + rowLineEnd] as number;
    fields.clientStart = rows[row + rowClientStart] as number;
    fields.clientEnd = rows[row + rowClientEnd] as number;
    fields.methodStart = rows[row + rowMethodStart] as number;
    fields.methodEnd = rows[row + rowMethodEnd] as number;
    fields.pathStart = rows[row + rowPathStart] as number;
    fields.pathEnd = rows[row + rowPathEnd] as number;
    fields.referrerStart = rows[row + rowReferrerStart] as number;
    fields.referrerEnd = rows[row + rowReferrerEnd] as number;
    fields.agentStart = rows[row + rowAgentStart] as number;
    fields.agentEnd = rows[row + rowAgentEnd] as number;
    fields.status = rows[row + rowStatus] as number;
    fields.hour = rows[row + rowHour] as number;
    const { hashes } = fields;
    hashes[0] = rows[row + rowHashes] as number;
    hashes[1] = rows[row + rowHashes + 1] as number;
    hashes[2] = rows[row + rowHashes + 2] as number;
    hashes[3] = rows[row + rowHashes + 3] as number;
    hashes[4] = rows[row + rowHashes + 4] as number;
    hashes[5] = rows[row + rowHashes + 5] as number;
    hashes[6] = rows[row + rowHashes + 6] as number;
    hashes[7] = rows[row + rowHashes + 7] as number;
    fields.sentBytes = doubles[doubleRow + rowSentBytes] as number;
    fields.atSecond = doubles[doubleRow + rowAtSecond] as number;
    fields.timeMs =
      readTime === null ? (doubles[doubleRow + rowTimeMs] as number) : readTime(this.bytes, rows[row + rowTail] as number, fields.lineEnd);
  }
}

let scanner: LineScanner | null | undefined;

/** The one of this thread, made when it is first wanted; null: there is no WebAssembly with SIMD here. */
export function lineScanner(): LineScanner | null {
  scanner ??= createLineScanner();
  return scanner;
}

function createLineScanner(): LineScanner | null {
  const started = startWebAssembly(code, memoryPages);
  return started && new LineScanner(started.memory, started.exports.scan as Scan);
}
