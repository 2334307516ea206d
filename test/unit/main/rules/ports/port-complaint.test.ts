import { expect, test } from 'vitest';
import { portComplainedOf } from '../../../../../src-main/rules/ports/port-complaint';
import { processorMsOf } from '../../../../helpers/processor-time';

test.each([
  ['Error: listen EADDRINUSE: address already in use :::3000', 3000],
  ['Error: listen EADDRINUSE: address already in use 127.0.0.1:5173', 5173],
  ['2026-11-21T10:12:30Z nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)', 80],
  ['nginx: [emerg] bind() to [::]:8080 failed (98: Address already in use)', 8080],
  ["OSError: [Errno 98] Address already in use: ('127.0.0.1', port 8000)", 8000],
  ['listen tcp 0.0.0.0:4222: bind: address already in use', 4222],
  ['listen tcp :9090: bind: address already in use', 9090],
  ['listen tcp4 :443: bind: address already in use', 443],
  ['Port 3000 is already in use', 3000],
  ['Web server failed to start. Port 8080 was already in use. Address already in use', 8080],
  ['Bind for 0.0.0.0:6379 failed: port is already allocated', 6379],
  ['could not bind IPv4 address "127.0.0.1": Address already in use, is another postmaster already running on port 5432?', 5432],
  ['address already in use', null],
  ['listening on port 3000', null],
  ['EADDRINUSE 99999', null],
  ['server.js:12 something at 12:30:45', null],
])('%j -> %j', (line, port) => {
  expect(portComplainedOf(line)).toBe(port);
});

test('a long hostile line costs nothing', () => {
  const tookMs = processorMsOf(() => {
    expect(portComplainedOf(`address already in use ${':'.repeat(1_000_000)}`)).toBeNull();
    expect(portComplainedOf(`address already in use ${'1.1.1.1'.repeat(200_000)}`)).toBeNull();
  });
  expect(tookMs).toBeLessThan(100);
});
