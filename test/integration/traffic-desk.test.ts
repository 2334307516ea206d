import { appendFileSync, copyFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DeskRefusal } from '../../src-main/traffic/desk/traffic-desk';
import { allTraffic } from '../../src-shared/contract';
import { directoryOnDisk } from '../helpers/followed-files';
import { accessLines, deskUnderTest } from '../helpers/traffic-desk';

test('a file with its rotated and packed siblings is one report, oldest first', async () => {
  const directory = directoryOnDisk();
  const path = join(directory, 'access.log');
  writeFileSync(`${path}.2.gz`, gzipSync(accessLines(10)));
  writeFileSync(`${path}.1`, accessLines(20, { first: 10 }));
  writeFileSync(path, accessLines(5, { first: 30 }));
  writeFileSync(join(directory, 'access.log.err.1'), accessLines(99));
  const { open, read } = deskUnderTest();
  const answer = await read(await open(path));
  expect(answer).toMatchObject({
    state: 'following',
    problem: null,
    report: { requests: 35, malformed: 0, endpointsLeftOut: 0, reach: null },
  });
  expect(answer.report?.recent[0]?.atMs).toBe(Date.UTC(2025, 9, 10, 13, 55, 36) + 34_000);
  expect(answer.report?.timeline.stretches.reduce((sum, { requests }) => sum + requests, 0)).toBe(35);
  expect(answer.readBytes).toBe(answer.totalBytes);
});

test('what is appended is counted once, a line when it is whole', async () => {
  const path = join(directoryOnDisk(), 'access.log');
  writeFileSync(path, accessLines(10));
  const { open, read, cycleUntil } = deskUnderTest();
  const session = await open(path);
  await read(session);
  const [line = ''] = accessLines(1, { first: 10 }).split('\n');
  appendFileSync(path, line.slice(0, 40));
  await cycleUntil(session, 10);
  appendFileSync(path, `${line.slice(40)}\n`);
  const answer = await cycleUntil(session, 11);
  expect(answer.report).toMatchObject({ malformed: 0, requests: 11 });
});

test('a renamed file is read to its end before its successor', async () => {
  const path = join(directoryOnDisk(), 'access.log');
  writeFileSync(path, accessLines(10));
  const { open, read, cycleUntil } = deskUnderTest();
  const session = await open(path);
  await read(session);
  appendFileSync(path, accessLines(5, { first: 10 }));
  renameSync(path, `${path}.1`);
  appendFileSync(`${path}.1`, accessLines(2, { first: 15 }));
  writeFileSync(path, accessLines(3, { first: 17 }));
  await cycleUntil(session, 20);
  appendFileSync(`${path}.1`, accessLines(1, { first: 20 }));
  await cycleUntil(session, 21);
  appendFileSync(path, accessLines(4, { first: 21 }));
  expect((await cycleUntil(session, 25)).problem).toBeNull();
});

test('two rotations between two looks lose nothing', async () => {
  const path = join(directoryOnDisk(), 'access.log');
  writeFileSync(path, accessLines(10));
  const { open, read, cycleUntil } = deskUnderTest();
  const session = await open(path);
  await read(session);
  renameSync(path, `${path}.1`);
  writeFileSync(path, accessLines(3, { first: 10 }));
  renameSync(`${path}.1`, `${path}.2`);
  renameSync(path, `${path}.1`);
  writeFileSync(path, accessLines(4, { first: 13 }));
  await cycleUntil(session, 17);
});

test('copied and cut to nothing: what was written before the copy is in it', async () => {
  const path = join(directoryOnDisk(), 'access.log');
  writeFileSync(path, accessLines(10));
  const { open, read, cycleUntil } = deskUnderTest();
  const session = await open(path);
  await read(session);
  appendFileSync(path, accessLines(6, { first: 10 }));
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
  appendFileSync(path, accessLines(2, { first: 16 }));
  expect((await cycleUntil(session, 18)).problem).toBeNull();
});

test('cut to nothing without a copy is said', async () => {
  const path = join(directoryOnDisk(), 'access.log');
  writeFileSync(path, accessLines(10));
  const { open, read, cycleUntil } = deskUnderTest();
  const session = await open(path);
  await read(session);
  truncateSync(path);
  appendFileSync(path, accessLines(2, { first: 16 }));
  expect((await cycleUntil(session, 12)).problem?.key).toBe('traffic.problem.gap');
});

test('deleted, and back', async () => {
  const path = join(directoryOnDisk(), 'access.log');
  writeFileSync(path, accessLines(10));
  const { open, read, cycleUntil, time } = deskUnderTest();
  const session = await open(path);
  await read(session);
  rmSync(path);
  await time.advance(5_000);
  writeFileSync(path, accessLines(3, { first: 10 }));
  expect((await cycleUntil(session, 13)).state).toBe('following');
});

test('one file that cannot be read leaves the others', async () => {
  const directory = directoryOnDisk();
  const path = join(directory, 'access.log');
  writeFileSync(path, accessLines(10));
  writeFileSync(join(directory, 'broken.log.gz'), gzipSync(accessLines(1_000)).subarray(0, 300));
  const { open, read } = deskUnderTest();
  const answer = await read(await open(join(directory, '*')));
  expect(answer.state).toBe('following');
  expect(answer.problem?.key).toBe('traffic.problem.damaged');
  expect(answer.report?.requests).toBeGreaterThanOrEqual(10);
});

test('a file that holds no access lines is said so', async () => {
  const path = join(directoryOnDisk(), 'notes.txt');
  writeFileSync(path, 'one\ntwo\nthree\n'.repeat(100_000));
  const { open, read } = deskUnderTest();
  expect(await read(await open(path))).toMatchObject({ state: 'failed', problem: { key: 'traffic.problem.no-format' }, report: null });
});

test('a file that was not there joins when it is', async () => {
  const directory = directoryOnDisk();
  writeFileSync(join(directory, 'a.log'), accessLines(10));
  const { open, read, cycleUntil, time } = deskUnderTest();
  const session = await open(join(directory, 'a.log'), join(directory, 'b.log'));
  expect((await read(session)).problem?.key).toBe('traffic.problem.absent');
  writeFileSync(join(directory, 'b.log'), accessLines(3, { first: 10 }));
  for (let cycle = 0; cycle < 5; cycle++) {
    await time.advance(5_000);
    await read(session);
  }
  expect((await cycleUntil(session, 13)).problem).toBeNull();
  expect(await read(await open(join(directory, 'nowhere.log')))).toMatchObject({ state: 'failed', report: null });
});

test('files of another kind that match count for nothing, and new ones are found', async () => {
  const directory = directoryOnDisk();
  writeFileSync(join(directory, 'access.log'), accessLines(10));
  writeFileSync(join(directory, 'error.log'), '2025/10/10 13:55:36 [error] 12#12: upstream timed out\n'.repeat(10_000));
  writeFileSync(join(directory, 'later.log'), 'starting\n');
  const { open, read, cycleUntil, time } = deskUnderTest();
  const session = await open(join(directory, '*.log'));
  const answer = await read(session);
  expect(answer).toMatchObject({
    state: 'following',
    problem: { key: 'traffic.problem.no-format' },
    report: { requests: 10, malformed: 0 },
  });
  writeFileSync(join(directory, 'another.log'), accessLines(7, { first: 10 }));
  for (let cycle = 0; cycle < 5; cycle++) {
    await time.advance(5_000);
    await read(session);
  }
  await cycleUntil(session, 17);
});

test('a filter narrows everything, and figures agree with each other', async () => {
  const path = join(directoryOnDisk(), 'access.log');
  writeFileSync(
    path,
    accessLines(600, { path: (index) => (index % 3 === 0 ? `/users/${index}` : '/') }) +
      accessLines(60, { first: 600, client: '2001:db8::1', status: 404, path: () => '/gone' }),
  );
  const { open, read } = deskUnderTest();
  const session = await open(path);
  const endpoint = (await read(session, { endpoint: { method: 'GET', path: '/users/:id' } })).report;
  expect(endpoint).toMatchObject({ requests: 200, errorRatio: 0, endpoints: [{ path: '/users/:id', requests: 200 }], otherRequests: 0 });
  const client = (await read(session, { client: '2001:db8::1' })).report;
  expect(client).toMatchObject({ requests: 60, byStatus: { '404': 60 }, clients: [{ client: '2001:db8::1', clientErrors: 60 }] });
  expect(client?.bots).toEqual([{ kind: 'scanner', name: '2001:db8::1', requests: 60, refused: 60 }]);
  expect((await read(session, { status: '4xx' })).report?.requests).toBe(60);
  const fromMs = Date.UTC(2025, 9, 10, 13, 55, 36) + 100_000;
  const time = (await read(session, { fromMs, toMs: fromMs + 50_000 })).report;
  expect(time).toMatchObject({ requests: 50, firstAtMs: fromMs, lastAtMs: fromMs + 49_000 });
  expect((await read(session, { client: '203.0.113.9' })).report?.requests).toBe(0);
  const all = (await read(session)).report;
  expect(all?.requests).toBe(660);
});

test('cancelled: what was read stays, nothing more is read', async () => {
  const path = join(directoryOnDisk(), 'access.log');
  writeFileSync(path, accessLines(80_000).repeat(4));
  const { desk, open, read } = deskUnderTest();
  const session = await open(path);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(await desk.ask('cancel', { session })).toEqual({ cancelled: true });
  const answer = await read(session);
  expect(answer.state).toBe('cancelled');
  expect(answer.readBytes).toBeLessThan(answer.totalBytes ?? 0);
  expect(await desk.ask('cancel', { session })).toEqual({ cancelled: false });
});

test('a hundred thousand paths, zero bytes and bad lines in bounded figures', async () => {
  const path = join(directoryOnDisk(), 'access.log');
  const many = accessLines(100_000, { path: (index) => `/page/${index.toString(36)}x` });
  writeFileSync(path, `${many}x\0\0binary\nnot a line\n`);
  const { open, read } = deskUnderTest();
  const answer = await read(await open(path));
  expect(answer.report).toMatchObject({ requests: 100_000, malformed: 2 });
  expect(answer.report?.endpoints.length).toBeLessThan(1_000);
  const narrowed = answer.report?.endpoints.find(({ path: route }) => route === '/page/:name');
  expect(narrowed?.requests).toBeGreaterThan(90_000);
});

test('a file that unpacks to far too much is left', async () => {
  const directory = directoryOnDisk();
  const path = join(directory, 'access.log');
  writeFileSync(path, accessLines(10));
  writeFileSync(`${path}.1.gz`, gzipSync(Buffer.alloc(128 * 1024 * 1024, accessLines(1))));
  const { open, read } = deskUnderTest();
  const answer = await read(await open(path));
  expect(answer.problem?.key).toBe('traffic.problem.bomb');
  expect(answer.report?.requests).toBeGreaterThan(10);
});

test('a stream is read as its bytes come', async () => {
  const { desk, read, time } = deskUnderTest();
  const { session } = await desk.ask('open', { input: { kind: 'stream', name: 'web' }, format: 'auto' });
  const bytes = Buffer.from(`starting\n${accessLines(10)}`);
  for (let at = 0; at < bytes.length; at += 33) expect(desk.write(session, bytes.subarray(at, at + 33))).toBe(true);
  await time.advance(1_000);
  expect((await read(session)).report).toMatchObject({ requests: 10, malformed: 1 });
  desk.endStream(session, null);
  expect((await read(session)).state).toBe('ended');
  expect(desk.write(session, bytes)).toBe(false);
});

test('nonsense is refused, and nobody asking for a minute closes a session', async () => {
  const path = join(directoryOnDisk(), 'access.log');
  writeFileSync(path, accessLines(10));
  const { desk, open, read, time } = deskUnderTest();
  await expect(open('access.log')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(desk.ask('preview', { patterns: [path], format: 'nonsense' })).rejects.toBeInstanceOf(DeskRefusal);
  const session = await open(path);
  await read(session);
  await time.advance(61_000);
  await expect(desk.ask('figures', { session, filter: allTraffic, after: null })).rejects.toMatchObject({ code: 'not-found' });
});

test('the first lines are shown as a format reads them', async () => {
  const path = join(directoryOnDisk(), 'access.log');
  writeFileSync(`${path}.1.gz`, gzipSync(accessLines(30)));
  writeFileSync(path, `${accessLines(2)}bad\n`);
  const { desk } = deskUnderTest();
  const preview = await desk.ask('preview', { patterns: [path], format: 'auto' });
  expect(preview.files.map((file) => file.path)).toEqual([`${path}.1.gz`, path]);
  expect(preview.format?.timeUnit).toBe('s');
  expect(preview.lines.map(({ request }) => request?.path ?? null)).toEqual(['/', '/', null]);
});
