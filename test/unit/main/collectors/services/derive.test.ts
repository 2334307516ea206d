import { expect, test } from 'vitest';
import { deriveCpuCores, deriveState } from '../../../../../src-main/collectors/services/derive';

test.each([
  ['active', 'running', false, 'active'],
  ['active', 'exited', false, 'active (exited)'],
  ['active', 'waiting', false, 'active (idle)'],
  ['active', 'listening', false, 'active (idle)'],
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
