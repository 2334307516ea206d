import { describe, expect, test } from 'vitest';
import { parseSocketLines, parseSocketsInUse } from '../../../../../src-main/collectors/processes/parse-sockets';
import { parseHexAddress } from '../../../../../src-main/platform/socket-address';

const header = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                     \n';
const listen =
  '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 0000000000000000 100 0 0 10 0\n';
const established =
  '   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 999 1 0000000000000000 20 4 30 10 -1\n';

describe('parseSocketLines', () => {
  test('takes what listens and notes that something else was met', () => {
    expect(parseSocketLines(header + listen + established, 'tcp')).toEqual({
      sockets: [{ protocol: 'tcp', address: '127.0.0.1', port: 8080, inode: 12345 }],
      sawOther: true,
    });
    expect(parseSocketLines(header + listen, 'tcp').sawOther).toBe(false);
  });

  test('a bound UDP socket listens, a connected one does not', () => {
    const bound = listen.replace(' 0A ', ' 07 ');
    const connected = listen.replace(' 0A ', ' 01 ').replace('12345', '777');
    expect(parseSocketLines(bound + connected, 'udp').sockets).toEqual([
      { protocol: 'udp', address: '127.0.0.1', port: 8080, inode: 12345 },
    ]);
    expect(parseSocketLines(listen, 'udp').sockets).toEqual([]);
  });

  test('skips what is not a socket line', () => {
    expect(parseSocketLines('\n garbage\n 0: zz:yy 0:0 0A\n 0: 0100007F:zz 0:0 0A 0:0 0:0 0 0 0 5 1\n', 'tcp').sockets).toEqual([]);
  });
});

test.each([
  ['0100007F', '127.0.0.1'],
  ['00000000', '0.0.0.0'],
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000001000000', '::1'],
  ['0000000000000000FFFF00000100007F', '::ffff:127.0.0.1'],
  ['000080FE00000000FF005450B6ADDDFE', 'fe80::5054:ff:fedd:adb6'],
  ['B80D0120000000000100000001000000', '2001:db8::1:0:1'],
  ['0100', null],
  ['zz00007F', null],
])('address %s', (hex, address) => {
  expect(parseHexAddress(hex)).toBe(address);
});

test('socket counts by table', () => {
  const text =
    'sockets: used 32\nTCP: inuse 5 orphan 0 tw 0 alloc 1 mem 174\nUDP: inuse 2 mem 0\nUDPLITE: inuse 9\nRAW: inuse 0\nTCP6: inuse 4\nUDP6: inuse 1\nUDPLITE6: inuse 0\n';
  expect([...parseSocketsInUse(text)]).toEqual([
    ['tcp', 5],
    ['udp', 2],
    ['tcp6', 4],
    ['udp6', 1],
  ]);
  expect(parseSocketsInUse('').size).toBe(0);
});
