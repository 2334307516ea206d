import { expect, test } from 'vitest';
import {
  type ConsoleAction,
  type ConsoleState,
  emptyConsole,
  reduceConsole,
} from '../../../../src-renderer/views/logs/console/console-state';
import type { LogPage } from '../../../../src-shared/contract';
import type { LogRecord } from '../../../../src-shared/logs/log-record';

function record(id: number, atMs = id * 10): LogRecord {
  return { id, atMs, origin: 'container/a', level: null, text: `line ${id}`, pattern: null, maskedCount: 0, cutBytes: 0 };
}

function page(ids: readonly number[], nextBeforeId: number | null = null): LogPage {
  return { records: ids.map((id) => record(id)), origins: {}, nextBeforeId, cutShort: null, tookMs: 1 };
}

const newer = (...ids: number[]): ConsoleAction => ({
  type: 'newer',
  answer: { records: ids.map((id) => record(id)), origins: {}, lastId: ids.at(-1) ?? 0, skippedCount: 0 },
});
const loaded: ConsoleAction = { type: 'loaded', page: page([6, 5, 4], 4), inPast: false };

function run(...actions: readonly ConsoleAction[]): ConsoleState {
  return actions.reduce((state, action) => reduceConsole(state, action, 6), emptyConsole);
}
const ids = ({ records }: ConsoleState) => records.map(({ id }) => id);

test('the first page is listed by time, oldest first, and followed', () => {
  const state = run(loaded);
  expect(ids(state)).toEqual([4, 5, 6]);
  expect(state).toMatchObject({ mode: 'following', phase: 'ready', nextBeforeId: 4, endIsAway: false });
});

test('new lines are added while following', () => {
  expect(ids(run(loaded, newer(7, 8)))).toEqual([4, 5, 6, 7, 8]);
});

test('lines of several sources are put in by time', () => {
  const late: ConsoleAction = {
    type: 'newer',
    answer: { records: [record(7, 45), record(8, 70)], origins: {}, lastId: 8, skippedCount: 0 },
  };
  expect(ids(run(loaded, late))).toEqual([4, 7, 5, 6, 8]);
});

test('scrolled up nothing is added or taken away; new lines are counted and come at the end again', () => {
  const reading = run(loaded, { type: 'left-end' }, newer(7, 8), newer(9));
  expect(ids(reading)).toEqual([4, 5, 6]);
  expect(reading).toMatchObject({ mode: 'reading', newCount: 3 });
  const back = reduceConsole(reading, { type: 'reached-end' }, 6);
  expect(ids(back)).toEqual([4, 5, 6, 7, 8, 9]);
  expect(back).toMatchObject({ mode: 'following', newCount: 0, waiting: [] });
});

test('paused by hand it stays paused at the end too, until it is told to follow', () => {
  const paused = run(loaded, { type: 'pause' }, newer(7), { type: 'reached-end' });
  expect(paused).toMatchObject({ mode: 'paused', newCount: 1 });
  expect(reduceConsole(paused, { type: 'left-end' }, 6).mode).toBe('paused');
  expect(ids(reduceConsole(paused, { type: 'follow' }, 6))).toEqual([4, 5, 6, 7]);
});

test('a full list loses its oldest, says so, and they can be had again', () => {
  const state = run(loaded, newer(7, 8, 9, 10, 11));
  expect(ids(state)).toEqual([6, 7, 8, 9, 10, 11]);
  expect(state).toMatchObject({ leftOutCount: 2, nextBeforeId: 6 });
});

test('older pages come above; what then is too much below is let go and read anew at the end', () => {
  const state = run(loaded, { type: 'left-end' }, { type: 'asked-older' }, { type: 'older', page: page([4, 3, 2, 1, 0]) });
  expect(ids(state)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(state).toMatchObject({ endIsAway: true, leftOutCount: 1, nextBeforeId: null, loadingOlder: false });
  expect(reduceConsole(state, { type: 'reached-end' }, 6).mode).toBe('reading');
});

test('more new lines than are kept while nobody follows: the list has to be read anew', () => {
  const state = run(loaded, { type: 'pause' }, newer(7, 8, 9, 10), newer(11, 12, 13, 14));
  expect(state.waiting.map(({ id }) => id)).toEqual([9, 10, 11, 12, 13, 14]);
  expect(state.newCount).toBe(8);
  expect(reduceConsole(state, { type: 'follow' }, 6)).toMatchObject({ mode: 'following', endIsAway: true });
});

test('what the core passed over is counted', () => {
  const state = run(loaded, { type: 'newer', answer: { records: [record(90)], origins: {}, lastId: 90, skippedCount: 40 } });
  expect(state.skippedCount).toBe(40);
});

test('opened at a place in the past it does not follow', () => {
  expect(run({ type: 'loaded', page: page([3, 2], 2), inPast: true })).toMatchObject({ mode: 'reading', endIsAway: true });
});

test('a first page that fails says so; a later failure keeps the lines', () => {
  expect(run({ type: 'failed', problem: 'no' })).toMatchObject({ phase: 'failed', problem: 'no' });
  const state = run(loaded, { type: 'failed', problem: 'no' });
  expect(state).toMatchObject({ phase: 'ready', problem: 'no' });
  expect(ids(state)).toEqual([4, 5, 6]);
  expect(reduceConsole(state, { type: 'recovered' }).problem).toBeNull();
});
