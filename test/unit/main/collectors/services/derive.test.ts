import { expect, test } from 'vitest';
import { deriveCpuCores, deriveNextRunMs, deriveState } from '../../../../../src-main/collectors/services/derive';

test.each([
  ['active', 'running', false, 'active'],
  ['active', 'exited', false, 'active (exited)'],
  ['active', 'waiting', false, 'active'],
  ['active', 'listening', false, 'active'],
  ['active', 'elapsed', false, 'active (idle)'],
  ['reloading', 'reload', false, 'active'],
  ['activating', 'start', false, 'activating'],
  ['activating', 'auto-restart', false, 'auto-restart'],
  ['activating', 'auto-restart-queued', false, 'auto-restart'],
  ['deactivating', 'stop-sigterm', false, 'deactivating'],
  ['inactive', 'dead', false, 'inactive'],
  ['failed', 'failed', false, 'failed'],
  ['active', 'running', true, 'failed (zombie)'],
  ['failed', 'failed', true, 'failed'],
  ['a word of the future', 'x', false, 'inactive'],
])('%s/%s, zombie %s is %s', (active, sub, zombie, state) => {
  expect(deriveState(active, sub, zombie)).toBe(state);
});

const total = (nanoseconds: number, of = 'unit') => ({ of, nanoseconds });

test('half a second of work in one second is half a core', () => {
  expect(deriveCpuCores(total(1e9), total(1.5e9), 1_000)).toBe(0.5);
  expect(deriveCpuCores(total(1e9), total(1e9), 1_000)).toBe(0);
});

test('no rate without a sample before, over a gap, after a restart, or from another source', () => {
  expect(deriveCpuCores(undefined, total(1e9), 1_000)).toBeNull();
  expect(deriveCpuCores(total(1e9), null, 1_000)).toBeNull();
  expect(deriveCpuCores(total(1e9), total(2e9), null)).toBeNull();
  expect(deriveCpuCores(total(2e9), total(1e9), 1_000)).toBeNull();
  expect(deriveCpuCores(total(1e9), total(2e9, 'pid 7 at 9'), 1_000)).toBeNull();
});

test('the next run of a timer is the sooner of its calendar and its count from boot', () => {
  const next = (nextCalendarMs: number | null, nextSinceBootMs: number | null) =>
    deriveNextRunMs({ nextCalendarMs, nextSinceBootMs }, 1_000_000, 5_000);
  expect(next(null, null)).toBeNull();
  expect(next(2_000_000, null)).toBe(2_000_000);
  expect(next(2_000_000, 65_000.4)).toBe(1_060_000);
  expect(next(1_020_000, 65_000)).toBe(1_020_000);
  // Reached already: the service runs, and the count starts when it ends.
  expect(next(null, 4_999)).toBeNull();
});
