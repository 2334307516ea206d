import { describe, expect, test } from 'vitest';
import {
  hasSocketLine,
  parseRawInodes,
  parseStreamTarget,
  parseUnixInodes,
} from '../../../../../../src-main/collectors/processes/evidence/parse-streams';

test.each([
  ['socket:[123]', { socket: 123 }],
  ['pipe:[9]', { kind: 'pipe' }],
  ['/dev/null', { kind: 'null' }],
  ['/dev/pts/12', { kind: 'terminal' }],
  ['/dev/pts/12 (deleted)', { kind: 'terminal' }],
  ['/dev/tty', { kind: 'terminal' }],
  ['/dev/ttyS0', { kind: 'terminal' }],
  ['/dev/console', { kind: 'terminal' }],
  ['/dev/zero', { path: '/dev/zero' }],
  ['/var/log/x', { path: '/var/log/x' }],
  ['/dev/pts/ptmx', { path: '/dev/pts/ptmx' }],
  ['anon_inode:[eventfd]', { kind: 'other' }],
  ['socket:[x]', { kind: 'other' }],
  ['', { kind: 'other' }],
])('%j', (target, expected) => {
  expect(parseStreamTarget(target)).toEqual(expected);
});

describe('tables', () => {
  const tcp =
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n' +
    '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  4711        0 998877 1 0 100 0\n';

  test('an inode stands in its own column only', () => {
    expect(hasSocketLine(tcp, 998877)).toBe(true);
    // The user has this number, not the socket.
    expect(hasSocketLine(tcp, 4711)).toBe(false);
    expect(hasSocketLine(tcp, 99887)).toBe(false);
  });

  test('unix', () => {
    const unix =
      'Num       RefCount Protocol Flags    Type St Inode Path\n0: 00000003 00000000 00000000 0001 03 4330 /run/x y\n1: 00000002 00000000 00010000 0001 01 77\nhalf';
    expect(parseUnixInodes(unix)).toEqual(new Set([4330, 77]));
  });

  test('packet and raw', () => {
    const packet =
      'sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n0000000000000000 3      3    0003   2     1 0      0      5566\n';
    expect(parseRawInodes(packet, 'packet')).toEqual([5566]);
    expect(parseRawInodes(tcp, 'raw')).toEqual([998877]);
    expect(parseRawInodes('', 'raw')).toEqual([]);
  });
});
