import { expect, test } from 'vitest';
import { mayBeWeb, speechAtPort, speechOfEntry, speechOfRole } from '../../../../../src-main/rules/ports/speaks';
import { roleEntryOf } from '../../../../../src-shared/roles';

test('every role with a protocol is in the role base', () => {
  expect(Object.keys(speechOfEntry).filter((id) => roleEntryOf(id) === null)).toEqual([]);
});

test('says what is usual at a port, and of UDP only what is spoken there', () => {
  expect([speechAtPort('tcp', 5432), speechAtPort('tcp', 4321), speechAtPort('udp', 53), speechAtPort('udp', 443)]).toEqual([
    'PostgreSQL',
    null,
    'DNS',
    'QUIC',
  ]);
  expect(speechAtPort('udp', 5432)).toBeNull();
  expect(speechOfRole('redis')).toBe('Redis');
  expect(speechOfRole('constructor')).toBeNull();
});

test.each([
  [null, true],
  ['HTTP', true],
  ['PostgreSQL', false],
  ['SSH', false],
  ['Redis', false],
])('a web page is asked for where %s is spoken: %s', (speech, asked) => {
  expect(mayBeWeb(speech)).toBe(asked);
});
