import { expect, test } from 'vitest';
import { createEventBatches } from '../../../../src-main/app/event-batches';
import type { AnyEvent } from '../../../../src-shared/contract';
import type { SourceId } from '../../../../src-shared/snapshots';

const unchanged = (source: SourceId, startedAtMs: number): AnyEvent => ({
  event: 'unchanged',
  payload: { source, startedAtMs, tookMs: 1 },
});
const paused: AnyEvent = { event: 'paused', payload: { paused: true } };

function setUp() {
  let nowMs = 0;
  let timer: { run: () => void; atMs: number } | null = null;
  const sent: (readonly AnyEvent[])[] = [];
  const batches = createEventBatches({
    clock: { monotonicMs: () => nowMs },
    timers: {
      after(afterMs, run) {
        const mine = { run, atMs: nowMs + afterMs };
        timer = mine;
        return () => {
          if (timer === mine) timer = null;
        };
      },
    },
    send: (batch) => sent.push(batch),
  });
  return {
    batches,
    sent,
    at(ms: number) {
      nowMs = ms;
      if (timer === null || timer.atMs > nowMs) return;
      const { run } = timer;
      timer = null;
      run();
    },
  };
}

test('the first readings go at once, later ones of one beat together', () => {
  const { batches, sent, at } = setUp();
  batches.push(unchanged('host', 0));
  expect(sent).toEqual([[unchanged('host', 0)]]);
  batches.taken();
  at(10_000);
  batches.push(unchanged('host', 10_000));
  at(10_040);
  batches.push(unchanged('logs', 10_040));
  expect(sent).toHaveLength(1);
  at(10_150);
  expect(sent.slice(1)).toEqual([[unchanged('host', 10_000), unchanged('logs', 10_040)]]);
});

test('what happened goes at once, with the readings that wait', () => {
  const { batches, sent, at } = setUp();
  at(10_000);
  batches.push(unchanged('host', 10_000));
  batches.push(paused);
  expect(sent).toEqual([[unchanged('host', 10_000), paused]]);
  batches.taken();
  at(10_150);
  expect(sent).toHaveLength(1);
});

test('one batch is under way at a time; what came meanwhile goes when it was taken, newest of each', () => {
  const { batches, sent, at } = setUp();
  at(10_000);
  batches.push(paused);
  batches.push(unchanged('host', 10_000));
  at(10_150);
  at(11_000);
  batches.push(unchanged('host', 11_000));
  at(11_150);
  expect(sent).toHaveLength(1);
  batches.taken();
  expect(sent.slice(1)).toEqual([[unchanged('host', 11_000)]]);
});

test('while nobody looks readings wait, and go when somebody does', () => {
  const { batches, sent, at } = setUp();
  at(10_000);
  batches.setHidden(true);
  batches.push(unchanged('host', 10_000));
  at(20_000);
  batches.push(unchanged('host', 20_000));
  at(30_000);
  expect(sent).toEqual([]);
  batches.setHidden(false);
  expect(sent).toEqual([[unchanged('host', 20_000)]]);
});

test('what happens while nobody looks goes at once, also behind a batch under way', () => {
  const { batches, sent, at } = setUp();
  at(10_000);
  batches.setHidden(true);
  batches.push(paused);
  batches.push(paused);
  expect(sent).toEqual([[paused]]);
  batches.taken();
  expect(sent).toEqual([[paused], [paused]]);
  batches.taken();
  expect(sent).toHaveLength(2);
});
