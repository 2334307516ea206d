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
  const store = open(directory, storedAtMs);
  for (let round = 0; round < 5; round += 1) store.append({ records: entries(400), positions: [] });
  const sealedCount = () => readdirSync(directory).filter((name) => name.endsWith('.lss')).length;
  await waitFor(() => sealedCount() === 5, { timeoutMs: 20_000, what: 'all segments to be sealed' });
  await store.close();
  return directory;
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
