import { expect, it } from 'vitest';
import type { AnyEvent } from '../../../src-shared/contract';
import { createEventQueue } from '../../../src-shared/event-queue';

const reading = (source: 'host' | 'logs', startedAtMs: number) =>
  ({
    event: 'reading',
    payload: { source, reading: { kind: 'failed', code: 'timeout', message: '', startedAtMs, tookMs: 0, lastOkAtMs: null } },
  }) as AnyEvent;
const notice = (id: string): AnyEvent => ({ event: 'notice', payload: { id, values: {}, text: '' } });

it('keeps the newest reading of each source and every event in order', () => {
  const queue = createEventQueue();
  for (const event of [reading('host', 1), notice('a'), reading('logs', 1), reading('host', 2), notice('b')]) queue.push(event);
  expect(queue.take()).toEqual([notice('a'), notice('b'), reading('host', 2), reading('logs', 1)]);
  expect([queue.isEmpty, queue.take()]).toEqual([true, []]);
});

it('keeps that a source was read again beside its waiting reading, and forgets it with a new one', () => {
  const again = (startedAtMs: number): AnyEvent => ({ event: 'unchanged', payload: { source: 'host', startedAtMs, tookMs: 0 } });
  const queue = createEventQueue();
  for (const event of [reading('host', 1), again(2), again(3)]) queue.push(event);
  expect(queue.take()).toEqual([reading('host', 1), again(3)]);
  for (const event of [again(4), reading('host', 5)]) queue.push(event);
  expect(queue.take()).toEqual([reading('host', 5)]);
});

it('drops the oldest event beyond its bound and counts it', () => {
  const queue = createEventQueue(2);
  for (const id of ['a', 'b', 'c']) queue.push(notice(id));
  expect([queue.take(), queue.droppedCount]).toEqual([[notice('b'), notice('c')], 1]);
});
