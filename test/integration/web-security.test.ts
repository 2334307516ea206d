import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { openDoor } from '../helpers/web-door-under-test';
import { ask, knock, originOf, post, talk } from '../helpers/web-requests';

/** Who may speak to the door. */
const { door, core, cookie, reachedCore, stop } = await openDoor();
const sockets: WebSocket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});
afterAll(stop);

describe('static files', () => {
  it('serves the window with headers that let nobody frame, sniff or read it from elsewhere', async () => {
    const answer = await ask(door.port, { path: '/' });
    expect(answer).toMatchObject({ status: 200, body: '<!doctype html><title>LogScope</title>' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect((await ask(door.port, { path: '/assets/app-1.js' })).headers['cache-control']).toContain('immutable');
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..\\secret.txt',
    '/assets/',
    '//secret.txt',
    '/%00',
    '/constructor',
    '/__proto__',
  ])('has nothing at %s', async (path) => {
    const answer = await ask(door.port, { path });
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('CANARY');
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false });
  });

  it('answers neither a proxy request nor other methods', async () => {
    expect((await ask(door.port, { path: `http://127.0.0.1:${door.port}/` })).status).toBe(400);
    expect((await ask(door.port, { method: 'PUT' })).status).toBe(405);
    expect((await ask(door.port, { method: 'OPTIONS', headers: { origin: 'http://evil.example' } })).status).toBe(405);
  });
});

describe('Host', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST'])('answers to %s with its port', async (name) => {
    expect((await ask(door.port, { host: `${name}:${door.port}` })).status).toBe(200);
  });

  it.each(['evil.example', '127.0.0.1.evil.example', '10.9.8.7', '0.0.0.0', '127.0.0.2', 'localhost.'])(
    'does not answer to %s',
    async (name) => {
      expect((await ask(door.port, { host: `${name}:${door.port}` })).status).toBe(403);
    },
  );

  it('does not answer without the port or with another', async () => {
    expect((await ask(door.port, { host: '127.0.0.1' })).status).toBe(403);
    expect((await ask(door.port, { host: '127.0.0.1:1' })).status).toBe(403);
  });

  it('does not answer to two Host headers', async () => {
    const text = await talk(door.port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 40[03] /);
  });

  it('refuses a rebinding page even with everything else right', async () => {
    const host = `evil.example:${door.port}`;
    const reached = await reachedCore(async () => {
      const headers = { cookie, origin: `http://${host}`, 'content-type': 'application/json' };
      expect((await ask(door.port, { method: 'POST', path: '/api/app.info', host, headers, body: 'null' })).status).toBe(403);
    });
    expect(reached).toBe(0);
  });
});

describe('session', () => {
  it('exchanges the token for a cookie and never takes it in an address', async () => {
    const answer = await post(door.port, '/session', { token: door.token });
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(answer.body).not.toContain(door.token);
    expect((await post(door.port, `/session?token=${door.token}`, {})).status).toBe(400);
    expect((await post(door.port, `/api/app.info?token=${door.token}`, null)).status).toBe(400);
  });

  it.each([{}, null, [], { token: '' }, { token: 'x' }, { token: 7 }, { token: ['x'] }])('opens none for %j', async (body) => {
    const answer = await post(door.port, '/session', body);
    expect(answer.status).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('is wanted by every request', async () => {
    const reached = await reachedCore(async () => {
      expect((await post(door.port, '/api/app.info', null)).status).toBe(401);
      expect((await post(door.port, '/api/app.info', null, { cookie: `logscope-${door.port}=${door.token}` })).status).toBe(401);
    });
    expect(reached).toBe(0);
    const answer = await post(door.port, '/api/app.info', { a: 1 }, { cookie });
    expect(JSON.parse(answer.body)).toEqual({ ok: true, value: { name: 'app.info' } });
    expect(core.requests.at(-1)).toEqual({ name: 'app.info', input: { a: 1 }, caller: { actionsAllowed: false } });
  });
});

describe('POST', () => {
  const json = { 'content-type': 'application/json' };

  it('wants its own Origin, exactly', async () => {
    const reached = await reachedCore(async () => {
      for (const origin of [
        'http://evil.example',
        'null',
        `https://127.0.0.1:${door.port}`,
        `${originOf(door.port)}.evil.example`,
        'http://127.0.0.1',
        `http://localhost:${door.port}`,
      ]) {
        expect(
          (await ask(door.port, { method: 'POST', path: '/api/app.info', headers: { ...json, cookie, origin }, body: 'null' })).status,
          origin,
        ).toBe(403);
      }
      expect((await ask(door.port, { method: 'POST', path: '/api/app.info', headers: { ...json, cookie }, body: 'null' })).status).toBe(
        403,
      );
    });
    expect(reached).toBe(0);
  });

  it('wants JSON', async () => {
    const headers = { cookie, origin: originOf(door.port) };
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonp']) {
      expect(
        (await ask(door.port, { method: 'POST', path: '/api/app.info', headers: { ...headers, 'content-type': type }, body: 'null' }))
          .status,
        type,
      ).toBe(415);
    }
    expect((await ask(door.port, { method: 'POST', path: '/api/app.info', headers, body: 'null' })).status).toBe(415);
    expect((await ask(door.port, { method: 'POST', path: '/api/app.info', headers: { ...headers, ...json }, body: '{"a":' })).status).toBe(
      400,
    );
  });

  it('goes nowhere but to /api/ and /session', async () => {
    expect((await post(door.port, '/', null, { cookie })).status).toBe(404);
    expect((await post(door.port, '/events', null, { cookie })).status).toBe(404);
  });
});

describe('WebSocket', () => {
  it('opens for a session of its own page and carries events', async () => {
    const opened = await knock(door.port, { cookie, origin: originOf(door.port) });
    if (opened.kind !== 'open') throw new Error(`refused: ${opened.status}`);
    sockets.push(opened.socket);
    const message = new Promise<string>((resolve) => opened.socket.once('message', (data) => resolve(String(data))));
    await expect.poll(() => core.audiences.at(-1)).toBe('visible');
    core.emit({ event: 'navigate', payload: { section: 'logs' } });
    expect(JSON.parse(await message)).toEqual({ event: 'navigate', payload: { section: 'logs' } });
    opened.socket.close();
    await expect.poll(() => core.audiences.at(-1)).toBe('headless');
  });

  it('is refused without session, without Origin, with a foreign one, elsewhere and by another name', async () => {
    const origin = originOf(door.port);
    expect(await knock(door.port, { origin })).toEqual({ kind: 'refused', status: 401 });
    expect(await knock(door.port, { cookie })).toEqual({ kind: 'refused', status: 403 });
    expect(await knock(door.port, { cookie, origin: 'http://evil.example' })).toEqual({ kind: 'refused', status: 403 });
    expect(await knock(door.port, { cookie, origin: 'null' })).toEqual({ kind: 'refused', status: 403 });
    expect(await knock(door.port, { cookie, origin }, '/other')).toEqual({ kind: 'refused', status: 404 });
    expect(await knock(door.port, { cookie, origin }, `/events?token=${door.token}`)).toEqual({ kind: 'refused', status: 400 });
    const evil = `evil.example:${door.port}`;
    expect(await knock(door.port, { cookie, host: evil, origin: `http://${evil}` })).toEqual({ kind: 'refused', status: 403 });
  });
});
