import type { LineFields } from '../parse/line-fields';
import { ClientKeys } from './client-key';

export const chunkRows = 65_536;
const rowBytes = 22;
/** 88 MiB. */
const usualLimit = 64 * chunkRows;
/** A request without a time, a size. */
export const unknownSecond = 0xffffffff;
export const unknownSize = 0xffffffff;
const largestSize = 0xfffffffe;
/** Bits of `marks`: ten of the status, five of the hour as written (31: unknown), and whether the client is a name. */
export const statusMask = 1023;
export const hourShift = 10;
const unknownHour = 31;
export const namedMark = 1 << 15;

/** So many requests that a chunk is quick to make and to let go. */
export class ColumnChunk {
  readonly seconds: Uint32Array;
  readonly endpoints: Uint32Array;
  readonly clients: Uint32Array;
  /** Milliseconds; below zero: unknown. */
  readonly times: Float32Array;
  readonly sizes: Uint32Array;
  readonly marks: Uint16Array;
  count = 0;
  firstSecond = unknownSecond;
  lastSecond = 0;
  /** Some requests have no time. */
  hasUnknown = false;

  constructor() {
    const bytes = new ArrayBuffer(chunkRows * rowBytes);
    const column = (index: number) => index * chunkRows * 4;
    this.seconds = new Uint32Array(bytes, column(0), chunkRows);
    this.endpoints = new Uint32Array(bytes, column(1), chunkRows);
    this.clients = new Uint32Array(bytes, column(2), chunkRows);
    this.times = new Float32Array(bytes, column(3), chunkRows);
    this.sizes = new Uint32Array(bytes, column(4), chunkRows);
    this.marks = new Uint16Array(bytes, column(5), chunkRows);
  }

  clear(): void {
    this.count = 0;
    this.firstSecond = unknownSecond;
    this.lastSecond = 0;
    this.hasUnknown = false;
  }
}

/** Columns as data; the chunks are the columns' own. */
export interface ColumnsDump {
  readonly chunks: readonly ColumnChunk[];
  readonly droppedCount: number;
  readonly droppedLastSecond: number;
  readonly clientNames: readonly string[];
}

/** Single requests, 22 bytes for each: the newest ones, so that figures of some of them can be made without reading the log again. */
export class RequestColumns {
  readonly clients = new ClientKeys();
  /** Requests that were let go for newer ones. */
  droppedCount = 0;
  /** Of those the latest. */
  droppedLastSecond = 0;
  private list: ColumnChunk[] = [];
  private last: ColumnChunk | null = null;

  constructor(private readonly limit = usualLimit) {}

  /** Oldest first. */
  get chunks(): readonly ColumnChunk[] {
    return this.list;
  }

  get count(): number {
    return this.list.reduce((sum, { count }) => sum + count, 0);
  }

  add(fields: LineFields, endpointId: number): void {
    let chunk = this.last;
    if (chunk === null || chunk.count === chunkRows) chunk = this.nextChunk();
    const row = chunk.count;
    const { atSecond, status, hour, timeMs, sentBytes } = fields;
    const { clients } = this;
    clients.read(fields);
    chunk.endpoints[row] = endpointId;
    chunk.clients[row] = clients.key;
    chunk.times[row] = timeMs;
    chunk.sizes[row] = sentBytes < 0 ? unknownSize : sentBytes > largestSize ? largestSize : sentBytes;
    chunk.marks[row] = (status & statusMask) | ((hour < 0 ? unknownHour : hour) << hourShift) | (clients.isNamed ? namedMark : 0);
    if (atSecond >= 0 && atSecond < unknownSecond) {
      chunk.seconds[row] = atSecond;
      if (atSecond < chunk.firstSecond) chunk.firstSecond = atSecond;
      if (atSecond > chunk.lastSecond) chunk.lastSecond = atSecond;
    } else {
      chunk.seconds[row] = unknownSecond;
      chunk.hasUnknown = true;
    }
    chunk.count = row + 1;
  }

  dump(): ColumnsDump {
    const { list, droppedCount, droppedLastSecond } = this;
    return { chunks: list, droppedCount, droppedLastSecond, clientNames: this.clients.dump() };
  }

  /** The columns must be new. */
  restore({ chunks, droppedCount, droppedLastSecond, clientNames }: ColumnsDump): void {
    this.list = [...chunks];
    this.last = this.list.at(-1) ?? null;
    this.droppedCount = droppedCount;
    this.droppedLastSecond = droppedLastSecond;
    this.clients.restore(clientNames);
  }

  private nextChunk(): ColumnChunk {
    const isFull = this.list.length * chunkRows >= this.limit;
    const oldest = isFull ? this.list.shift() : undefined;
    if (oldest !== undefined) {
      this.droppedCount += oldest.count;
      this.droppedLastSecond = Math.max(this.droppedLastSecond, oldest.lastSecond);
      oldest.clear();
    }
    const chunk = oldest ?? new ColumnChunk();
    this.list.push(chunk);
    this.last = chunk;
    return chunk;
  }
}
