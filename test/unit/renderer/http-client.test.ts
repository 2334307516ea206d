import { expect, test, vi } from 'vitest';
import { type BrowserParts, createHttpClient } from '../../../src-renderer/client/http-client';
import { parseEvent } from '../../../src-renderer/client/listeners';

class FakeSocket extends EventTarget {
  constructor(readonly url: string) {
    super();
  }
}

function setUp(hash: string, answers: Record<string, () => Response>) {
  const sockets: FakeSocket[] = [];
  const timers: { run: () => void; afterMs: number }[] = [];
  const calls: { path: string; body: unknown }[] = [];
  const forgetFragment = vi.fn();
  const parts: { -readonly [K in keyof BrowserParts]: BrowserParts[K] } = {
    location: { href: `http://127.0.0.1:4000/${hash}`, hash },
    fetch: (async (input: URL, init: RequestInit) => {
      const path = new URL(input).pathname;
      calls.push({ path, body: JSON.parse(String(init.body)) });
      return (answers[path] ?? (() => new Response('', { status: 404 })))();
    }) as unknown as typeof fetch,
    openSocket: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    forgetFragment,
    setTimer: (run, afterMs) => timers.push({ run, afterMs }),
  };
  return { client: createHttpClient(parts), parts, sockets, timers, calls, forgetFragment };
}

const ok = (value: unknown) => () => new Response(JSON.stringify({ ok: true, value }), { status: 200 });

test('the token is exchanged once, forgotten, and requests wait for it', async () => {
  const { client, calls, forgetFragment, sockets } = setUp('#token=abc', {
    '/session': () => new Response(null, { status: 204 }),
    '/api/self.latest': ok(null),
  });
  await client.request('self.latest', null);
  expect(calls).toEqual([
    { path: '/session', body: { token: 'abc' } },
    { path: '/api/self.latest', body: null },
  ]);
  expect(forgetFragment).toHaveBeenCalledOnce();
  expect(sockets.map((socket) => socket.url)).toEqual(['ws://127.0.0.1:4000/events']);
});

test('an address that shows the demo leads there once its token was taken', async () => {
  const taken = { '/session': () => new Response(null, { status: 204 }), '/api/self.latest': ok(null) };
  for (const [hash, places] of [
    ['#token=abc&show=demo', [{ section: 'traffic', item: 'demo' }]],
    ['#token=abc&show=settings', []],
    ['#show=demo', []],
  ] as const) {
    const { client } = setUp(hash, taken);
    const seen: unknown[] = [];
    client.on('navigate', (place) => seen.push(place));
    await client.request('self.latest', null);
    expect(seen).toEqual(places);
  }
});

test('a page that listens only after its token was taken is led there all the same', async () => {
  const { client } = setUp('#token=abc&show=demo', { '/session': () => new Response(null, { status: 204 }), '/api/self.latest': ok(null) });
  await client.request('self.latest', null);
  const place = await new Promise((resolve) => client.on('navigate', resolve));
  expect(place).toEqual({ section: 'traffic', item: 'demo' });
});

test('a refused token is denied and nothing more is tried', async () => {
  const { client, sockets } = setUp('#token=wrong', {
    '/session': () => new Response('', { status: 403 }),
    '/api/app.info': () => new Response('', { status: 401 }),
  });
  const seen: string[] = [];
  client.onConnection((connection) => seen.push(connection));
  await expect(client.request('app.info', null)).rejects.toMatchObject({ code: 'not-allowed' });
  expect(seen.at(-1)).toBe('denied');
  expect(sockets).toEqual([]);
});

test('a refused request rejects with its code', async () => {
  const { client } = setUp('', {
    '/api/processes.stop': () =>
      new Response(JSON.stringify({ ok: false, error: { code: 'not-allowed', message: 'read-only' } }), { status: 403 }),
  });
  await expect(client.request('processes.stop', { ticket: 't', signal: 'SIGTERM' })).rejects.toMatchObject({
    name: 'RequestError',
    code: 'not-allowed',
    message: 'read-only',
  });
});

test('a broken stream is opened again, slower each time, and fast after success', async () => {
  const { client, sockets, timers } = setUp('', { '/api/self.latest': ok(null), '/api/app.info': ok(null) });
  const seen: string[] = [];
  client.onConnection((connection) => seen.push(connection));
  await client.request('self.latest', null);
  sockets[0]?.dispatchEvent(new Event('open'));
  sockets[0]?.dispatchEvent(new Event('close'));
  timers[0]?.run();
  await vi.waitFor(() => expect(sockets).toHaveLength(2));
  sockets[1]?.dispatchEvent(new Event('close'));
  timers[1]?.run();
  await vi.waitFor(() => expect(sockets).toHaveLength(3));
  sockets[2]?.dispatchEvent(new Event('open'));
  sockets[2]?.dispatchEvent(new Event('close'));
  expect(timers.map((timer) => timer.afterMs)).toEqual([500, 1000, 500]);
  expect(seen).toEqual(['connecting', 'open', 'reconnecting', 'open', 'reconnecting']);
});

test('a session that ended while the line was broken is denied, not tried for ever', async () => {
  const { client, sockets, timers } = setUp('', { '/api/self.latest': ok(null), '/api/app.info': () => new Response('', { status: 401 }) });
  const seen: string[] = [];
  client.onConnection((connection) => seen.push(connection));
  await client.request('self.latest', null);
  sockets[0]?.dispatchEvent(new Event('close'));
  timers[0]?.run();
  await vi.waitFor(() => expect(seen.at(-1)).toBe('denied'));
  expect(sockets).toHaveLength(1);
});

test('a door that is down is waited for with the token kept', async () => {
  let up = false;
  const { client, timers, forgetFragment } = setUp('#token=abc', {
    '/session': () => {
      if (!up) throw new TypeError('Failed to fetch');
      return new Response(null, { status: 204 });
    },
    '/api/self.latest': ok(null),
  });
  const answer = client.request('self.latest', null);
  await vi.waitFor(() => expect(timers).toHaveLength(1));
  expect(forgetFragment).not.toHaveBeenCalled();
  up = true;
  timers[0]?.run();
  await expect(answer).resolves.toBeNull();
  expect(forgetFragment).toHaveBeenCalledOnce();
});

test('events reach their listeners, anything else is left alone', async () => {
  const { client, sockets } = setUp('', { '/api/self.latest': ok(null) });
  const places: unknown[] = [];
  client.on('navigate', (place) => places.push(place));
  await client.request('self.latest', null);
  for (const data of ['{"event":"navigate","payload":{"section":"logs"}}', 'not json', '{"event":"evil","payload":1}', '[]'])
    sockets[0]?.dispatchEvent(new MessageEvent('message', { data }));
  expect(places).toEqual([{ section: 'logs' }]);
  expect(parseEvent('null')).toBeNull();
});

test('a question that was taken back lets its connection go, and is no broken line', async () => {
  const { client, parts, timers } = setUp('', {});
  parts.fetch = ((_input, init) =>
    new Promise((_resolve, reject) => {
      const refuse = () => reject(init?.signal?.reason);
      if (init?.signal?.aborted) refuse();
      init?.signal?.addEventListener('abort', refuse);
    })) as typeof fetch;
  const asking = new AbortController();
  const waiting = client.request('self.latest', null, asking.signal);
  asking.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'RequestError', code: 'unexpected' });
  await expect(client.request('self.latest', null, asking.signal)).rejects.toMatchObject({ code: 'unexpected' });
  expect(timers).toEqual([]);
});
