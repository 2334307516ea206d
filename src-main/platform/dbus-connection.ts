import { createConnection, type Socket } from 'node:net';
import { type DBusMessage, type MethodCall, readMessage, writeMethodCall } from './dbus-message';

/** The bus, or who was asked through it, said no. */
export class DBusRefusal extends Error {
  constructor(
    readonly errorName: string,
    message: string,
  ) {
    super(message);
    this.name = 'DBusRefusal';
  }
}

/** A connection to a message bus; calls go one after the other or at once. Rejects everything after it broke. */
export interface DBusConnection {
  call(call: MethodCall, timeoutMs: number): Promise<Buffer>;
  readonly isOpen: boolean;
  close(): void;
}

/** Replies of systemd with 5,000 units have about 2 MB. */
const maxMessageBytes = 32 * 1024 * 1024;

interface Waiting {
  readonly resolve: (body: Buffer) => void;
  readonly reject: (error: Error) => void;
  readonly patience: NodeJS.Timeout;
}

/** Connects by a socket path, authenticates as this user and says hello. Rejects with what the socket or the bus says. */
export async function connectBus(socketPath: string, uid: number, timeoutMs: number): Promise<DBusConnection> {
  const connection = new BusConnection(createConnection({ path: socketPath }), uid);
  try {
    await connection.call(hello, timeoutMs);
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

const bus = 'org.freedesktop.DBus';
const hello: MethodCall = { path: '/org/freedesktop/DBus', interface: bus, member: 'Hello', destination: bus, stringArrays: [] };

class BusConnection implements DBusConnection {
  private readonly waiting = new Map<number, Waiting>();
  private serial = 0;
  private received: Buffer = Buffer.alloc(0);
  private authenticated = false;
  private unsent: Buffer[] = [];
  private broken: Error | null = null;

  constructor(
    private readonly socket: Socket,
    uid: number,
  ) {
    socket.unref();
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('D-Bus: the bus closed the connection')));
    // The user id as text, each character in hexadecimal: "30" for 0.
    socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`);
  }

  get isOpen(): boolean {
    return this.broken === null;
  }

  call(call: MethodCall, timeoutMs: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.broken !== null) return reject(this.broken);
      this.serial += 1;
      const { serial } = this;
      const patience = setTimeout(() => this.fail(new Error(`D-Bus: no answer within ${timeoutMs} ms`)), timeoutMs);
      this.waiting.set(serial, { resolve, reject, patience });
      const bytes = writeMethodCall(serial, call);
      if (this.authenticated) this.socket.write(bytes);
      else this.unsent.push(bytes);
    });
  }

  close(): void {
    this.fail(new Error('D-Bus: closed'));
  }

  private take(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    try {
      if (!this.authenticated && !this.readAuthentication()) return;
      for (;;) {
        const message = readMessage(this.received, maxMessageBytes);
        if (message === null) return;
        this.received = this.received.subarray(message.length);
        this.answer(message);
      }
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** True once the line that accepts us was read; messages follow it. */
  private readAuthentication(): boolean {
    const end = this.received.indexOf('\r\n');
    if (end < 0) return false;
    const line = this.received.toString('latin1', 0, end);
    if (!line.startsWith('OK ')) throw new Error(`D-Bus: not accepted: ${line.slice(0, 100)}`);
    this.received = this.received.subarray(end + 2);
    this.authenticated = true;
    this.socket.write(Buffer.concat([Buffer.from('BEGIN\r\n'), ...this.unsent]));
    this.unsent = [];
    return true;
  }

  private answer({ kind, replyTo, errorName, body }: DBusMessage): void {
    const waiting = replyTo === null ? undefined : this.waiting.get(replyTo);
    if (waiting === undefined || replyTo === null || kind === 'other') return;
    this.waiting.delete(replyTo);
    clearTimeout(waiting.patience);
    if (kind === 'return') waiting.resolve(body);
    else waiting.reject(new DBusRefusal(errorName ?? 'unknown', `D-Bus: ${errorName ?? 'an error without a name'}`));
  }

  private fail(error: Error): void {
    if (this.broken !== null) return;
    this.broken = error;
    this.socket.destroy();
    for (const { reject, patience } of this.waiting.values()) {
      clearTimeout(patience);
      reject(error);
    }
    this.waiting.clear();
  }
}
