import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { connectionLimit } from '../../src-main/web/web-door';
import { openDoor } from '../helpers/web-door-under-test';
import { ask, knock, originOf, talk } from '../helpers/web-requests';

/** How much the door takes from one who means it ill. */
const { door, cookie, reachedCore, stop } = await openDoor();
const sockets: (Socket | WebSocket)[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) 'terminate' in socket ? socket.terminate() : socket.destroy();
});
afterAll(stop);

const json = { 'content-type': 'application/json' };

describe('sizes', () => {
  it('takes a body of 64 KiB and no more, announced or not', async () => {
    const fits = JSON.stringify('x'.repeat(64 * 1024 - 2));
    expect(
      (
        await ask(door.port, {
          method: 'POST',
          path: '/api/app.info',
          headers: { ...json, cookie, origin: originOf(door.port) },
          body: fits,
        })
      ).status,
    ).toBe(200);
    const reached = await reachedCore(async () => {
      const tooBig = `${fits} `;
      expect(
        (
          await ask(door.port, {
            method: 'POST',
            path: '/api/app.info',
            headers: { ...json, cookie, origin: originOf(door.port) },
            body: tooBig,
          })
        ).status,
      ).toBe(413);
      const head = `POST /api/app.info HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nOrigin: ${originOf(door.port)}\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\n`;
      const chunk = `${(70_000).toString(16)}\r\n${'x'.repeat(70_000)}\r\n`;
      expect(await talk(door.port, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`)).toMatch(/^HTTP\/1\.1 413 /);
    });
    expect(reached).toBe(0);
  });

  it('closes on a client that talks too much', async () => {
    const opened = await knock(door.port, { cookie, origin: originOf(door.port) });
    if (opened.kind !== 'open') throw new Error(`refused: ${opened.status}`);
    sockets.push(opened.socket);
    const closed = new Promise<number>((resolve) => opened.socket.once('close', resolve));
    opened.socket.on('error', () => undefined);
    opened.socket.send('x'.repeat(100_000));
    expect([1006, 1009]).toContain(await closed);
    expect((await ask(door.port, {})).status).toBe(200);
  });
});

describe('floods', () => {
  it('refuses a header of 1 MB', async () => {
    expect(await talk(door.port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nX: ${'x'.repeat(1_000_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 |^$/,
    );
    expect((await ask(door.port, {})).status).toBe(200);
  });

  it('gives a slow header 5 s', async () => {
    const startedAt = performance.now();
    const text = await talk(door.port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\n`);
    const tookMs = performance.now() - startedAt;
    expect(text).toMatch(/^HTTP\/1\.1 408 |^$/);
    expect(tookMs).toBeGreaterThan(4_000);
    expect(tookMs).toBeLessThan(8_000);
  });

  it('cuts the 51st connection and answers again when one is free', async () => {
    const idle = await Promise.all(Array.from({ length: connectionLimit }, openIdle));
    await expect(ask(door.port, {})).rejects.toThrow(/ECONNRESET|socket hang up/);
    for (const socket of idle.slice(0, 5)) socket.destroy();
    await expect
      .poll(async () =>
        ask(door.port, {}).then(
          (answer) => answer.status,
          () => 0,
        ),
      )
      .toBe(200);
  });
});

function openIdle(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(door.port, '127.0.0.1', () => resolve(socket));
    sockets.push(socket);
    socket.on('error', reject);
  });
}
