import type { Systeminformation } from 'systeminformation';
import { expect, test } from 'vitest';
import { isListening, listeningSocketOf, stateLetter } from '../../../../../src-main/collectors/processes/parse-other-platforms';

const base: Systeminformation.NetworkConnectionsData = {
  protocol: 'tcp4',
  localAddress: '127.0.0.1',
  localPort: '8080',
  peerAddress: '*',
  peerPort: '*',
  state: 'LISTEN',
  pid: 7,
  process: 'x',
};

test('what listens', () => {
  expect(isListening(base)).toBe(true);
  expect(isListening({ ...base, state: 'LISTENING' })).toBe(true);
  expect(isListening({ ...base, state: 'ESTABLISHED' })).toBe(false);
  expect(isListening({ ...base, protocol: 'udp4', state: '', peerAddress: '*' })).toBe(true);
  expect(isListening({ ...base, protocol: 'udp6', state: '', peerAddress: '[::]' })).toBe(true);
  expect(isListening({ ...base, protocol: 'udp4', state: '', peerAddress: '10.0.0.1' })).toBe(false);
});

test('addresses in our spelling', () => {
  expect(listeningSocketOf({ ...base, localAddress: '*' })).toEqual({ protocol: 'tcp', address: '0.0.0.0', port: 8080 });
  expect(listeningSocketOf({ ...base, protocol: 'udp6', localAddress: '[::1]' })).toEqual({ protocol: 'udp', address: '::1', port: 8080 });
});

test('states as letters', () => {
  expect(['running', 'zombie', 'stopped', 'unknown'].map(stateLetter)).toEqual(['R', 'Z', 'T', 'S']);
});
