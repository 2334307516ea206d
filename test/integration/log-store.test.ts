import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { LogSearch, LogStore } from '../../src-main/store/logs/log-store';
import { type LogStoreOptions, openLogStore } from '../../src-main/store/logs/open-log-store';
import type { LogPage } from '../../src-shared/contract';
import type { LogRecord } from '../../src-shared/logs/log-record';
import { createRecordMatcher } from '../../src-shared/logs/match-record';
import { bundleEntry } from '../helpers/bundle-entry';
import { asStored, createRandom, randomQuery, randomRecord, sampleOrigins } from '../helpers/log-store-samples';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

let searchThreadUrl: URL;

beforeAll(async () => {
  searchThreadUrl = pathToFileURL(await bundleEntry('src-main/store/logs/log-search-thread.ts', 'log-search-thread'));
});

const startMs = 1_760_000_000_000;

function open(directory: string, options: Partial<LogStoreOptions> = {}): LogStore {
  const store = openLogStore({ directory, searchThreadUrl: null, nowMs: () => startMs, segmentBytes: 300 * 1024, ...options });
  onTestFinished(() => store.close());
  return store;
}

function fill(store: LogStore, count: number, random: () => number, startAt = 0): LogRecord[] {
  for (const origin of sampleOrigins) store.describe(origin);
  const all: LogRecord[] = [];
  for (let done = 0; done < count; ) {
    const records = Array.from({ length: Math.min(count - done, 1 + Math.floor(random() * 200)) }, (_, at) =>
      randomRecord(random, startMs + (startAt + done + at) * 100),
    );
    done += records.length;
    const outcome = store.append({ records, positions: [['a', String(startAt + done)]] });
    if (outcome.kind !== 'kept') throw new Error(outcome.detail);
    all.push(...records.map((record, at) => asStored(record, outcome.firstId + at)));
  }
  return all;
}

function naive(all: readonly LogRecord[], { query, beforeId, fromMs, toMs, limit }: LogSearch): readonly LogRecord[] {
  const matches = createRecordMatcher(query, (key) => sampleOrigins.find((origin) => origin.key === key) ?? null);
  return all
    .filter(
      (one) => (beforeId === null || one.id < beforeId) && (fromMs === null || one.atMs >= fromMs) && (toMs === null || one.atMs <= toMs),
    )
    .filter(matches)
    .reverse()
    .slice(0, limit);
}

function nullIfCut(page: LogPage): LogPage | null {
  return page.cutShort === null ? page : null;
}

/** Compares with a plain filter over everything that was appended. */
async function compareSearches(store: LogStore, all: readonly LogRecord[], random: () => number, count: number): Promise<void> {
  for (let time = 0; time < count; time += 1) {
    const some = all[Math.floor(random() * all.length)];
    const other = all[Math.floor(random() * all.length)];
    if (some === undefined || other === undefined) throw new Error('nothing to search');
    const query = randomQuery(random, some.text);
    const search: LogSearch = {
      query,
      beforeId: random() < 0.3 ? other.id : null,
      fromMs: random() < 0.3 ? some.atMs : null,
      toMs: random() < 0.3 ? other.atMs : null,
      limit: 1 + Math.floor(random() * 300),
    };
    // A regular expression has a quarter of a second, which a busy machine may take away: then it is asked again.
    const page = await waitFor(async () => nullIfCut(await store.search(search)), { timeoutMs: 10_000, what: 'a search to its end' });
    expect(page.records, JSON.stringify(search)).toEqual(naive(all, search));
    if (page.nextBeforeId === null) expect(naive(all, { ...search, limit: 1e9 })).toHaveLength(page.records.length);
  }
}

async function allSealed(directory: string): Promise<void> {
  await waitFor(() => readdirSync(directory).filter((name) => name.endsWith('.text')).length <= 1, {
    timeoutMs: 20_000,
    what: 'all full segments to be sealed',
  });
}

describe('the store of log entries', () => {
  test.each([1, 2])('finds what a plain filter finds, open, sealed and after a restart (seed %d)', async (seed) => {
    const random = createRandom(seed);
    const directory = join(temporaryDirectory(), 'logs');
    const store = open(directory);
    const all = fill(store, 12_000, random);
    await compareSearches(store, all, random, 60);
    await allSealed(directory);
    await compareSearches(store, all, random, 60);
    await store.close();
    const again = open(directory, { searchThreadUrl });
    expect(again.positions()).toEqual(new Map([['a', '12000']]));
    await compareSearches(again, all, random, 60);
    all.push(...fill(again, 30_000, random, 12_000));
    await allSealed(directory);
    await compareSearches(again, all, random, 60);
    expect(again.storage()).toMatchObject({ kind: 'file', detail: null, recordCount: 42_000, droppedCount: 0 });
  });
});

describe.each(['in slices', 'in its thread', 'in memory'])('questions to the store, searched %s', (how) => {
  function opened(): LogStore {
    if (how === 'in memory') return open('', { directory: null });
    return open(join(temporaryDirectory(), 'logs'), how === 'in slices' ? {} : { searchThreadUrl });
  }

  test('newer: everything after an id, the newest where there is more than asked for', async () => {
    const store = opened();
    const random = createRandom(21);
    const none = await store.newer({ query: { terms: [] }, afterId: null, limit: 10 });
    expect(none.records).toEqual([]);
    const all = fill(store, 9_000, random);
    const query = { terms: [{ kind: 'text', text: 'refused', not: false }] } as const;
    const fitting = all.filter((record) => record.text.toLowerCase().includes('refused'));
    const first = await store.newer({ query, afterId: none.lastId, limit: 50 });
    expect(first.records).toEqual(fitting.slice(-50));
    expect(first.skippedCount).toBe(fitting.length - 50);
    expect(first.lastId).toBe(all.at(-1)?.id);
    const regex = { terms: [{ kind: 'regex', source: 'refused', ignoreCase: true, not: false }] } as const;
    expect((await store.newer({ query: regex, afterId: none.lastId, limit: 50 })).records).toEqual(first.records);
    const more = fill(store, 100, random, 9_000);
    const second = await store.newer({ query: { terms: [] }, afterId: first.lastId, limit: 1_000 });
    expect(second).toMatchObject({ records: more, skippedCount: 0 });
    expect(await store.newer({ query, afterId: second.lastId, limit: 5 })).toMatchObject({ records: [], skippedCount: 0 });
  });

  test('around: lines of the same source', async () => {
    const store = opened();
    const all = fill(store, 9_000, createRandom(22));
    for (const at of [0, 4_000, 8_999]) {
      const center = all[at] as LogRecord;
      const same = all.filter((record) => record.origin === center.origin);
      const place = same.indexOf(center);
      const page = await store.around({ id: center.id, before: 20, after: 30 });
      expect(page.records).toEqual(same.slice(Math.max(0, place - 20), place + 31));
    }
    expect((await store.around({ id: 0, before: 5, after: 5 })).records).toEqual([]);
  });

  test('timeline: counts by level', async () => {
    const store = opened();
    const all = fill(store, 9_000, createRandom(23));
    const fromMs = startMs + 100_000;
    const toMs = startMs + 500_000;
    const { buckets, bucketMs } = await store.timeline({ query: { terms: [] }, fromMs, toMs, buckets: 20 });
    expect(bucketMs).toBe(20_000);
    const inside = all.filter((record) => record.atMs >= fromMs && record.atMs <= toMs);
    expect(buckets.reduce((sum, bucket) => sum + Object.values(bucket).reduce((one, count) => one + count, 0), 0)).toBe(inside.length);
    const third = inside.filter((record) => Math.floor((record.atMs - fromMs) / bucketMs) === 3 && record.level === null);
    expect(buckets[3]?.none).toBe(third.length);
  });

  test('an expression that backtracks without end is ended', async () => {
    const store = opened();
    store.append({ records: [{ ...randomRecord(createRandom(1), startMs), text: `${'a'.repeat(40)}!` }], positions: [] });
    const query = { terms: [{ kind: 'regex', source: '^(a+)+$', ignoreCase: false, not: false }] } as const;
    const page = await store.search({ query, beforeId: null, fromMs: null, toMs: null, limit: 10 });
    expect(page).toMatchObject({ records: [], cutShort: 'regex-time' });
    expect(page.tookMs).toBeLessThan(3_000);
    const { cutShort } = await store.timeline({ query, fromMs: 0, toMs: startMs * 2, buckets: 2 });
    expect(cutShort).toBe('regex-time');
    await store.newer({ query, afterId: 0, limit: 10 });
    expect((await store.search({ query: { terms: [] }, beforeId: null, fromMs: null, toMs: null, limit: 10 })).records).toHaveLength(1);
  });
});

test('positions and notes are those of the last change, also after a restart', async () => {
  const directory = join(temporaryDirectory(), 'logs');
  const store = open(directory);
  store.append({
    records: [],
    positions: [
      ['a', '1'],
      ['b', '2'],
    ],
  });
  store.append({ records: [randomRecord(createRandom(2), startMs)], positions: [['a', null]] });
  store.note('marks', 'x');
  store.note('gone', 'y');
  store.note('gone', null);
  await store.close();
  const again = open(directory);
  expect(again.positions()).toEqual(new Map([['b', '2']]));
  expect(again.notes()).toEqual(new Map([['marks', 'x']]));
  expect(again.storage().recordCount).toBe(1);
  await again.close();
  expect(again.append({ records: [], positions: [] }).kind).toBe('lost');
});
