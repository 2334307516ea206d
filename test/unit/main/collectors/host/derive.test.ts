import { describe, expect, test } from 'vitest';
import { deriveCpuRatios, deriveDiskRates, deriveNetworkRates, derivePerSecond } from '../../../../../src-main/collectors/host/derive';
import type { CpuSample, CpuTimes } from '../../../../../src-main/collectors/host/parse';

const times = (name: string, totalTicks: number, idleTicks: number, iowaitTicks = 0, stealTicks = 0): CpuTimes => ({
  name,
  totalTicks,
  idleTicks,
  iowaitTicks,
  stealTicks,
});
const sample = (all: CpuTimes, ...cores: CpuTimes[]): CpuSample => ({ all, cores, bootedAtMs: null });

describe('deriveCpuRatios', () => {
  const before = sample(times('cpu', 1000, 800, 50, 10), times('cpu0', 500, 400));
  const after = sample(times('cpu', 1200, 900, 90, 20), times('cpu0', 600, 425), times('cpu1', 600, 400));

  test('waiting for a disk is not busy', () => {
    expect(deriveCpuRatios(before, after, 1_000)).toEqual({
      busyRatio: 0.3,
      iowaitRatio: 0.2,
      stealRatio: 0.05,
      coreBusyRatios: [0.75, null],
    });
  });

  test.each<[string, CpuSample | null, number | null]>([
    ['no sample before', null, 1_000],
    ['slept in between', before, null],
    ['ran backwards', sample(times('cpu', 9000, 8000), times('cpu0', 9000, 8000)), 1_000],
    ['no tick passed', after, 1_000],
  ])('no rate: %s', (_, previous, elapsedMs) => {
    const { busyRatio, coreBusyRatios } = deriveCpuRatios(previous, after, elapsedMs);
    expect([busyRatio, ...coreBusyRatios]).toEqual([null, null, null]);
  });

  test('iowait that loses a tick does not make the rest wrong', () => {
    const later = sample(times('cpu', 1100, 900, 49, 10));
    expect(deriveCpuRatios(before, later, 1_000)).toMatchObject({ busyRatio: 0, iowaitRatio: 0 });
  });
});

test('growth per second', () => {
  expect(derivePerSecond(100, 300, 2_000)).toBe(100);
  expect(derivePerSecond(undefined, 300, 2_000)).toBeNull();
  expect(derivePerSecond(300, 100, 2_000)).toBeNull();
  expect(derivePerSecond(100, 300, null)).toBeNull();
});

test('rates of disks and networks, null for a new one', () => {
  const disk = (name: string, readBytes: number, busyMs: number) => ({ name, readBytes, writtenBytes: 0, busyMs });
  expect(deriveDiskRates([disk('sda', 0, 0)], [disk('sda', 1024, 900), disk('sdb', 5, 5)], 500)).toEqual([
    { name: 'sda', readBytesPerSecond: 2048, writeBytesPerSecond: 0, busyRatio: 1 },
    { name: 'sdb', readBytesPerSecond: null, writeBytesPerSecond: null, busyRatio: null },
  ]);
  expect(
    deriveNetworkRates([{ name: 'e', receivedBytes: 10, sentBytes: 10 }], [{ name: 'e', receivedBytes: 20, sentBytes: 5 }], 1_000),
  ).toEqual([{ name: 'e', receivedBytesPerSecond: 10, sentBytesPerSecond: null }]);
});
