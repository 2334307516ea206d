import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { LogSearch, LogStore } from '../../src-main/store/logs/log-store';
import { type LogStoreOptions, openLogStore } from '../../src-main/store/logs/open-log-store';
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
    const page = await store.search(search);
    expect(page.cutShort).toBeNull();
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
  test.each([1, 2, 3])('finds what a plain filter finds, open, sealed and after a restart (seed %d)', async (seed) => {
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
    all.push(...fill(again, 6_000, random, 12_000));
    await compareSearches(again, all, random, 60);
    expect(again.storage()).toMatchObject({ kind: 'file', detail: null, recordCount: 18_000, droppedCount: 0 });
  });
});
