import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { type CacheDirectory, type CacheEntry, createCacheDirectory } from '../../platform/cache-directory';
import { type LogFile, openLogFile } from '../../platform/log-file';
import { createThreadSlices } from '../../platform/thread-slices';
import type { RememberedTraffic, TrafficDump } from '../aggregate/remembered-traffic';
import type { ColumnChunk } from '../aggregate/request-columns';
import { holdsMark, type ReadMark } from '../follow/file-generation';
import type { FoundLog } from '../follow/find-logs';
import { type ChunkHead, checksumOf, chunkFor, columnBytes, headOf } from './chunk-bytes';

/** Of what is in an entry: another number for another shape. */
const version = 2;
const magic = Buffer.from('LSTRAFF1');
const hashBytes = 32;
const startBytes = magic.length + 4 + hashBytes;
const longestHeadBytes = 256 * 1024 * 1024;
const limits = { maxBytes: 512 * 1024 * 1024, maxAgeMs: 7 * 24 * 3_600_000 };
const sliceMs = 20;

interface EntryHead {
  readonly version: number;
  readonly marks: readonly ReadMark[];
  readonly aggregate: TrafficDump['aggregate'];
  readonly stretches: TrafficDump['stretches'];
  readonly columns: Omit<TrafficDump['columns'], 'chunks'>;
  readonly chunks: readonly ChunkHead[];
}

/** What was read of logs, so that opening them again reads only what is new. */
export interface TrafficCache {
  /** Fills `traffic`, which must be new, and tells how far each file was read; null: nothing that still holds is kept. */
  restore(key: string, logs: readonly FoundLog[], traffic: RememberedTraffic): Promise<readonly ReadMark[] | null>;
  /** Nothing may be added to `traffic` meanwhile. */
  save(key: string, marks: readonly ReadMark[], traffic: RememberedTraffic): Promise<void>;
}

/** Name of what is kept for files that are asked for in a format. */
export function cacheKey(patterns: readonly string[], format: string): string {
  return createHash('sha256')
    .update(JSON.stringify([format, patterns.toSorted()]))
    .digest('hex')
    .slice(0, 40);
}

export function createTrafficCache(directory: string, nowMs: () => number): TrafficCache {
  const files = createCacheDirectory(directory, limits, nowMs);
  return {
    async restore(key, logs, traffic) {
      const entry = files.open(key);
      if (entry === null) return null;
      const kept = await readEntry(entry, logs, traffic).finally(() => entry.close());
      if (kept === null) files.remove(key);
      return kept;
    },
    save: (key, marks, traffic) => writeEntry(files, key, marks, traffic),
  };
}

async function writeEntry(files: CacheDirectory, key: string, marks: readonly ReadMark[], traffic: RememberedTraffic): Promise<void> {
  const slices = createThreadSlices(sliceMs);
  const { aggregate, stretches, columns } = traffic.dump();
  const { chunks } = traffic.columns;
  const heads: ChunkHead[] = [];
  for (const chunk of chunks) {
    heads.push(headOf(chunk));
    await slices.rest();
  }
  const { chunks: _bytes, ...rest } = columns;
  const head: EntryHead = { version, marks, aggregate, stretches, columns: rest, chunks: heads };
  const body = serialize(head);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  function* pieces(): Generator<Uint8Array> {
    yield Buffer.concat([magic, length, hashOf(body)]);
    yield body;
    for (const chunk of chunks) yield* columnBytes(chunk, chunk.count);
  }
  await files.write(key, pieces(), () => slices.rest());
}

async function readEntry(entry: CacheEntry, logs: readonly FoundLog[], traffic: RememberedTraffic): Promise<readonly ReadMark[] | null> {
  const head = readHead(entry);
  if (head === null || !stillHold(head.marks, logs)) return null;
  const slices = createThreadSlices(sliceMs);
  const chunks: ColumnChunk[] = [];
  let offset = startBytes + head.bodyBytes;
  for (const one of head.chunks) {
    const chunk = chunkFor(one);
    for (const column of columnBytes(chunk, one.count)) {
      if (entry.read(column, offset) !== column.byteLength) return null;
      offset += column.byteLength;
    }
    if (checksumOf(chunk, one.count) !== one.checksum) return null;
    chunks.push(chunk);
    await slices.rest();
  }
  traffic.restore({ aggregate: head.aggregate, stretches: head.stretches, columns: { ...head.columns, chunks } });
  return head.marks;
}

/** Null: it is of another version, or damaged. */
function readHead(entry: CacheEntry): (EntryHead & { readonly bodyBytes: number }) | null {
  const start = Buffer.alloc(startBytes);
  if (entry.read(start, 0) !== startBytes || !start.subarray(0, magic.length).equals(magic)) return null;
  const bodyBytes = start.readUInt32LE(magic.length);
  if (bodyBytes > longestHeadBytes || bodyBytes > entry.sizeBytes) return null;
  const body = Buffer.alloc(bodyBytes);
  if (entry.read(body, startBytes) !== bodyBytes || !hashOf(body).equals(start.subarray(magic.length + 4))) return null;
  const head = deserialize(body) as EntryHead;
  return head.version === version ? { ...head, bodyBytes } : null;
}

/** Each file that was read is still there and has not lost what was read of it. */
function stillHold(marks: readonly ReadMark[], logs: readonly FoundLog[]): boolean {
  return marks.every((mark) => {
    const found = logs.find(({ stat }) => stat.dev === mark.dev && stat.inode === mark.inode);
    const opened = found === undefined ? null : openLogFile(found.path);
    return opened?.kind === 'opened' && holds(opened.file, mark);
  });
}

function holds(file: LogFile, mark: ReadMark): boolean {
  try {
    return holdsMark(file, mark);
  } finally {
    file.close();
  }
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
