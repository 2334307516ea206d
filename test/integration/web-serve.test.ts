import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppInfo, Reply, StopPreview } from '../../src-shared/contract';
import type { AnyReading } from '../../src-shared/snapshots';
import { waitFor } from '../helpers/wait-for';
import { ask, knock, openSession, originOf, post } from '../helpers/web-requests';
import { type Serving, startServing } from '../helpers/web-serve';

/** `logscope serve` as a program: address, session, readings, actions and the end. */
const noEngine = ['--engine', 'unix:///nonexistent/logscope-test.sock'];
const serving: Serving[] = [];

async function serve(...args: readonly string[]): Promise<Serving> {
  const one = await startServing([...noEngine, ...args]);
  serving.push(one);
  return one;
}

afterEach(async () => {
  for (const one of serving.splice(0)) await one.stop();
});

async function call<T>(door: Serving, cookie: string, name: string, input: unknown = null): Promise<Reply<T>> {
  return JSON.parse((await post(door.port, `/api/${name}`, input, { cookie })).body) as Reply<T>;
}

describe('logscope serve', () => {
  it('tells an address that works, serves the built window and live readings', async () => {
    const door = await serve();
    expect(door.url).toBe(`http://127.0.0.1:${door.port}/#token=${door.token}`);
    const page = await ask(door.port, {});
    expect(page.status).toBe(200);
    const script = /src="\.(\/assets\/[\w.-]+\.js)"/.exec(page.body)?.[1] ?? 'no script';
    expect((await ask(door.port, { path: script })).headers['content-type']).toContain('text/javascript');

    const cookie = await openSession(door.port, door.token);
    expect(await call<AppInfo>(door, cookie, 'app.info')).toMatchObject({ ok: true, value: { door: 'web', actionsAllowed: false } });
    const opened = await knock(door.port, { cookie, origin: originOf(door.port) });
    if (opened.kind !== 'open') throw new Error(`refused: ${opened.status}`);
    const seen = new Set<string>();
    opened.socket.on('message', (data) => {
      const event = JSON.parse(String(data)) as { event: string; payload: AnyReading };
      if (event.event === 'reading' && event.payload.reading.kind === 'ok') seen.add(event.payload.source);
    });
    await expect.poll(() => [...seen].sort(), { timeout: 10_000 }).toEqual(expect.arrayContaining(['host', 'processes']));
    opened.socket.terminate();
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends on %s with code 0 within 3 s, a client still connected', async (signal) => {
    const door = await startServing(noEngine);
    const cookie = await openSession(door.port, door.token);
    const opened = await knock(door.port, { cookie, origin: originOf(door.port) });
    if (opened.kind !== 'open') throw new Error(`refused: ${opened.status}`);
    opened.socket.on('error', () => undefined);
    const { exitCode, tookMs, stderr } = await door.stop(signal);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(tookMs).toBeLessThan(3_000);
  });

  it('says in one line that a port is taken', async () => {
    const door = await serve();
    await expect(startServing([...noEngine, '--port', String(door.port)])).rejects.toThrow(
      /error: 127\.0\.0\.1:\d+ is in use by another program[^\n]*\n$/,
    );
  });

  it('stops a process only with --allow-actions', async () => {
    const victim = spawn('sleep', ['1000'], { stdio: 'ignore' });
    const gone = once(victim, 'exit');
    try {
      const readOnly = await serve();
      const look = await openSession(readOnly.port, readOnly.token);
      const seen = await previewOf(readOnly, look, victim.pid);
      expect(await call(readOnly, look, 'processes.stop', { ticket: seen.ticket, signal: 'SIGTERM' })).toMatchObject({
        ok: false,
        error: { code: 'not-allowed' },
      });
      expect(victim.exitCode ?? victim.signalCode).toBeNull();

      const acting = await serve('--allow-actions');
      const act = await openSession(acting.port, acting.token);
      expect(await call<AppInfo>(acting, act, 'app.info')).toMatchObject({ value: { actionsAllowed: true } });
      const { ticket } = await previewOf(acting, act, victim.pid);
      expect(await call(acting, act, 'processes.stop', { ticket, signal: 'SIGTERM' })).toMatchObject({
        ok: true,
        value: { outcome: 'gone' },
      });
      expect(await gone).toEqual([null, 'SIGTERM']);
    } finally {
      victim.kill('SIGKILL');
    }
  });
});

async function previewOf(door: Serving, cookie: string, pid: number | undefined): Promise<StopPreview> {
  const id = await waitFor(
    async () => {
      const reply = await call<AnyReading>(door, cookie, 'readings.refresh', { source: 'processes' });
      if (!reply.ok || reply.value.source !== 'processes' || reply.value.reading.kind !== 'ok') return null;
      return reply.value.reading.data.processes.find((one) => one.pid === pid)?.id;
    },
    { timeoutMs: 10_000, what: 'the victim in the process table' },
  );
  const reply = await call<StopPreview>(door, cookie, 'processes.preview', { id });
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value;
}
