import { appendFileSync, existsSync, readdirSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { DeskAnswer } from '../../src-main/traffic/desk/traffic-desk';
import type { TrafficFilter } from '../../src-shared/contract';
import { directoryOnDisk } from '../helpers/followed-files';
import { accessLines, deskUnderTest } from '../helpers/traffic-desk';

const enough = 30_000;

/** What a desk of its own says, which keeps what it read in `cache`. */
async function openOnce(path: string, cache: string, filter: Partial<TrafficFilter> = {}): Promise<DeskAnswer> {
  const { desk, open, read } = deskUnderTest(cache);
  const answer = await read(await open(path), filter);
  await desk.close();
  return answer;
}

function manyLines(first: number, count: number): string {
  return accessLines(count, { first, path: (index) => (index % 7 === 0 ? `/users/${index}` : `/${'abcdefg'[index % 7]}`) });
}

test('opened again it says the same, and only what is new was read', async () => {
  const directory = directoryOnDisk();
  const path = join(directory, 'access.log');
  const cache = join(directory, 'cache');
  writeFileSync(`${path}.1.gz`, gzipSync(manyLines(0, enough)));
  writeFileSync(path, manyLines(enough, enough));
  const first = await openOnce(path, cache);
  expect(first.report?.requests).toBe(2 * enough);
  expect(statSync(cache).mode & 0o777).toBe(0o700);
  const [name = ''] = readdirSync(cache);
  expect(statSync(join(cache, name)).mode & 0o777).toBe(0o600);
  const again = await openOnce(path, cache);
  expect(again.report).toEqual(first.report);
  appendFileSync(path, accessLines(10, { first: 2 * enough, client: '2001:db8::5', status: 500 }));
  const more = await openOnce(path, cache);
  expect(more.report).toMatchObject({ requests: 2 * enough + 10, byStatus: { '200': 2 * enough, '500': 10 } });
  const narrowed = await openOnce(path, cache, { endpoint: { method: 'GET', path: '/users/:id' } });
  expect(narrowed.report?.requests).toBe(Math.ceil((2 * enough) / 7));
  const client = await openOnce(path, cache, { client: '2001:db8::5' });
  expect(client.report?.requests).toBe(10);
});

test('what was kept is what is told: a reading that only the cache can know', async () => {
  const directory = directoryOnDisk();
  const path = join(directory, 'access.log');
  const cache = join(directory, 'cache');
  const text = manyLines(0, enough);
  writeFileSync(path, text);
  await openOnce(path, cache);
  // Behind the first 64 KiB: nobody looks there again.
  const { mtimeMs } = statSync(path);
  writeFileSync(path, text.slice(0, 100_000) + text.slice(100_000).replaceAll(' 200 ', ' 404 '), { flag: 'r+' });
  expect(statSync(path).mtimeMs).toBeGreaterThanOrEqual(mtimeMs);
  expect((await openOnce(path, cache)).report?.byStatus).toEqual({ '200': enough });
});

test('a rotation since then costs only the new file', async () => {
  const directory = directoryOnDisk();
  const path = join(directory, 'access.log');
  const cache = join(directory, 'cache');
  writeFileSync(path, manyLines(0, enough));
  await openOnce(path, cache);
  appendFileSync(path, manyLines(enough, 5));
  renameSync(path, `${path}.1`);
  writeFileSync(path, manyLines(enough + 5, 7));
  expect((await openOnce(path, cache)).report?.requests).toBe(enough + 12);
});

test('a log whose lines name its columns is read whole each time', async () => {
  const directory = directoryOnDisk();
  const path = join(directory, 'u_ex.log');
  const cache = join(directory, 'cache');
  const row = '2025-10-10 13:55:36 10.0.0.1 GET /default.htm - 200 1500 31\n';
  writeFileSync(path, `#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status sc-bytes time-taken\n${row.repeat(50_000)}`);
  expect((await openOnce(path, cache)).report?.requests).toBe(50_000);
  expect(existsSync(cache)).toBe(false);
});

test('a damaged entry, and one of a file that was cut short, are nothing', async () => {
  const directory = directoryOnDisk();
  const path = join(directory, 'access.log');
  const cache = join(directory, 'cache');
  writeFileSync(path, manyLines(0, enough));
  await openOnce(path, cache);
  const [name = ''] = readdirSync(cache);
  const entry = join(cache, name);
  for (const size of [statSync(entry).size - 5, 5_000, 20, 0]) {
    truncateSync(entry, size);
    expect((await openOnce(path, cache)).report?.requests).toBe(enough);
    expect(statSync(entry).size).toBeGreaterThan(100_000);
  }
  truncateSync(path, manyLines(0, 100).length);
  expect((await openOnce(path, cache)).report?.requests).toBe(100);
});
