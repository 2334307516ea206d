import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useHeldOrder } from '../../../src-renderer/components/use-held-order';

const hourMs = 3_600_000;

function showAt(nowMs: number) {
  const { result, rerender } = renderHook(({ ids, atMs }) => useHeldOrder(ids, 'cpu', atMs), {
    initialProps: { ids: ['a', 'b'], atMs: nowMs },
  });
  return {
    result,
    draw: (ids: readonly string[], atMs: number) => {
      rerender({ ids: [...ids], atMs });
      return result.current.ids;
    },
  };
}

test('rows change places every few seconds at most, and not under the pointer', () => {
  const { result, draw } = showAt(hourMs);
  expect(draw(['b', 'a'], hourMs + 4_000)).toEqual(['a', 'b']);
  act(() => result.current.hold.onPointerEnter());
  expect(draw(['b', 'a'], hourMs + 6_000)).toEqual(['a', 'b']);
  act(() => result.current.hold.onPointerLeave());
  expect(draw(['b', 'a'], hourMs + 7_000)).toEqual(['b', 'a']);
});

test('rows go on changing places when the clock is set back', () => {
  const { draw } = showAt(10 * hourMs);
  expect(draw(['b', 'a'], hourMs)).toEqual(['b', 'a']);
  expect(draw(['a', 'b'], hourMs + 4_000)).toEqual(['b', 'a']);
  expect(draw(['a', 'b'], hourMs + 5_000)).toEqual(['a', 'b']);
});
