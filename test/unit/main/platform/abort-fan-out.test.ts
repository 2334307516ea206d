import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { onceAborted } from '../../../../src-main/platform/abort-fan-out';

it('is one listener of the signal, however many calls wait for it', () => {
  const controller = new AbortController();
  const called: number[] = [];
  const forget = Array.from({ length: 50 }, (_, index) => onceAborted(controller.signal, () => called.push(index)));
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  for (const [index, one] of forget.entries()) if (index >= 2) one();
  controller.abort();
  expect(called).toEqual([0, 1]);
  controller.abort();
  expect(called).toEqual([0, 1]);
});

it('keeps two registrations of one function apart', () => {
  const controller = new AbortController();
  let count = 0;
  const call = () => {
    count += 1;
  };
  onceAborted(controller.signal, call);
  onceAborted(controller.signal, call)();
  controller.abort();
  expect(count).toBe(1);
});
