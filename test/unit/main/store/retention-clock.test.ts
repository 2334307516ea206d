import { expect, test } from 'vitest';
import { believe, createRetentionClock } from '../../../../src-main/store/retention-clock';
import { createFakeTime } from '../../../helpers/fake-time';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const storedAtMs = Date.UTC(2026, 10, 22);
const believed = { wallMs: storedAtMs, atMs: 1_000, doubtedSinceMs: null };

test('a clock that is near, or behind, is believed', () => {
  for (const wallMs of [storedAtMs + 2 * dayMs, storedAtMs + 1, storedAtMs - 9 * hourMs, 0])
    expect(believe(believed, wallMs, 1_000)).toEqual({ wallMs, atMs: 1_000, doubtedSinceMs: null });
});

test('one far ahead is doubted for hours, then believed', () => {
  const wallMs = Date.UTC(2036, 0);
  const doubted = believe(believed, wallMs, 5_000);
  expect(doubted).toEqual({ ...believed, doubtedSinceMs: 5_000 });
  expect(believe(doubted, wallMs + 5 * hourMs, 5_000 + 5 * hourMs)).toEqual(doubted);
  expect(believe(doubted, wallMs + 6 * hourMs, 5_000 + 6 * hourMs)).toEqual({
    wallMs: wallMs + 6 * hourMs,
    atMs: 5_000 + 6 * hourMs,
    doubtedSinceMs: null,
  });
});

test('what is too old is judged by where the last thing was stored until the clock is set right', async () => {
  const time = createFakeTime(Date.UTC(2036, 0));
  const retentionNowMs = createRetentionClock(time, storedAtMs);
  await time.advance(60_000);
  expect(retentionNowMs()).toBe(storedAtMs + 60_000);
  time.setWall(storedAtMs + hourMs - time.nowMs());
  expect(retentionNowMs()).toBe(storedAtMs + hourMs);
});

test('in the middle of a long run too', async () => {
  const time = createFakeTime(storedAtMs);
  const retentionNowMs = createRetentionClock(time, storedAtMs);
  for (let day = 0; day < 5; day += 1) {
    await time.advance(dayMs);
    expect(retentionNowMs()).toBe(time.nowMs());
  }
  time.setWall(3_650 * dayMs);
  await time.advance(60_000);
  expect(retentionNowMs()).toBe(storedAtMs + 5 * dayMs + 60_000);
});

test('a machine that was off for weeks is believed hours later, and a store without anything at once', async () => {
  const time = createFakeTime(storedAtMs + 21 * dayMs);
  const retentionNowMs = createRetentionClock(time, storedAtMs);
  expect(retentionNowMs()).toBe(storedAtMs);
  await time.advance(6 * hourMs);
  expect(retentionNowMs()).toBe(time.nowMs());
  expect(createRetentionClock(time, null)()).toBe(time.nowMs());
});
