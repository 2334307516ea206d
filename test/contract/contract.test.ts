import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Core } from '../../src-main/app/core';
import { createApp } from '../../src-main/app/create-app';
import { startCoreThread } from '../../src-main/app/start-core-thread';
import { startWebDoor } from '../../src-main/web/web-door';
import { type AnyEvent, eventNames, type Reply, type RequestName, requestNames, requests } from '../../src-shared/contract';
import { type AnyReading, sourceIds } from '../../src-shared/snapshots';
import { builtFile } from '../helpers/web-built';
import { testCoreOptions } from '../helpers/web-core-options';
import { knock, openSession, originOf, post } from '../helpers/web-requests';

/** The contract as a door sees it. The same questions over every carrier: what differs is a bug of that carrier. */
interface Carrier {
  ask(name: string, input: unknown): Promise<Reply<unknown>>;
  onEvent(listener: (event: AnyEvent) => void): void;
  stop(): Promise<void>;
}

const dataDirectory = mkdtempSync(join(tmpdir(), 'logscope-contract-'));
afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

const readOnly = { actionsAllowed: false };

function carrierOf(core: Core): Carrier {
  return { ask: (name, input) => core.handle(name, input, readOnly), onEvent: core.onEvent, stop: core.stop };
}

async function overHttp(): Promise<Carrier> {
  const core = await createApp(testCoreOptions(dataDirectory, { door: 'web' }));
  const rendererDirectory = dirname(await builtFile('renderer', 'index.html'));
  const door = await startWebDoor({ core, host: '127.0.0.1', port: 0, actionsAllowed: false, rendererDirectory, localAddresses: [] });
  const cookie = await openSession(door.port, door.token);
  const opened = await knock(door.port, { cookie, origin: originOf(door.port) });
  if (opened.kind !== 'open') throw new Error(`no event socket: ${opened.status}`);
  return {
    async ask(name, input) {
      const answer = await post(door.port, `/api/${encodeURIComponent(name)}`, input ?? null, { cookie });
      if (answer.status !== 200) return { ok: false, error: { code: 'unexpected', message: `HTTP ${answer.status}: ${answer.body}` } };
      return JSON.parse(answer.body) as Reply<unknown>;
    },
    onEvent: (listener) => void opened.socket.on('message', (data) => listener(JSON.parse(String(data)) as AnyEvent)),
    async stop() {
      opened.socket.terminate();
      await Promise.all([door.stop(), core.stop()]);
    },
  };
}

async function inThread(): Promise<Carrier> {
  const threadUrl = pathToFileURL(await builtFile('main', 'core-thread.js'));
  const crashes: Error[] = [];
  const carrier = carrierOf(startCoreThread(testCoreOptions(dataDirectory), threadUrl, (error) => crashes.push(error)));
  return {
    ...carrier,
    async stop() {
      await carrier.stop();
      expect(crashes).toEqual([]);
    },
  };
}

const carriers: readonly (readonly [string, () => Promise<Carrier>])[] = [
  ['this thread', async () => carrierOf(await createApp(testCoreOptions(dataDirectory)))],
  ['a worker thread', inThread],
  ['HTTP', overHttp],
];

/** For every request: inputs that must be refused as bad input, or by its name alone. A new request does not compile without. */
const badInputs: Readonly<Record<RequestName, readonly unknown[]>> = {
  'app.info': [1, { a: 1 }, []],
  'readings.latest': ['x', { source: 'host' }],
  'readings.refresh': [null, {}, { source: 'nope' }, { source: 'host', extra: 1 }, { source: ['host'] }],
  'engine.pause': [null, {}, { paused: 1 }, { paused: 'true' }],
  'self.latest': [[], { a: 1 }],
  'history.range': [
    null,
    {},
    { metric: 'nope', subject: '', fromMs: 0, toMs: 1 },
    { metric: 'host.cpu.busy', subject: '', fromMs: 0.5, toMs: 1 },
  ],
  'problems.current': [{ a: 1 }, 0],
  'alerts.list': [{ a: 1 }, 0],
  'alerts.dismiss': [null, {}, { ids: 'x' }, { ids: [1] }, { ids: ['x'.repeat(201)] }],
  'processes.comes-back': [{ id: 'x' }, 0, []],
  'processes.preview': [null, { id: 1 }, { pid: 1 }, { id: 'x'.repeat(65) }],
  'processes.stop': [],
  'processes.came-back': [null, {}, { watch: 1 }, { watch: 'x'.repeat(65) }, { watch: 'x', extra: 1 }],
  'processes.explain': [null, {}, { id: 1 }, { pid: 1 }, { id: 'x'.repeat(65) }],
  'processes.save-evidence': [],
  'processes.expect': [],
  'processes.audit': [null, {}, { limit: 0 }, { limit: 1.5 }, { limit: 5000 }],
  'ports.list': [null, {}, { pages: 1 }],
  'ports.who': [null, {}, { port: 0 }, { port: 65_536 }, { port: '80' }],
  'ports.leftovers': [{ a: 1 }, 0],
  'policies.list': [{ a: 1 }, 0],
  'policies.save': [],
  'policies.remove': [],
  'policies.history': [null, {}, { exe: '' }, { exe: 1 }],
  'policies.import': [],
  'roles.ask': [],
  'roles.open': [{ a: 1 }, 0],
  'containers.detail': [null, {}, { id: '' }, { id: 'web-1' }, { id: '../../info' }, { id: 1 }],
  'containers.act': [],
  'containers.shell': [],
  'pods.events': [null, {}, { namespace: 'a' }, { namespace: 'A/../b', name: 'x' }, { namespace: '', name: '' }],
  'pods.contexts': [{ a: 1 }, 0],
  'services.explain': [
    null,
    {},
    { unit: '--help', scope: 'system' },
    { unit: 'a.service', scope: 'root' },
    { unit: 'a b.service', scope: 'user' },
  ],
  'services.act': [],
  'logs.open': [
    null,
    {},
    { target: { kind: 'container', id: 'web' }, tail: 10 },
    { target: { kind: 'unit', unit: '-u', scope: 'system' }, tail: 10 },
    { target: { kind: 'file', path: '/etc/passwd' }, tail: 10 },
    { target: { kind: 'unit', unit: 'a.service', scope: 'system' }, tail: 5000 },
  ],
  'logs.next': [null, {}, { stream: 1, after: 0 }, { stream: 'x', after: -1 }],
  'logs.close': [null, {}, { stream: 'x'.repeat(65) }],
  'logs.search': [
    null,
    {},
    { query: 1, beforeId: null, fromMs: null, toMs: null, limit: 10 },
    { query: 'x'.repeat(2_001), beforeId: null, fromMs: null, toMs: null, limit: 10 },
    { query: '', beforeId: -1, fromMs: null, toMs: null, limit: 10 },
    { query: '', beforeId: null, fromMs: null, toMs: null, limit: 0 },
  ],
  'logs.newer': [null, {}, { query: '', afterId: 'x', limit: 10 }, { query: '', afterId: 1.5, limit: 10 }],
  'logs.around': [null, {}, { id: 1, before: 501, after: 0 }, { id: -1, before: 1, after: 1 }],
  'logs.timeline': [null, {}, { query: '', fromMs: 0, toMs: 1, buckets: 0 }, { query: '', fromMs: 0, toMs: 1, buckets: 241 }],
  'logs.patterns': [null, {}, { limit: 0 }, { limit: 2_001 }],
  'traffic.sources': [{ a: 1 }, 0],
  'traffic.preview': [
    null,
    {},
    { input: { kind: 'files', paths: [] }, format: 'auto' },
    { input: { kind: 'files', paths: ['/x'] }, format: '' },
    { input: { kind: 'container', id: '../info' }, format: 'auto' },
    { input: { kind: 'url', url: 'http://x' }, format: 'auto' },
  ],
  'traffic.open': [
    null,
    {},
    { input: { kind: 'files', paths: 'x' }, format: 'auto' },
    { input: { kind: 'demo', path: '/x' }, format: 'auto' },
  ],
  'traffic.figures': [null, {}, { session: 's', filter: {}, after: null }, { session: '', filter: null, after: 0 }],
  'traffic.cancel': [null, {}, { session: 1 }],
  'traffic.close': [null, {}, { session: 'x'.repeat(65) }],
  'traffic.export': [null, {}, { session: 's', filter: null, format: 'pdf' }],
  'traffic.pdf': [null, {}, { session: 's', filter: null }],
  'traffic.prompt': [null, {}, { session: 's', filter: null, prompt: 'poem' }],
  'traffic.ask': [],
  'logs.mark-pattern': [null, {}, { pattern: 'p1', mark: 'loved' }, { pattern: 'x'.repeat(65), mark: null }],
  'logs.open-frame': [],
  'logs.storage': [[], { a: 1 }],
  'settings.get': [{ a: 1 }],
  'settings.change': [],
};

describe.each(carriers)('the contract over %s', (_name, open) => {
  let carrier: Carrier;
  const events: AnyEvent[] = [];

  beforeAll(async () => {
    carrier = await open();
    carrier.onEvent((event) => events.push(event));
  }, 120_000);
  afterAll(() => carrier.stop());

  it.each(['nope', '', 'app.info ', 'APP.INFO', 'constructor', '__proto__', 'toString', 'x'.repeat(300)])(
    'refuses the unknown name %j',
    async (name) => {
      const reply = await carrier.ask(name, null);
      // Over HTTP a name that is no plain path does not even reach dispatch.
      expect(reply).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^(unknown-request|unexpected)$/) } });
      if (/^\w+$/.test(name)) expect(reply).toMatchObject({ error: { code: 'unknown-request' } });
    },
  );

  it.each(requestNames.flatMap((name) => badInputs[name].map((input) => [name, input] as const)))('%s refuses %j', async (name, input) => {
    expect(await carrier.ask(name, input)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  });

  it.each(requestNames.filter((name) => requests[name].destructive && badInputs[name].length === 0))(
    '%s is not allowed through a read-only door, whatever the input',
    async (name) => {
      for (const input of [null, {}, { theme: 'dark' }, { ticket: 'x', signal: 'SIGTERM' }]) {
        expect(await carrier.ask(name, input)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
      }
    },
  );

  it('app.info tells who answers', async () => {
    expect(await carrier.ask('app.info', null)).toMatchObject({
      ok: true,
      value: { version: '0.0.0-test', node: 'contract-node', actionsAllowed: false, paused: false },
    });
    expect(await carrier.ask('app.info', {})).toMatchObject({ ok: true });
  });

  it.each(sourceIds)(
    'reads %s when asked',
    async (source) => {
      const reply = await carrier.ask('readings.refresh', { source });
      expect(reply).toMatchObject({
        ok: true,
        value: { source, reading: { kind: expect.stringMatching(/^(ok|unavailable)$/), tookMs: expect.any(Number) } },
      });
    },
    20_000,
  );

  it('keeps the latest reading of every source', async () => {
    const reply = await carrier.ask('readings.latest', null);
    if (!reply.ok) throw new Error(reply.error.message);
    expect((reply.value as readonly AnyReading[]).map((one) => one.source)).toEqual([...sourceIds]);
  });

  it('answers the rest of the contract', async () => {
    expect(await carrier.ask('self.latest', null)).toMatchObject({ ok: true, value: { memoryKind: expect.stringMatching(/^(pss|rss)$/) } });
    expect(await carrier.ask('problems.current', null)).toMatchObject({
      ok: true,
      value: { level: expect.any(String), findings: expect.any(Array) },
    });
    expect(await carrier.ask('alerts.list', null)).toMatchObject({ ok: true, value: expect.any(Array) });
    expect(await carrier.ask('alerts.dismiss', { ids: [] })).toEqual({ ok: true, value: { dismissed: 0 } });
    expect(await carrier.ask('settings.get', null)).toMatchObject({ ok: true, value: { theme: 'system' } });
    expect(await carrier.ask('history.range', { metric: 'host.cpu.busy', subject: '', fromMs: 0, toMs: 1 })).toMatchObject({
      ok: true,
      value: [],
    });
    expect(await carrier.ask('processes.preview', { id: 'nope' })).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('sends readings as events, and again after a pause', async () => {
    expect(events.length).toBeGreaterThan(0);
    for (const { event } of events) expect(eventNames).toContain(event);
    expect(await carrier.ask('engine.pause', { paused: true })).toEqual({ ok: true, value: { paused: true } });
    expect(await carrier.ask('app.info', null)).toMatchObject({ value: { paused: true } });
    expect(await carrier.ask('engine.pause', { paused: false })).toEqual({ ok: true, value: { paused: false } });
    events.length = 0;
    await expect.poll(() => events.some((one) => one.event === 'reading' && one.payload.source === 'host'), { timeout: 5_000 }).toBe(true);
  });
});
