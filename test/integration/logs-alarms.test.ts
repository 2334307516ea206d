import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDirectKeeper } from '../../src-main/logs/keeper/direct-keeper';
import type { LogKeeper } from '../../src-main/logs/keeper/log-keeper';
import { judgeLogs } from '../../src-main/rules/judge-logs';
import { openLogStore } from '../../src-main/store/logs/open-log-store';
import type { LogOrigin } from '../../src-shared/logs/log-record';
import { defaultSettings } from '../../src-shared/settings';
import { createFakeTime, type FakeTime } from '../helpers/fake-time';
import { temporaryDirectory } from '../helpers/temporary-directory';

/** The real keeper over the real store on disk; only the time is ours. */
const api: LogOrigin = { key: 'container/abc', sourceKind: 'container', name: 'api', kind: 'event' };
const startMs = Date.UTC(2026, 10, 21, 12);
const gatheredMs = 500;

function open(directory: string, time: FakeTime): LogKeeper {
  const store = openLogStore({ directory, searchThreadUrl: null, nowMs: time.nowMs });
  const settings = { ...defaultSettings.logs, wellKnownFiles: false };
  const keeper = createDirectKeeper({ clock: time, timers: time, store, hash: () => 'abcdef', settings, files: null });
  onTestFinished(() => keeper.close());
  return keeper;
}

async function say(keeper: LogKeeper, time: FakeTime, ...texts: readonly string[]): Promise<void> {
  const lines = texts.map((text) => ({ origin: api, bytes: Buffer.from(text), cutBytes: 0, atMs: null, stated: null }));
  await keeper.take({ reader: api.key, position: `${time.nowMs()}`, lines });
  await time.advance(gatheredMs);
}

/** What would be an alert now. */
async function findings(keeper: LogKeeper, time: FakeTime) {
  const { newestErrors, alarms, keptCount, droppedCount, maskedCount, waitingLineCount } = await keeper.ask('digest', { since: -1 });
  const facts = { keywords: [], newestErrors, keptCount, droppedCount, sources: [], alarms, waitingLineCount, maskedCount };
  const { findings: found } = judgeLogs(facts, { nowMs: time.nowMs() } as Parameters<typeof judgeLogs>[1]);
  return found.map(({ subject, reason, place }) => ({ subject, text: reason.text, item: place?.item }));
}

async function patternOf(keeper: LogKeeper, word: string): Promise<string> {
  const { patterns } = await keeper.ask('patterns', { limit: 100 });
  const found = patterns.find(({ example }) => example.includes(word));
  if (found === undefined) throw new Error(`no pattern of ${word}`);
  return found.id;
}

it('warns of a pattern of errors that begins, at once, and lets go of it after a quarter of an hour', async () => {
  const time = createFakeTime(startMs);
  const keeper = open(join(temporaryDirectory(), 'logs'), time);
  let urgent = 0;
  keeper.onUrgent(() => {
    urgent += 1;
  });
  await say(keeper, time, 'ERROR the usual wombat failed', 'INFO up');
  expect([urgent, await findings(keeper, time)]).toEqual([0, []]);

  await time.advance(121_000);
  await say(keeper, time, 'ERROR the usual wombat failed');
  expect([urgent, await findings(keeper, time)]).toEqual([0, []]);
  await say(keeper, time, 'ERROR no quagga in the database: password=hunter2secret9');
  const pattern = await patternOf(keeper, 'quagga');
  expect([urgent, await findings(keeper, time)]).toEqual([
    1,
    [{ subject: 'api', text: expect.stringContaining('no quagga in the database'), item: `pattern:${pattern}` }],
  ]);
  expect(JSON.stringify(await findings(keeper, time))).not.toContain('hunter2secret9');

  await time.advance(14 * 60_000);
  expect(await findings(keeper, time)).toHaveLength(1);
  await time.advance(60_000);
  expect(await findings(keeper, time)).toEqual([]);
});

it('is silent about a muted pattern, over a restart, and speaks again when the mark is taken away', async () => {
  const time = createFakeTime(startMs);
  const directory = join(temporaryDirectory(), 'logs');
  const first = open(directory, time);
  await say(first, time, 'INFO up');
  await time.advance(121_000);
  await say(first, time, 'ERROR no quagga in the database');
  const pattern = await patternOf(first, 'quagga');
  expect(await findings(first, time)).toHaveLength(1);
  expect(await first.ask('mark-pattern', { pattern, mark: 'muted' })).toBe(true);
  expect(await findings(first, time)).toEqual([]);
  await say(first, time, 'ERROR no quagga in the database');
  expect([await findings(first, time), (await first.ask('digest', { since: -1 })).newestErrors]).toEqual([[], []]);
  await first.close();

  const second = open(directory, time);
  expect((await second.ask('patterns', { limit: 10 })).patterns.find(({ id }) => id === pattern)).toMatchObject({
    mark: 'muted',
    count: 2,
  });
  await say(second, time, ...Array.from({ length: 100 }, () => 'ERROR no quagga in the database'));
  expect([await findings(second, time), (await second.ask('digest', { since: -1 })).newestErrors]).toEqual([[], []]);
  // Muted is not lost.
  const { records } = await second.ask('search', { query: 'quagga', beforeId: null, fromMs: null, toMs: null, limit: 1_000 });
  expect(records).toHaveLength(102);
  await second.ask('mark-pattern', { pattern, mark: null });
  expect((await second.ask('digest', { since: -1 })).newestErrors).toMatchObject([{ text: 'ERROR no quagga in the database' }]);
});

it('warns of a known pattern that comes far more often than usual, and lets go when it is over', async () => {
  const time = createFakeTime(startMs);
  const keeper = open(join(temporaryDirectory(), 'logs'), time);
  for (let minute = 0; minute < 20; minute += 1) {
    await say(keeper, time, 'ERROR cannot reach the wombat', 'ERROR cannot reach the wombat');
    await time.advance(60_000 - gatheredMs);
  }
  expect(await findings(keeper, time)).toEqual([]);
  await say(keeper, time, ...Array.from({ length: 60 }, () => 'ERROR cannot reach the wombat'));
  expect(await findings(keeper, time)).toEqual([
    { subject: 'api', text: expect.stringMatching(/60/), item: `pattern:${await patternOf(keeper, 'wombat')}` },
  ]);
  await time.advance(3 * 60_000);
  expect(await findings(keeper, time)).toEqual([]);
});
