import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LogStore, NewLogRecord } from '../../../../../src-main/store/logs/log-store';
import { openLogStore } from '../../../../../src-main/store/logs/open-log-store';
import { temporaryDirectory } from '../../../../helpers/temporary-directory';
import { waitFor } from '../../../../helpers/wait-for';

const dayMs = 86_400_000;
const storedAtMs = Date.UTC(2026, 10, 22);

function open(directory: string, nowMs: number): LogStore {
  const store = openLogStore({ directory, searchThreadUrl: null, nowMs: () => nowMs, segmentBytes: 16 * 1024 });
  onTestFinished(() => store.close());
  return store;
}

/** Sealed segments, closed. */
async function filledDirectory(): Promise<string> {
  const directory = join(temporaryDirectory(), 'logs');
  await fill(directory, storedAtMs, 5);
  return directory;
}

/** With so many more sealed segments; the clock shows `nowMs` meanwhile. */
async function fill(directory: string, nowMs: number, segmentCount: number): Promise<void> {
  const store = open(directory, nowMs);
  const sealedCount = () => readdirSync(directory).filter((name) => name.endsWith('.lss')).length;
  const wanted = sealedCount() + segmentCount;
  for (let round = 0; round < segmentCount; round += 1) store.append({ records: entries(400), positions: [] });
  await waitFor(() => sealedCount() === wanted, { timeoutMs: 20_000, what: 'all segments to be sealed' });
  await store.close();
}

function entries(count: number): readonly NewLogRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    atMs: storedAtMs + at,
    origin: 'container/aa',
    level: 'info',
    text: `entry ${at} ${'p'.repeat(40)}`,
    pattern: 'p1',
    maskedCount: 0,
    cutBytes: 0,
  }));
}

test('with a clock years ahead sealed segments go only by size', async () => {
  const store = open(await filledDirectory(), Date.UTC(2036, 0));
  const { diskBytes } = store.storage();
  store.retain({ days: 30, maxBytes: 1e9, archive: false });
  expect(store.storage()).toMatchObject({ recordCount: 2_000, expiredCount: 0 });
  store.retain({ days: 30, maxBytes: diskBytes / 2, archive: false });
  expect(store.storage().expiredCount).toBe(1_200);
});

test('by age as before when the clock is no more than two days on', async () => {
  const store = open(await filledDirectory(), storedAtMs + 2 * dayMs);
  store.retain({ days: 1, maxBytes: 1e9, archive: false });
  expect(store.storage()).toMatchObject({ recordCount: 0, expiredCount: 2_000 });
});

test('what was stored while the clock stood years ahead goes by the age of what came after it', async () => {
  const directory = join(temporaryDirectory(), 'logs');
  await fill(directory, Date.UTC(2036, 0), 2);
  await fill(directory, storedAtMs, 1);
  const store = open(directory, storedAtMs + 2 * dayMs);
  store.retain({ days: 3, maxBytes: 1e9, archive: false });
  expect(store.storage().expiredCount).toBe(0);
  store.retain({ days: 1, maxBytes: 1e9, archive: false });
  expect(store.storage()).toMatchObject({ recordCount: 0, expiredCount: 1_200 });
});
