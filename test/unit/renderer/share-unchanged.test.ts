import { expect, it } from 'vitest';
import { shareUnchanged } from '../../../src-renderer/state/share-unchanged';

it('keeps the identity of everything that stayed the same', () => {
  const before = {
    level: 'ok',
    rows: [
      { id: 1, why: ['a'] },
      { id: 2, why: [] },
    ],
    none: null,
  };
  expect(shareUnchanged(before, structuredClone(before))).toBe(before);
  const next = shareUnchanged(before, {
    level: 'ok',
    rows: [
      { id: 1, why: ['a'] },
      { id: 3, why: [] },
    ],
    none: null,
  });
  expect(next).toEqual({
    level: 'ok',
    rows: [
      { id: 1, why: ['a'] },
      { id: 3, why: [] },
    ],
    none: null,
  });
  expect([next === before, next.rows[0] === before.rows[0], next.rows[1]?.why === before.rows[1]?.why]).toEqual([false, true, true]);
});

it.each([
  [
    [1, 2, 3],
    [1, 2],
  ],
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: [1] }, { a: { 0: 1 } }],
  [null, { a: 1 }],
  [{ a: 1 }, null],
])('takes %o -> %o as it is', (before, next) => {
  expect(shareUnchanged(before, next)).toStrictEqual(next);
});
