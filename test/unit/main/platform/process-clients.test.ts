import { expect, test } from 'vitest';
import { countClients } from '../../../../src-main/platform/process-clients';

const line = (local: string, remote: string, state: string) =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  0 0 1 1\n`;
const loopback = '0100007F';
const other = '0500000A';

function count(lines: string, ports: Record<number, readonly string[]>) {
  const counts = new Map<string, number>();
  countClients(lines, new Map(Object.entries(ports).map(([port, addresses]) => [Number(port), new Set(addresses)])), counts);
  return Object.fromEntries(counts);
}

test('established connections to the ports, by who is at the other end', () => {
  const lines =
    '  sl  local_address rem_address   st\n' +
    line(`${loopback}:1F90`, `${loopback}:C000`, '01') +
    line(`${other}:1F90`, `${other}:C001`, '01') +
    line(`${other}:1F90`, `${other}:C002`, '01') +
    // Listening, being closed, another port, and the client's own end.
    line('00000000:1F90', '00000000:0000', '0A') +
    line(`${loopback}:1F90`, `${loopback}:C003`, '06') +
    line(`${loopback}:1F91`, `${loopback}:C004`, '01') +
    line(`${loopback}:C000`, `${loopback}:1F90`, '01');
  expect(count(lines, { 8080: ['0.0.0.0'] })).toEqual({ '127.0.0.1': 1, '10.0.0.5': 2 });
  expect(count(lines, { 8080: ['127.0.0.1'] })).toEqual({ '127.0.0.1': 1 });
});

test('IPv4 at a socket of both families is shown as IPv4', () => {
  const mapped = '0000000000000000FFFF00000100007F';
  expect(count(line(`${mapped}:1F90`, `${mapped}:C000`, '01'), { 8080: ['::'] })).toEqual({ '127.0.0.1': 1 });
});

test.each(['', 'x', '0: a b c', ' 0: :1F90 :C000 01 ', '0: ZZ:1F90 ZZ:C000 01'])('hostile line %j', (text) => {
  expect(count(text, { 8080: ['0.0.0.0'] })).toEqual({});
});
