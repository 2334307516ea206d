import { expect, test } from 'vitest';
import {
  filterParts,
  toggleClient,
  toggleEndpoint,
  toggleStatus,
  withoutPart,
  withTime,
} from '../../../../src-renderer/views/traffic/traffic-filter';
import { allTraffic } from '../../../../src-shared/contract';

test('each click narrows further, and the same click again takes it back', () => {
  const narrowed = toggleClient(toggleStatus(toggleEndpoint(withTime(allTraffic, 10, 20), 'GET', '/a'), '5xx'), '203.0.113.7');
  expect(narrowed).toEqual({ fromMs: 10, toMs: 20, endpoint: { method: 'GET', path: '/a' }, status: '5xx', client: '203.0.113.7' });
  expect(filterParts(narrowed)).toEqual(['time', 'endpoint', 'status', 'client']);
  expect(toggleStatus(narrowed, '5xx').status).toBeNull();
  expect(toggleStatus(narrowed, 502).status).toBe(502);
  expect(toggleEndpoint(narrowed, 'POST', '/a').endpoint).toEqual({ method: 'POST', path: '/a' });
  expect(toggleEndpoint(narrowed, 'GET', '/a').endpoint).toBeNull();
  expect(toggleClient(narrowed, '203.0.113.7').client).toBeNull();
});

test('without its last condition it is the filter of everything, the very same', () => {
  expect(withoutPart(withTime(allTraffic, 1, 2), 'time')).toBe(allTraffic);
  expect(withoutPart({ ...allTraffic, fromMs: 1, status: 404 }, 'time')).toEqual({ ...allTraffic, status: 404 });
});
