import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { errorCodeOf } from './proc-errors';

/** Compressed bytes that end early or are broken. What came before was given out. */
export class DamagedGzip extends Error {}

/** RFC 1952: the two bytes that every member begins with, and the only method there is. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/** The bytes as they come, unpacked when they are gzip, told by their first three. Bounded memory; throws DamagedGzip. */
export async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  try {
    let head: Buffer = Buffer.alloc(0);
    let isOver = false;
    while (head.length < 3 && !isOver) {
      const next = await chunks.next();
      isOver = next.done === true;
      if (next.done !== true) head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    }
    const all = resumed(head, chunks);
    yield* isGzip(head) ? gunzipped(all) : all;
  } finally {
    await chunks.return?.();
  }
}

async function* resumed(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* gunzipped(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  // The reader below is told of every error; pipeline wants somebody to tell too.
  const text = pipeline(Readable.from(source, { objectMode: false }), createGunzip(), () => undefined);
  try {
    for await (const chunk of text) yield chunk as Buffer;
  } catch (error) {
    if (errorCodeOf(error)?.startsWith('Z_') === true) throw new DamagedGzip('its compressed text is damaged or ends early');
    throw error;
  }
}
