import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { allTraffic, type TrafficInput, type WindowTraffic } from '../../src-shared/contract';
import { startDockerEngine } from '../helpers/docker-engine';
import { startTrafficApp, type TrafficApp, waitForFigures } from '../helpers/traffic-app';
import { waitFor } from '../helpers/wait-for';

const engine = await startDockerEngine('shared');
if ('unavailable' in engine) console.warn(`SKIPPED: access lines of containers on a real engine: ${engine.unavailable}`);

/** Prints so many access lines at once, with a word on stderr now and then, and goes on with one every half second. */
const server = (count: number) =>
  [
    `awk 'BEGIN { for (i = 0; i < ${count}; i++) { s = i % 10 == 0 ? 500 : 200;`,
    `printf "10.0.0.%d - - [21/Nov/2026:10:%02d:%02d +0000] \\"GET /items/%d HTTP/1.1\\" %d %d \\"-\\" \\"load\\" 0.0%02d\\n", i % 250, i / 60 % 60, i % 60, i, s, i % 1000, i % 100;`,
    `if (i % 1000 == 0) print "notice: " i > "/dev/stderr" } }'`,
    '; while :; do echo \'10.0.0.1 - - [21/Nov/2026:11:00:00 +0000] "GET /live HTTP/1.1" 204 0 "-" "load" 0.001\'; sleep 0.5; done',
  ].join(' ');

describe.skipIf('unavailable' in engine)('a container that prints access lines', () => {
  if ('unavailable' in engine) return;
  const folder = mkdtempSync(join(tmpdir(), 'logscope-traffic-'));
  const { endpoint } = engine;
  let app: TrafficApp;

  beforeAll(async () => {
    app = await startTrafficApp({ dataDirectory: join(folder, 'data'), actionsAllowed: false, engine: endpoint });
  });
  afterEach(() => engine.removeContainers());
  afterAll(async () => {
    await app?.stop();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function waitForSource(id: string) {
    return waitFor(
      async () => (await app.ask('traffic.sources', null)).sources.find(({ input }) => input.kind === 'container' && input.id === id),
      { timeoutMs: 20_000, what: 'the container among the sources', everyMs: 200 },
    );
  }

  async function startWithActions(): Promise<TrafficApp> {
    const free = await startTrafficApp({ dataDirectory: join(folder, 'actions'), actionsAllowed: true, engine: endpoint });
    onTestFinished(() => free.stop());
    return free;
  }

  /** As soon as the app has met the container. */
  function openSoon(free: TrafficApp, id: string) {
    return waitFor(
      async () => {
        const reply = await free.reply('traffic.open', { input: { kind: 'container', id }, format: 'auto' });
        return reply.ok ? reply.value : null;
      },
      { timeoutMs: 20_000, what: 'the container', everyMs: 200 },
    );
  }

  it('tells what was cut, and a log that the engine does not keep', async () => {
    const free = await startWithActions();
    const request = '10.0.0.1 - - [21/Nov/2026:11:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "load" 0.001';
    const long = await engine.run(
      [],
      'sh',
      '-c',
      `for i in 1 2 3 4; do echo '${request}'; done; awk 'BEGIN { for (i = 0; i < 20000; i++) printf "long "; print "" }'; sleep 60`,
    );
    const cut = await openSoon(free, long);
    const answer = await waitForFigures(free, cut.session, ({ malformed }) => malformed === 1, 'the long line');
    expect(answer.report.requests).toBe(4);
    expect(answer.problem).toMatchObject({ key: 'traffic.source.cut', values: { count: 1 } });
    const none = await engine.run(['--log-driver', 'none'], 'sh', '-c', `while :; do echo '${request}'; sleep 0.2; done`);
    const { session } = await openSoon(free, none);
    await waitFor(
      async () =>
        (await free.ask('traffic.figures', { session, filter: allTraffic, after: null })).problem?.key === 'traffic.source.unreadable',
      { timeoutMs: 10_000, what: 'why nothing is read' },
    );
  });

  const liveOf = (report: WindowTraffic) => report.endpoints.find(({ path }) => path === '/live')?.requests ?? 0;

  it('is found by itself, read whole, and followed', async () => {
    const count = 60_000;
    const id = await engine.run([], 'sh', '-c', server(count));
    const quiet = await engine.run([], 'sh', '-c', 'while :; do echo "GET is a word"; sleep 0.3; done');
    const found = await waitForSource(id);
    expect(found).toMatchObject({ why: 'prints-access-lines', problem: null, sizeBytes: null });
    const input: TrafficInput = found.input;
    const preview = await app.ask('traffic.preview', { input, format: 'auto' });
    expect(preview).toMatchObject({ format: { id: 'combined' }, problem: null, files: [] });
    expect(preview.lines.at(-1)?.request).toMatchObject({ path: '/live', status: 204, timeMs: 1 });

    const { session } = await app.ask('traffic.open', { input, format: 'auto' });
    const whole = await waitForFigures(app, session, (report) => report.requests - liveOf(report) >= count, 'the whole log', 60_000);
    const { report } = await waitForFigures(app, session, (now) => liveOf(now) > liveOf(whole.report), 'what comes now');
    // Counted from what the engine keeps, of stdout alone.
    const kept = (await engine.docker('logs', id)).stdout.split('\n').filter((line) => line.includes('/items/'));
    expect(kept).toHaveLength(count);
    expect(report.requests - liveOf(report)).toBe(count);
    expect(report.byStatus['500']).toBe(kept.filter((line) => line.includes('" 500 ')).length);
    expect(report.bytes).toBe(kept.reduce((sum, line) => sum + Number(/" \d+ (\d+) "/.exec(line)?.[1]), 0));
    expect(report.malformed).toBe(0);
    const { sources } = await app.ask('traffic.sources', null);
    expect(sources.some((one) => one.input.kind === 'container' && one.input.id === quiet)).toBe(false);
    expect(await app.reply('traffic.open', { input: { kind: 'container', id: quiet }, format: 'auto' })).toMatchObject({
      error: { code: 'not-allowed' },
    });
  });

  it('ends with the container and goes on when it is started again, each line once', async () => {
    const id = await engine.run([], 'sh', '-c', server(100));
    const { input } = await waitForSource(id);
    const { session } = await app.ask('traffic.open', { input, format: 'auto' });
    await waitForFigures(app, session, (report) => liveOf(report) > 0, 'the first run');
    await engine.docker('kill', id);
    await waitForFigures(app, session, (_report, { state }) => state === 'ended', 'its end');
    await engine.docker('start', id);
    const again = await waitForFigures(app, session, (report) => report.requests - liveOf(report) === 200, 'the second run');
    expect(again.state).toBe('following');
    await engine.docker('kill', id);
    const last = await waitForFigures(app, session, (_report, { state }) => state === 'ended', 'its end again');
    const kept = (await engine.docker('logs', id)).stdout.trimEnd().split('\n');
    expect(last.report.requests).toBe(kept.length);
  });
});
