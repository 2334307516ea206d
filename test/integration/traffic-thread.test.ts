import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createTrafficDesk } from '../../src-main/traffic/desk/create-traffic-desk';
import { createThreadedDesk } from '../../src-main/traffic/desk/threaded-desk';
import type { TrafficDesk } from '../../src-main/traffic/desk/traffic-desk';
import { allTraffic } from '../../src-shared/contract';
import { bundleEntry } from '../helpers/bundle-entry';
import { createFakeTime } from '../helpers/fake-time';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { accessLines } from '../helpers/traffic-desk';
import { waitFor } from '../helpers/wait-for';

let threadUrl: URL;

beforeAll(async () => {
  threadUrl = pathToFileURL(await bundleEntry('src-main/app/traffic-thread.ts', 'traffic-thread'));
});

function threadedDesk(onCrash: (error: Error) => void = () => undefined): TrafficDesk {
  const desk = createTrafficDesk({ threadUrl, dataDirectory: temporaryDirectory(), home: '/nonexistent', etc: '/etc', onCrash });
  onTestFinished(() => desk.close());
  return desk;
}

async function openLog(desk: TrafficDesk, path: string): Promise<string> {
  return (await desk.ask('open', { input: { kind: 'files', patterns: [path] }, format: 'auto' })).session;
}

function read(desk: TrafficDesk, session: string) {
  return waitFor(
    async () => {
      const answer = await desk.ask('figures', { session, filter: allTraffic, after: null });
      return answer.state === 'reading' ? null : answer;
    },
    { timeoutMs: 10_000, what: 'the end of the log' },
  );
}

test('a log is read by the thread, refusals come back as refusals', async () => {
  const path = join(temporaryDirectory(), 'access.log');
  writeFileSync(path, accessLines(500));
  const desk = threadedDesk();
  const session = await openLog(desk, path);
  expect((await read(desk, session)).report?.requests).toBe(500);
  const text = await desk.ask('export', { session, filter: allTraffic, format: 'csv' });
  expect(text).toMatchObject({ mediaType: 'text/csv' });
  expect(text.text.split('\r\n')[1]).toMatch(/^GET,\/,500,/);
  const prompt = await desk.ask('prompt', { session, filter: allTraffic, prompt: 'anomalies' });
  expect(prompt.text).not.toContain('10.0.0.1');
  expect(prompt.maskedCount).toBeGreaterThan(10);
  expect(prompt.sizeBytes).toBe(Buffer.byteLength(prompt.text));
  await expect(openLog(desk, 'relative')).rejects.toMatchObject({ name: 'DeskRefusal', code: 'bad-input' });
  expect(await desk.ask('close', { session })).toEqual({ closed: true });
  await expect(desk.ask('cancel', { session })).rejects.toMatchObject({ name: 'DeskRefusal', code: 'not-found' });
});

test('without a thread it is the same desk', async () => {
  const path = join(temporaryDirectory(), 'access.log');
  writeFileSync(path, accessLines(50));
  const desk = createTrafficDesk({ threadUrl: null, dataDirectory: null, home: '/nonexistent', etc: '/etc', onCrash: () => undefined });
  expect(desk.write('nobody', Buffer.from('x'))).toBe(false);
  expect((await read(desk, await openLog(desk, path))).report?.requests).toBe(50);
  await desk.close();
});

test('chunks reach a stream, until its session is gone', async () => {
  const desk = threadedDesk();
  expect(desk.write('nobody', Buffer.from('x'))).toBe(false);
  const { session } = await desk.ask('open', { input: { kind: 'stream', name: 'web' }, format: 'auto' });
  const lines = Buffer.from(accessLines(300));
  for (let at = 0; at < lines.length; at += 1_000) expect(desk.write(session, lines.subarray(at, at + 1_000))).toBe(true);
  desk.endStream(session, null);
  const answer = await read(desk, session).then(() => desk.ask('figures', { session, filter: allTraffic, after: null }));
  expect(answer).toMatchObject({ state: 'ended', totalBytes: null, report: { requests: 300 } });
  await desk.ask('close', { session });
  expect(desk.write(session, lines)).toBe(false);
});

/** Answers with the number of its thread, and ends itself when it is asked for a preview. */
const standIn = `
  import { parentPort, threadId } from 'node:worker_threads';
  parentPort.on('message', ({ kind, id, name }) => {
    if (kind === 'close') parentPort.postMessage({ kind: 'closed' });
    else if (kind === 'ask' && name === 'preview') process.exit(3);
    else if (kind === 'ask' && name !== 'figures') parentPort.postMessage({ kind: 'answer', id, answer: { session: String(threadId) } });
  });
`;

function standInDesk(onCrash: (error: Error) => void) {
  const file = join(temporaryDirectory(), 'stand-in.mjs');
  writeFileSync(file, standIn);
  const time = createFakeTime();
  const data = { cacheDirectory: null, home: '/', etc: '/etc', hashKey: new Uint8Array(1) };
  const desk = createThreadedDesk({ threadUrl: pathToFileURL(file), data, timers: time, onCrash });
  onTestFinished(() => desk.close());
  return { desk, time, open: () => openLog(desk, '/x') };
}

test('a thread that dies takes its sessions along, and the next opening has another', async () => {
  const crashes: string[] = [];
  const { desk, open } = standInDesk((error) => crashes.push(error.message));
  const session = await open();
  expect(desk.write(session, Buffer.from('x'))).toBe(true);
  const waiting = desk.ask('figures', { session, filter: allTraffic, after: 1 });
  const dying = desk.ask('preview', { patterns: ['/x'], format: 'auto' });
  await expect(waiting).rejects.toMatchObject({ name: 'DeskRefusal', code: 'not-found' });
  await expect(dying).rejects.toMatchObject({ code: 'not-found' });
  expect(crashes).toEqual([expect.stringContaining('3')]);
  expect(desk.write(session, Buffer.from('x'))).toBe(false);
  expect(await open()).not.toBe(session);
});

test('a minute without questions ends the thread', async () => {
  const crashes: string[] = [];
  const { desk, open, time } = standInDesk((error) => crashes.push(error.message));
  const first = await open();
  await time.advance(59_000);
  expect(await open()).toBe(first);
  await time.advance(61_000);
  await waitFor(() => !desk.write(first, Buffer.from('x')), { timeoutMs: 5_000, what: 'the end of the thread' });
  expect(await open()).not.toBe(first);
  expect(crashes).toEqual([]);
});
