import { expect, test } from 'vitest';
import { deriveBusySince, deriveHeldStateSince } from '../../../../../src-main/collectors/processes/derive-held';

const before = (state: string, heldStateSinceMs: number | null, busySinceMs: number | null = null) => ({
  state,
  heldStateSinceMs,
  busySinceMs,
});

test.each<[string, ReturnType<typeof before> | null, string, number | null]>([
  ['first seen so', null, 'D', 1_000],
  ['came to it', before('S', null), 'Z', 1_000],
  ['still in it', before('T', 400), 'T', 400],
  ['from one to the other', before('D', 400), 'Z', 1_000],
  ['left it', before('D', 400), 'S', null],
  ['a state that may last', before('S', null), 'S', null],
])('a fleeting state: %s', (_, earlier, state, since) => {
  expect(deriveHeldStateSince(earlier, state, 1_000)).toBe(since);
});

test.each<[string, number | null, number | null, number | null, number | null]>([
  ['begins with the sample', null, 0.8, 2_000, 8_000],
  ['goes on', 3_000, 3.5, 2_000, 3_000],
  ['a little less', 3_000, 0.79, 2_000, null],
  ['no rate', 3_000, null, 2_000, null],
  ['no gap', 3_000, 1, null, null],
])('busy: %s', (_, busySince, cores, elapsedMs, since) => {
  expect(deriveBusySince(before('R', null, busySince), cores, elapsedMs, 10_000)).toBe(since);
});
