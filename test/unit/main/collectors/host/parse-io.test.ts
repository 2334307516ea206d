import { expect, test } from 'vitest';
import { isWholeDisk, parseDiskCounters, parseNetworkCounters, selectNetworks } from '../../../../../src-main/collectors/host/parse-io';

test('disk counters in bytes and milliseconds', () => {
  const text =
    ' 254       0 vda 35728 12045 3326746 9945 14345 60190 4516768 19406 0 7564 29910 5663 55 221888 494 1878 64\n   7       0 loop0 0 0\n';
  expect(parseDiskCounters(text)).toEqual([{ name: 'vda', readBytes: 3326746 * 512, writtenBytes: 4516768 * 512, busyMs: 7564 }]);
});

test('whole disks by the listing of /sys/block', () => {
  const block = new Set(['sda', 'xvda1', 'dm-0', 'loop0']);
  expect(['sda', 'sda1', 'xvda1', 'dm-0', 'loop0'].map((name) => isWholeDisk(name, block))).toEqual([true, false, true, false, false]);
});

test('whole disks by name where /sys cannot be read', () => {
  const names = ['sda', 'sda1', 'nvme0n1', 'nvme0n1p2', 'mmcblk0', 'mmcblk0p1', 'mmcblk0boot0', 'vdb', 'zram0', 'md0', 'sr0'];
  expect(names.filter((name) => isWholeDisk(name, null))).toEqual(['sda', 'nvme0n1', 'mmcblk0', 'vdb']);
});

test('network counters, also of an alias and of a name stuck to its figure', () => {
  const text =
    'Inter-|   Receive  |  Transmit\n face |bytes    packets errs\n    lo:    3193      29    0    0    0     0          0         0     3193      29    0    0    0     0       0          0\neth0:1:707956449 18377 0 0 0 0 0 0 1498244 11134 0 0 0 0 0 0\n';
  expect(parseNetworkCounters(text)).toEqual([
    { name: 'lo', receivedBytes: 3193, sentBytes: 3193 },
    { name: 'eth0:1', receivedBytes: 707956449, sentBytes: 1498244 },
  ]);
});

test('interfaces worth showing', () => {
  const named = (names: readonly string[]) => names.map((name) => ({ name }));
  const chosen = (names: readonly string[], hardware: readonly string[]) =>
    selectNetworks(named(names), (name) => hardware.includes(name)).map(({ name }) => name);
  expect(chosen(['lo', 'eth0', 'docker0', 'br-12ab', 'veth1', 'wg0', 'bond0', 'virbr0', 'tun0'], ['eth0'])).toEqual([
    'eth0',
    'wg0',
    'bond0',
    'tun0',
  ]);
  expect(chosen(['lo', 'docker0', 'veth1'], [])).toEqual(['docker0', 'veth1']);
  expect(chosen(['lo', 'veth-card', 'br-1'], ['veth-card'])).toEqual(['veth-card']);
});
