import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { parseIndex, parseTail, tailBytes, unpack } from '../../src-main/store/logs/sealed-format';
import type { LogPage, StreamedLine } from '../../src-shared/contract';
import { startDockerEngine } from '../helpers/docker-engine';
import { type LogsApp, startLogsApp, waitForTexts, writeLogSettings } from '../helpers/logs-app';
import { plantedIn, plantedLines, plantedSecrets } from '../helpers/planted-secrets';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

const engine = await startDockerEngine('shared');
if ('unavailable' in engine) console.warn(`SKIPPED: logs of the whole app on a real engine: ${engine.unavailable}`);

/** Every file below it, with what is compressed in it too. */
function bytesBelow(directory: string): readonly { readonly name: string; readonly text: string }[] {
  return (readdirSync(directory, { recursive: true }) as string[])
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .flatMap((path) => {
      const bytes = readFileSync(path);
      const name = path.slice(directory.length + 1);
      return [{ name, text: bytes.toString('latin1') }, ...(/\.ls[sa]$/.test(path) ? unsealed(name, bytes) : [])];
    });
}

function unsealed(name: string, file: Buffer): readonly { readonly name: string; readonly text: string }[] {
  const part = (offset: number, bytes: number) => file.subarray(offset, offset + bytes);
  const place = parseTail(file.subarray(-tailBytes), file.length);
  const json = unpack(place, part(place.offset, place.bytes)).toString('utf8');
  const texts = parseIndex(json).blocks.map(({ text }) => unpack(text, part(text.offset, text.bytes)).toString('utf8'));
  return [...texts, json].map((text) => ({ name: `${name} (unpacked)`, text }));
}

describe.skipIf('unavailable' in engine)('logs of containers through the whole app', () => {
  if ('unavailable' in engine) return;
  const { endpoint, run } = engine;
  afterEach(() => engine.removeContainers());
  afterAll(() => engine.stop());

  async function start(dataDirectory: string): Promise<LogsApp> {
    const app = await startLogsApp({ dataDirectory, engine: endpoint });
    onTestFinished(() => app.stop());
    return app;
  }

  /** A container that says what is in a file, which is in no command line; and then on and on. */
  async function speak(lines: readonly string[], name: string, then = 'sleep 1000'): Promise<string> {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'lines'), lines.map((line) => `${line}\n`).join(''));
    return run(['--name', name, '-v', `${folder}:/in:ro`], 'sh', '-c', `cat /in/lines; ${then}`);
  }

  it('shows, sends and keeps no secret of a log line', async () => {
    const data = temporaryDirectory();
    writeLogSettings(data);
    const app = await start(data);
    await app.ask('readings.latest', null);
    // Enough to fill a segment, which is then compressed; and once more into the one that is open.
    const filler = Array.from({ length: 90_000 }, (_, index) => `INFO request ${index} of the shop was answered in time ${'.'.repeat(60)}`);
    await speak([...plantedLines, ...filler, 'INFO enough'], 'planted');
    await waitForTexts(app, '"INFO enough"', 1);
    const id = await speak([...plantedLines, 'INFO that was all'], 'planted-again');
    await waitForTexts(app, '"that was all"', 1);

    for (const { name, words, lines } of plantedSecrets) {
      const found = await app.search(`"${words}"`, 10);
      // The lines themselves are kept: what is not there cannot leak, and would pass for the wrong reason.
      expect([name, found.records.length]).toEqual([name, 2]);
      const around = await app.ask('logs.around', { id: found.records[0]?.id ?? 0, before: 0, after: lines.length - 1 });
      expect([name, around.records.some(({ text, maskedCount }) => maskedCount > 0 && text.includes('[masked:'))]).toEqual([name, true]);
    }
    for (const { pieces } of plantedSecrets) {
      for (const piece of pieces) expect((await app.search(piece, 10)).records).toEqual([]);
    }
    await app.ask('logs.newer', { query: '', afterId: 0, limit: 1_000 });
    await app.ask('logs.patterns', { limit: 2_000 });
    await waitFor(async () => ((await app.logs())?.newestErrors.length ?? 0) >= 4, { timeoutMs: 10_000, what: 'the newest errors' });
    await app.ask('alerts.list', null);
    await app.ask('problems.current', null);
    const live = await app.ask('logs.open', { target: { kind: 'container', id }, tail: 2_000 });
    const shown: StreamedLine[] = [];
    await waitFor(
      async () => {
        shown.push(...(await app.ask('logs.next', { stream: live.stream, after: shown.at(-1)?.number ?? 0 })).lines);
        return shown.at(-1)?.text === 'INFO that was all';
      },
      { timeoutMs: 10_000, what: 'the live lines' },
    );
    expect(shown.filter(({ text }) => text.includes('[masked:')).length).toBeGreaterThanOrEqual(plantedSecrets.length);
    await waitFor(() => readdirSync(join(data, 'log-store')).some((name) => name.endsWith('.lss')), {
      timeoutMs: 10_000,
      what: 'a compressed segment',
    });
    await app.stop();

    expect(app.heard.some((message) => message.includes('[masked:'))).toBe(true);
    expect(plantedIn([...app.heard, ...app.answered].join('\n'))).toEqual([]);
    const files = bytesBelow(data);
    expect(files.some(({ name, text }) => name.endsWith('(unpacked)') && text.includes('[masked:'))).toBe(true);
    expect(files.some(({ name, text }) => name.endsWith('.text') && text.includes('[masked:'))).toBe(true);
    expect(files.filter(({ text }) => plantedIn(text).length > 0).map(({ name, text }) => [name, plantedIn(text)])).toEqual([]);
  });

  it('finds lines of a container that was removed, before and after a restart of the app', async () => {
    const data = temporaryDirectory();
    writeLogSettings(data);
    const first = await start(data);
    await first.ask('readings.latest', null);
    const id = await speak(['ERROR the last words of quaggas'], 'short-lived', 'exit 3');
    expect(await waitForTexts(first, 'quaggas', 1)).toEqual(['ERROR the last words of quaggas']);
    await engine.docker('rm', '-f', id);
    await waitFor(async () => (await first.containers())?.containers.every((one) => one.id !== id), {
      timeoutMs: 10_000,
      what: 'the removal to be seen',
    });
    for (const query of ['quaggas', 'source:short-lived', 'level:error+ "last words"']) {
      const { records, origins } = await first.search(query);
      expect(records.map(({ text }) => text)).toEqual(['ERROR the last words of quaggas']);
      expect(origins[`container/${id}`]).toMatchObject({ name: 'short-lived', sourceKind: 'container' });
    }
    await first.stop();

    const second = await start(data);
    const { records, origins } = await second.search('quaggas');
    expect(records.map(({ text, origin }) => [text, origin])).toEqual([['ERROR the last words of quaggas', `container/${id}`]]);
    expect(origins[`container/${id}`]).toMatchObject({ name: 'short-lived' });
  });

  it('keeps every line of a running container once, through restarts and kill -9 of the app', async () => {
    const data = temporaryDirectory();
    writeLogSettings(data);
    const script = 'i=0; while [ ! -e /tmp/end ]; do i=$((i+1)); echo "tick $i"; usleep 4000; done; echo "tick last"; sleep 1000';
    let app = await start(data);
    await app.ask('readings.latest', null);
    const id = await engine.run(['--name', 'ticking'], 'sh', '-c', script);
    let seen = 0;
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGKILL', 'SIGTERM'] as const) {
      const { length } = await waitForTexts(app, '"tick "', Math.min(1_000, seen + 40));
      seen = length;
      // The folder of the door goes away only with a door that made it.
      await app.stop(signal);
      app = await start(data);
    }
    await engine.docker('exec', id, 'touch', '/tmp/end');
    await waitForTexts(app, '"tick last"', 1);
    const kept: string[] = [];
    let beforeId: number | null = null;
    do {
      const page: LogPage = await app.ask('logs.search', { query: 'source:ticking', beforeId, fromMs: null, toMs: null, limit: 1_000 });
      kept.unshift(...page.records.map(({ text }) => text).toReversed());
      beforeId = page.nextBeforeId;
    } while (beforeId !== null);
    const written = (await engine.docker('logs', id)).stdout.trimEnd().split('\n');
    expect(kept.length).toBe(written.length);
    expect(kept).toEqual(written);
  });

  it('makes one entry of a stack trace, in the search, the newest errors and the patterns', async () => {
    const data = temporaryDirectory();
    writeLogSettings(data);
    const app = await start(data);
    await app.ask('readings.latest', null);
    const traces = {
      node: ['TypeError: wombat is not a function', '    at serve (/app/shop.js:12:7)', '    at Server.emit (node:events:517:28)'],
      python: ['Traceback (most recent call last):', '  File "/app/pay.py", line 7, in pay', '    charge(card)', 'ValueError: wombat card'],
      java: [
        '2026-11-21 12:00:00.123 ERROR [main] c.e.Shop - wombat order failed',
        'java.lang.IllegalStateException: no stock',
        '\tat com.example.Shop.order(Shop.java:42)',
        'Caused by: java.io.IOException: closed',
        '\t... 12 more',
      ],
    };
    const id = await speak(
      ['INFO up', ...traces.node, 'INFO going on', ...traces.python, 'INFO still', ...traces.java, 'INFO the end'],
      'traced',
    );
    await waitForTexts(app, '"the end"', 1);
    const texts = (await app.search(`source:container/${id}`)).records.map(({ text }) => text).toReversed();
    expect(texts).toEqual([
      'INFO up',
      traces.node.join('\n'),
      'INFO going on',
      traces.python.join('\n'),
      'INFO still',
      traces.java.join('\n'),
      'INFO the end',
    ]);
    const ofIt = async () => (await app.logs())?.newestErrors.filter(({ sourceId }) => sourceId === id) ?? [];
    await waitFor(async () => (await ofIt()).length >= 3, { timeoutMs: 10_000, what: 'the newest errors' });
    const newest = await ofIt();
    expect(new Set(newest.map(({ text }) => text))).toEqual(new Set(Object.values(traces).map((lines) => lines.join('\n'))));
    const { patterns } = await app.ask('logs.patterns', { limit: 100 });
    const bad = patterns.filter(({ level }) => level === 'error' || level === 'critical');
    expect(bad.map(({ count }) => count)).toEqual([1, 1, 1]);
    expect(new Set(bad.map(({ id: pattern }) => pattern))).toEqual(new Set(newest.map(({ pattern }) => pattern)));
  });
});
