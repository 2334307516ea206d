import { expect, test } from 'vitest';
import { createRecentStarts } from '../../../../src-main/app/recent-starts';

const minute = 60_000;

test('starts of late are not so for hours when the clock is set back', () => {
  const starts = createRecentStarts();
  starts.note('a', 1, 600 * minute);
  expect(starts.note('a', 6, 601 * minute)).toBe(5);
  expect(starts.note('a', 6, 60 * minute)).toBe(0);
  expect(starts.note('a', 7, 61 * minute)).toBe(1);
});
