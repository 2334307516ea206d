import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { usePolledAnswer } from '../../../src-renderer/state/use-polled-answer';
import { RequestError } from '../../../src-shared/contract';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

test('an equal answer draws nothing and keeps its identity; a part that is the same keeps its own', async () => {
  const answers = [
    [{ port: 1 }, { port: 2 }],
    [{ port: 1 }, { port: 2 }],
    [{ port: 1 }, { port: 3 }],
  ];
  let asked = 0;
  let drawn = 0;
  const ask = async () => answers[Math.min(asked++, 2)] ?? [];
  const { result } = renderHook(() => {
    drawn += 1;
    return usePolledAnswer(ask, 1_000);
  });
  await pass(0);
  const first = result.current.data;
  const drawnOnce = drawn;
  expect(first).toEqual(answers[0]);
  await pass(1_000);
  expect(asked).toBe(2);
  expect(drawn).toBe(drawnOnce);
  expect(result.current.data).toBe(first);
  await pass(1_000);
  expect(result.current.data).not.toBe(first);
  expect(result.current.data?.[0]).toBe(first?.[0]);
});

test('a failure keeps what there was and is asked again; an answer that was overtaken is dropped', async () => {
  const waiting: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const ask = () => new Promise<string>((resolve, reject) => void waiting.push({ resolve, reject }));
  const { result, unmount } = renderHook(() => usePolledAnswer(ask, 1_000));
  await act(async () => waiting[0]?.resolve('first'));
  await pass(1_000);
  await act(async () => waiting[1]?.reject(new RequestError('unexpected', 'busy')));
  expect(result.current).toMatchObject({ data: 'first', problem: 'busy' });
  await pass(1_000);
  expect(waiting).toHaveLength(3);
  await act(async () => result.current.reload());
  await act(async () => waiting[3]?.resolve('newest'));
  await act(async () => waiting[2]?.resolve('late'));
  expect(result.current).toMatchObject({ data: 'newest', problem: null });
  unmount();
  await pass(10_000);
  expect(waiting).toHaveLength(4);
});
