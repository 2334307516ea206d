import { describe, expect, test } from 'vitest';
import {
  parseCpuModel,
  parseCpuSample,
  parseLoad,
  parseMemory,
  parseOsName,
  parsePressure,
  parseUptimeSeconds,
} from '../../../../../src-main/collectors/host/parse';

test('processor times of all and of each core, and the boot time', () => {
  const text =
    'cpu  100 5 20 800 30 1 2 3 40 0\ncpu0 50 0 10 400 15 0 1 1 20 0\ncpu3 50 5 10 400 15 1 1 2 20 0\nintr 5 0 0\nbtime 1795230516\n';
  expect(parseCpuSample(text)).toEqual({
    all: { name: 'cpu', totalTicks: 961, idleTicks: 800, iowaitTicks: 30, stealTicks: 3 },
    cores: [
      { name: 'cpu0', totalTicks: 477, idleTicks: 400, iowaitTicks: 15, stealTicks: 1 },
      { name: 'cpu3', totalTicks: 484, idleTicks: 400, iowaitTicks: 15, stealTicks: 2 },
    ],
    bootedAtMs: 1795230516000,
  });
  expect(parseCpuSample('')).toEqual({ all: null, cores: [], bootedAtMs: null });
});

describe('parseMemory', () => {
  test('used is total without available, cached as free shows it', () => {
    const text =
      'MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 600 kB\nBuffers: 10 kB\nCached: 300 kB\nSReclaimable: 40 kB\nActive(anon): 7 kB\nSwapTotal: 50 kB\nSwapFree: 20 kB\n';
    expect(parseMemory(text)).toEqual({
      memory: { totalBytes: 1024000, availableBytes: 614400, usedBytes: 409600, freeBytes: 102400, cachedBytes: 358400 },
      swap: { totalBytes: 51200, usedBytes: 30720 },
    });
  });

  test('an old kernel without MemAvailable, and no meminfo at all', () => {
    expect(parseMemory('MemTotal: 1000 kB\nMemFree: 100 kB\nCached: 300 kB\n')?.memory.availableBytes).toBe(409600);
    expect(parseMemory('')).toBeNull();
  });
});

test('load and uptime', () => {
  expect(parseLoad('0.47 0.32 0.27 1/500 4321\n')).toEqual({ one: 0.47, five: 0.32, fifteen: 0.27 });
  expect(parseLoad('')).toBeNull();
  expect(parseUptimeSeconds('2580.08 5000.11\n')).toBe(2580.08);
  expect(parseUptimeSeconds('')).toBeNull();
});

test('pressure as ratios; null for what the kernel does not have', () => {
  const some = 'some avg10=7.60 avg60=1.00 avg300=0.00 total=1\n';
  const both = 'some avg10=0.18 avg60=0 avg300=0 total=1\nfull avg10=0.09 avg60=0 avg300=0 total=1\n';
  expect(parsePressure(some, both, null)).toEqual({
    cpu: { someRatio: 0.076, fullRatio: null },
    memory: { someRatio: 0.0018, fullRatio: 0.0009 },
    io: null,
  });
  expect(parsePressure(null, null, null)).toBeNull();
});

test('names of system and processor', () => {
  expect(parseOsName('NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n')).toBe('Debian GNU/Linux 12 (bookworm)');
  expect(parseOsName("NAME='Alpine'\n")).toBe('Alpine');
  expect(parseOsName('')).toBeNull();
  expect(parseCpuModel('processor\t: 0\nmodel\t\t: 1\nmodel name\t: AMD EPYC\n')).toBe('AMD EPYC');
  expect(parseCpuModel('processor\t: 0\nModel\t\t: Raspberry Pi 4\n')).toBe('Raspberry Pi 4');
  expect(parseCpuModel('processor\t: 0\n')).toBeNull();
});
