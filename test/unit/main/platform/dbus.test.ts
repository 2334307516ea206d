import { createRequire } from 'node:module';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createUnitsByBus, parseUnits } from '../../../../src-main/collectors/services/read-units-by-bus';
import { connectBus, DBusRefusal } from '../../../../src-main/platform/dbus-connection';
import { readMessage, writeMethodCall } from '../../../../src-main/platform/dbus-message';
import { temporaryDirectory } from '../../../helpers/temporary-directory';

/** An implementation that is not ours. */
interface PlainMessage {
  readonly type: number;
  readonly serial: number;
  readonly flags?: number;
  readonly path?: string;
  readonly member?: string;
  readonly interface?: string;
  readonly destination?: string;
  readonly errorName?: string;
  readonly replySerial?: number;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}
const dbusNext = createRequire(import.meta.url)('dbus-next/lib/message') as {
  marshall(message: PlainMessage): readonly [Buffer, unknown];
  unmarshall(bytes: Buffer): PlainMessage;
};

const written = (message: PlainMessage): Buffer => dbusNext.marshall(message)[0];
const call = {
  path: '/org/freedesktop/systemd1',
  interface: 'org.freedesktop.systemd1.Manager',
  member: 'ListUnitsByPatterns',
  destination: 'org.freedesktop.systemd1',
  stringArrays: [[], ['*.service', 'ünïcode']],
} as const;
const unit = (name: string, active = 'active') => [name, `About ${name}`, 'loaded', active, 'running', '', `/u/${name}`, 0, '', '/'];
const reply = (serial: number, units: readonly unknown[]): PlainMessage => ({
  type: 2,
  serial: 9,
  flags: 1,
  replySerial: serial,
  destination: ':1.2',
  signature: 'a(ssssssouso)',
  body: [units],
});

test('another implementation reads our calls', () => {
  expect(dbusNext.unmarshall(writeMethodCall(7, call))).toMatchObject({
    type: 1,
    serial: 7,
    path: call.path,
    interface: call.interface,
    member: call.member,
    destination: call.destination,
    signature: 'asas',
    body: [[], ['*.service', 'ünïcode']],
  });
});

test('we read the replies of another implementation, whole ones only', () => {
  const bytes = written(reply(7, [unit('a.service'), unit('long-name-of-b.timer', 'failed')]));
  const message = readMessage(Buffer.concat([bytes, Buffer.from('next')]), 1_000_000);
  expect(message).toMatchObject({ kind: 'return', replyTo: 7, errorName: null, length: bytes.length });
  expect(parseUnits(message?.body ?? Buffer.alloc(0))).toEqual([
    { unit: 'a.service', description: 'About a.service', loadState: 'loaded', activeState: 'active', subState: 'running' },
    {
      unit: 'long-name-of-b.timer',
      description: 'About long-name-of-b.timer',
      loadState: 'loaded',
      activeState: 'failed',
      subState: 'running',
    },
  ]);
  for (const cut of [0, 1, 15, 16, 40, bytes.length - 1]) expect(readMessage(bytes.subarray(0, cut), 1_000_000)).toBeNull();
  expect(parseUnits(readMessage(written(reply(7, [])), 1_000_000)?.body ?? Buffer.alloc(0))).toEqual([]);
});

test('a message that claims to be huge, or is of the other byte order, is refused before it is kept', () => {
  const bytes = written(reply(7, []));
  bytes.writeUInt32LE(0xfffffff0, 4);
  expect(() => readMessage(bytes, 1_000_000)).toThrow('bytes');
  bytes[0] = 0x42;
  expect(() => readMessage(bytes, 1_000_000)).toThrow('little-endian');
});

describe('over a socket', () => {
  let server: Server | null = null;
  let peer: Socket | null = null;
  let connectionCount = 0;
  afterEach(() => {
    peer?.destroy();
    server?.close();
    connectionCount = 0;
  });

  /** A bus that accepts everybody and answers each call as told, in pieces. */
  async function bus(answer: (message: PlainMessage) => PlainMessage | null): Promise<string> {
    const path = join(temporaryDirectory(), 'bus');
    server = createServer((socket) => {
      peer = socket;
      connectionCount += 1;
      let text = Buffer.alloc(0);
      let begun = false;
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        text = Buffer.concat([text, chunk]);
        if (!begun) {
          const begin = text.indexOf('BEGIN\r\n');
          if (begin < 0) {
            if (text.includes('\r\n')) socket.write('OK 1234deadbeef\r\n');
            return;
          }
          expect(text.toString('latin1', 0, text.indexOf('\r\n'))).toBe('\0AUTH EXTERNAL 31303030');
          begun = true;
          text = text.subarray(begin + 7);
        }
        for (let message = readMessage(text, 1_000_000); message !== null; message = readMessage(text, 1_000_000)) {
          const serial = text.readUInt32LE(8);
          // Hello is the one call without a body, which the other implementation cannot read back.
          const asked = message.body.length === 0 ? null : dbusNext.unmarshall(text.subarray(0, message.length));
          text = text.subarray(message.length);
          const said = asked === null ? { type: 2, serial: 1, replySerial: serial, signature: 's', body: [':1.7'] } : answer(asked);
          if (said === null) continue;
          const bytes = written(said);
          for (let start = 0; start < bytes.length; start += 50) socket.write(bytes.subarray(start, start + 50));
        }
      });
    });
    await new Promise<void>((resolve) => server?.listen(path, resolve));
    return path;
  }

  test('answers that come in pieces, and refusals with their name', async () => {
    const path = await bus((asked) =>
      asked.path === '/no'
        ? {
            type: 3,
            serial: 2,
            replySerial: asked.serial,
            errorName: 'org.freedesktop.DBus.Error.AccessDenied',
            signature: 's',
            body: ['no'],
          }
        : reply(asked.serial, [unit('a.service')]),
    );
    const connection = await connectBus(path, 1000, 2_000);
    const [body] = await Promise.all([
      connection.call(call, 2_000),
      expect(connection.call({ ...call, path: '/no' }, 2_000)).rejects.toThrow(DBusRefusal),
    ]);
    expect(parseUnits(body)).toHaveLength(1);
    connection.close();
    expect(connection.isOpen).toBe(false);
    await expect(connection.call(call, 2_000)).rejects.toThrow('closed');
  });

  test('one connection for all lists; a bus that breaks off or is not there is left alone for half a minute', async () => {
    let nowMs = 0;
    let broken = false;
    const path = await bus((asked) => {
      if (broken) peer?.destroy();
      return broken ? null : reply(asked.serial, [unit('a.service')]);
    });
    const units = createUnitsByBus(path, 1000, { nowMs: () => 0, monotonicMs: () => nowMs });
    expect(await units.list()).toHaveLength(1);
    expect(await units.list()).toHaveLength(1);
    expect(connectionCount).toBe(1);
    broken = true;
    expect(await units.list()).toBeNull();
    broken = false;
    nowMs = 29_999;
    expect(await units.list()).toBeNull();
    expect(connectionCount).toBe(1);
    nowMs = 30_000;
    expect(await units.list()).toHaveLength(1);
    expect(connectionCount).toBe(2);
    units.close();
    const nowhere = createUnitsByBus('/nonexistent/bus', 1000, { nowMs: () => 0, monotonicMs: () => 0 });
    expect(await nowhere.list()).toBeNull();
  });
});
