import { createConnection, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { onceAborted } from './abort-fan-out';
import { ChunkedBody } from './chunked-body';

/** An answer's head is a few hundred bytes. */
const maxHeadBytes = 16 * 1024;
/** While lines come in a flood, as many are read at once as came within this time. The kernel holds a few hundred for as long. */
const paceMs = 4;
const readBytes = 256 * 1024;

/**
 * A log stream of an engine behind a socket of this machine. An engine sends each line as a chunk of HTTP of its own, and Node's parser
 * hands on each of them by itself, which costs several times what the line does: here a whole read is taken apart at once. Null: the
 * answer is not a stream in chunks; whoever asks the ordinary way is told why.
 */
export async function openEngineLogStream(
  socketPath: string,
  path: string,
  signal: AbortSignal,
): Promise<AsyncGenerator<Buffer, void> | null> {
  const reads = new SocketReads(socketPath, signal);
  reads.write(`GET ${path} HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n`);
  let head = Buffer.alloc(0);
  for (;;) {
    const bytes = await reads.next();
    if (bytes === null) break;
    head = Buffer.concat([head, bytes]);
    const end = head.indexOf('\r\n\r\n');
    if (end !== -1) {
      const text = head.toString('latin1', 0, end);
      if (!/^HTTP\/1\.[01] 200 /.test(text) || !/^transfer-encoding: *chunked *$/im.test(text)) break;
      return body(reads, Buffer.from(head.subarray(end + 4)));
    }
    if (head.length > maxHeadBytes) break;
  }
  reads.close();
  return null;
}

/** Throws an error with the code ECONNRESET when the connection breaks. */
async function* body(reads: SocketReads, first: Buffer): AsyncGenerator<Buffer, void> {
  const chunks = new ChunkedBody();
  try {
    for (let bytes: Buffer | null = first; bytes !== null; bytes = await reads.next()) {
      const content = chunks.write(bytes);
      if (content.length > 0) yield content;
      if (chunks.isEnded) return;
      if (chunks.isBroken) break;
    }
    throw reads.failure ?? Object.assign(new Error('The log stream broke off'), { code: 'ECONNRESET' });
  } finally {
    reads.close();
  }
}

/** What comes from a socket, in as few pieces as can be. */
class SocketReads {
  failure: Error | null = null;
  private readonly socket: Socket;
  private readonly forget: () => void;
  private pending: Buffer | null = null;
  private ended = false;
  private readAtMs = 0;
  private wake: () => void = () => undefined;

  constructor(path: string, signal: AbortSignal) {
    const callback = (length: number, buffer: Uint8Array) => {
      this.pending = Buffer.from(buffer.subarray(0, length));
      this.wake();
      // Nothing further until it is asked for; a paused stream would go on to fill its own buffer line by line.
      return false;
    };
    this.socket = createConnection({ path, onread: { buffer: Buffer.allocUnsafeSlow(readBytes), callback } });
    this.socket.on('error', (error) => {
      this.failure = error;
    });
    const end = () => {
      this.ended = true;
      this.wake();
    };
    this.socket.on('end', end);
    this.socket.on('close', end);
    this.forget = onceAborted(signal, () => this.close());
    if (signal.aborted) this.close();
  }

  write(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Null: nothing will come any more. */
  async next(): Promise<Buffer | null> {
    if (this.pending === null && !this.ended) {
      const sinceMs = performance.now() - this.readAtMs;
      if (sinceMs < paceMs) await delay(paceMs - sinceMs);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        if (this.ended || this.pending !== null) resolve();
        else this.socket.resume();
      });
    }
    this.readAtMs = performance.now();
    const bytes = this.pending;
    this.pending = null;
    return bytes;
  }

  close(): void {
    this.forget();
    this.ended = true;
    this.socket.destroy();
    this.wake();
  }
}
