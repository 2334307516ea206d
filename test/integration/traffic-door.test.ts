import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { allTraffic, type TrafficInput } from '../../src-shared/contract';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { startTrafficApp, type TrafficApp, type TrafficAppOptions, waitForFigures } from '../helpers/traffic-app';

const line = (path: string, status = 200) =>
  `203.0.113.7 - - [10/Oct/2025:13:55:36 +0000] "GET ${path} HTTP/1.1" ${status} 100 "-" "curl/8" 0.010\n`;

const apps: TrafficApp[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.stop()));
});

async function start(options: Omit<TrafficAppOptions, 'dataDirectory'>) {
  const dataDirectory = temporaryDirectory();
  const listed = join(dataDirectory, 'listed.log');
  const secret = join(dataDirectory, 'secret.txt');
  writeFileSync(listed, line('/a').repeat(30) + line('/b', 500).repeat(10));
  writeFileSync(secret, `${line('/CANARY').repeat(20)}root:CANARY:1\n`);
  const app = await startTrafficApp({
    dataDirectory,
    ...options,
    traffic: { recent: [{ paths: [listed], format: 'auto' }], ...options.traffic },
  });
  apps.push(app);
  return { app, dataDirectory, listed, secret, settings: () => JSON.parse(readFileSync(join(dataDirectory, 'settings.json'), 'utf8')) };
}

const files = (...paths: string[]): TrafficInput => ({ kind: 'files', paths });

describe('a read-only web door', () => {
  it('opens and previews what is listed', async () => {
    const { app, listed } = await start({ actionsAllowed: false });
    const { sources } = await app.ask('traffic.sources', null);
    expect(sources[0]).toMatchObject({ input: files(listed), why: 'recent', name: 'listed.log', problem: null });
    expect(sources.at(-1)).toMatchObject({ input: { kind: 'demo' }, why: 'demo' });
    expect(await app.ask('traffic.preview', { input: files(listed), format: 'auto' })).toMatchObject({ format: { id: 'combined' } });
    const { session } = await app.ask('traffic.open', { input: files(listed), format: 'auto' });
    const { report } = await waitForFigures(app, session, ({ requests }) => requests === 40, 'all requests');
    expect(report.byStatus).toEqual({ 200: 30, 500: 10 });
    const filtered = await app.ask('traffic.export', { session, filter: { ...allTraffic, status: '5xx' }, format: 'json' });
    expect(JSON.parse(filtered.text)).toMatchObject({ requests: 10 });
    expect(await app.ask('traffic.close', { session })).toEqual({ closed: true });
  });

  it('reads no other file, whatever it is called, and changes nothing', async () => {
    const { app, dataDirectory, listed, secret, settings } = await start({ actionsAllowed: false });
    const before = settings();
    for (const paths of [
      [secret],
      [listed, secret],
      [secret, listed],
      [`${dataDirectory}/*`],
      [`${dataDirectory}/*.log`],
      [`${dataDirectory}/./listed.log`],
      [`${dataDirectory}/x/../secret.txt`],
      ['/etc/passwd'],
      ['~/.ssh/id_ed25519'],
      ['/proc/self/environ'],
    ]) {
      for (const name of ['traffic.open', 'traffic.preview'] as const) {
        const reply = await app.reply(name, { input: files(...paths), format: 'auto' });
        expect(reply, `${name} ${paths.join()}`).toMatchObject({
          ok: false,
          error: { code: 'not-allowed', message: expect.stringContaining('--allow-actions') },
        });
        expect(JSON.stringify(reply)).not.toContain('CANARY');
      }
    }
    const container = { kind: 'container', id: 'a'.repeat(64) } as const;
    expect(await app.reply('traffic.open', { input: container, format: 'auto' })).toMatchObject({ error: { code: 'not-allowed' } });
    expect(await app.reply('traffic.ask', { id: 'x' })).toMatchObject({ error: { code: 'not-allowed' } });
    expect(await app.reply('traffic.pdf', { session: 's', filter: allTraffic })).toMatchObject({
      error: { code: 'refused', message: expect.stringContaining('HTML') },
    });
    expect(await app.reply('traffic.open', { input: files('access.log'), format: 'auto' })).toMatchObject({ error: { code: 'bad-input' } });
    expect(settings()).toEqual(before);
  });
});

describe('a door with actions', () => {
  it('opens any log and remembers it, newest first', async () => {
    const { app, listed, secret, settings } = await start({ actionsAllowed: true });
    const { session } = await app.ask('traffic.open', { input: files(secret), format: 'auto' });
    await waitForFigures(app, session, ({ requests, malformed }) => requests === 20 && malformed === 1, 'all lines');
    expect(settings().traffic.recent.map(({ paths }: { paths: string[] }) => paths)).toEqual([[secret], [listed]]);
    expect(await app.reply('traffic.open', { input: { kind: 'container', id: 'a'.repeat(64) }, format: 'auto' })).toMatchObject({
      error: { code: 'not-found' },
    });
    expect(await app.reply('traffic.figures', { session: 'gone', filter: allTraffic, after: null })).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('sends a previewed prompt to the configured model, and to nobody before', async () => {
    const bodies: string[] = [];
    let connections = 0;
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString('utf8');
      });
      request.on('end', () => {
        bodies.push(body);
        response.end(JSON.stringify({ model: 'm', message: { content: 'Fine.' } }));
      });
    });
    server.on('connection', () => {
      connections += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { app, listed } = await start({
        actionsAllowed: true,
        traffic: { model: { kind: 'ollama', url, model: 'm', keyVariable: '' } },
      });
      expect((await app.ask('traffic.sources', null)).model).toEqual({ name: 'm', url, isLocal: true });
      const { session } = await app.ask('traffic.open', { input: files(listed), format: 'auto' });
      await waitForFigures(app, session, ({ requests }) => requests === 40, 'all requests');
      const prompt = await app.ask('traffic.prompt', { session, filter: allTraffic, prompt: 'anomalies' });
      expect(prompt.sizeBytes).toBe(Buffer.byteLength(prompt.text));
      expect(connections).toBe(0);
      expect(await app.ask('traffic.ask', { id: prompt.id })).toMatchObject({ model: 'm', text: 'Fine.' });
      expect(bodies).toHaveLength(1);
      expect(JSON.parse(bodies[0] ?? '').messages).toEqual([{ role: 'user', content: prompt.text }]);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

describe('the demo', () => {
  it('is written while a session over it is open, through a read-only door too', async () => {
    const { app, dataDirectory } = await start({ actionsAllowed: false });
    expect(existsSync(join(dataDirectory, 'demo'))).toBe(false);
    const { session } = await app.ask('traffic.open', { input: { kind: 'demo' }, format: 'auto' });
    const first = await waitForFigures(app, session, ({ requests }, { state }) => requests > 5_000 && state === 'following', 'the history');
    expect(first.report.malformed).toBe(0);
    const log = join(dataDirectory, 'demo', 'access.log');
    await waitForFigures(app, session, ({ requests }) => requests > first.report.requests, 'new lines', 15_000);
    await app.ask('traffic.close', { session });
    expect(readFileSync(log, 'utf8').split('\n').length).toBeGreaterThan(first.report.requests);
    expect(JSON.parse(readFileSync(join(dataDirectory, 'demo', 'demo-state.json'), 'utf8')).atMs).toBe(0);
  });
});
