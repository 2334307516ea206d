import { expect, test, vi } from 'vitest';
import { createFakeClient } from '../../../../src-renderer/client/fake-client';
import { createConsoleFeed } from '../../../../src-renderer/views/logs/console/console-feed';
import { type InputOf, type LogPage, type NewerRecords, RequestError } from '../../../../src-shared/contract';
import type { LogRecord } from '../../../../src-shared/logs/log-record';

const page = { hidden: false, addEventListener: () => undefined, removeEventListener: () => undefined } as unknown as Document;

function record(id: number): LogRecord {
  return { id, atMs: id, origin: 'container/1', level: null, text: `line ${id}`, pattern: null, maskedCount: 0, cutBytes: 0 };
}
function pageOf(ids: readonly number[], nextBeforeId: number | null = null): LogPage {
  return { records: ids.map(record), origins: {}, nextBeforeId, cutShort: null, tookMs: 1 };
}

interface Answers {
  readonly search: (input: InputOf<'logs.search'>) => LogPage;
  readonly newer?: (input: InputOf<'logs.newer'>) => NewerRecords | Promise<NewerRecords>;
  readonly start?: Parameters<typeof createConsoleFeed>[0]['start'];
}

/** A feed on a core with these answers; waits are remembered and over at once. */
function open({ search, newer = () => new Promise<NewerRecords>(() => undefined), start = { kind: 'end' } }: Answers) {
  const waits: number[] = [];
  const client = createFakeClient({ 'logs.search': search, 'logs.newer': newer });
  const feed = createConsoleFeed({
    client,
    query: 'x',
    start,
    page,
    wait: async (afterMs) => {
      waits.push(afterMs);
    },
  });
  const asked = (name: string) => client.asked.filter((one) => one.name === name).map(({ input }) => input);
  return { feed, asked, waits, takenBack: client.takenBack };
}

test('reads the newest page and asks for what comes after its last id', async () => {
  let round = 0;
  const { feed, asked } = open({
    search: () => pageOf([3, 2, 1]),
    newer: ({ afterId }) => {
      round += 1;
      if (round > 1) return new Promise(() => undefined);
      return { records: [record((afterId ?? 0) + 1)], origins: {}, lastId: 9, skippedCount: 0 };
    },
  });
  await vi.waitFor(() => expect(asked('logs.newer')).toHaveLength(2));
  expect(asked('logs.newer')).toEqual([
    { query: 'x', afterId: 3, limit: 500 },
    { query: 'x', afterId: 9, limit: 500 },
  ]);
  expect(feed.store.getState().records.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  feed.close();
});

test('an older page is asked for once, until there is none', async () => {
  const { feed, asked } = open({ search: ({ beforeId }) => (beforeId === null ? pageOf([9, 8], 8) : pageOf([7])) });
  await vi.waitFor(() => expect(feed.store.getState().phase).toBe('ready'));
  feed.loadOlder();
  feed.loadOlder();
  await vi.waitFor(() => expect(feed.store.getState().records).toHaveLength(3));
  feed.loadOlder();
  expect(asked('logs.search')).toHaveLength(2);
  feed.close();
});

test('opened in the past it does not ask for newer ones until it is told to follow', async () => {
  const { feed, asked } = open({ search: () => pageOf([3]), start: { kind: 'record', id: 3 } });
  await vi.waitFor(() => expect(feed.store.getState().phase).toBe('ready'));
  expect(feed.store.getState()).toMatchObject({ mode: 'reading', endIsAway: true });
  expect(asked('logs.newer')).toEqual([]);
  feed.follow();
  await vi.waitFor(() => expect(asked('logs.newer')).toHaveLength(1));
  expect(feed.store.getState()).toMatchObject({ mode: 'following', endIsAway: false });
  feed.close();
});

test('a core that does not answer is asked again, ever slower; a search that makes no sense is not', async () => {
  let failures = 0;
  const slow = open({
    search: () => {
      failures += 1;
      if (failures < 4) throw new RequestError('unexpected', 'not now');
      return pageOf([1]);
    },
  });
  await vi.waitFor(() => expect(slow.feed.store.getState().phase).toBe('ready'));
  expect(slow.waits.slice(0, 3)).toEqual([500, 1000, 2000]);
  expect(slow.feed.store.getState().problem).toBeNull();
  slow.feed.close();

  const wrong = open({
    search: () => {
      throw new RequestError('bad-input', 'no sense');
    },
  });
  await vi.waitFor(() => expect(wrong.feed.store.getState()).toMatchObject({ phase: 'failed', problem: 'no sense' }));
  expect(wrong.asked('logs.search')).toHaveLength(1);
  expect(wrong.waits).toEqual([]);
});

test('takes back what it still asks when it is closed: a browser has few connections', async () => {
  const { feed, asked, takenBack } = open({ search: () => pageOf([3]) });
  await vi.waitFor(() => expect(asked('logs.newer')).toHaveLength(1));
  expect(takenBack()).toEqual([]);
  feed.close();
  expect(takenBack()).toContain('logs.newer');
});
