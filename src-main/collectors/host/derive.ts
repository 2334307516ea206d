import type { DiskRate, NetworkRate } from '../../../src-shared/snapshots/host';
import type { CpuSample, CpuTimes } from './parse';
import type { DiskCounters, NetworkCounters } from './parse-io';

export interface CpuRatios {
  readonly busyRatio: number | null;
  readonly coreBusyRatios: readonly (number | null)[];
  readonly iowaitRatio: number | null;
  readonly stealRatio: number | null;
}

/**
 * Shares of the time between two samples. Busy = all - idle - iowait, as top counts; a core that was not there before has
 * none yet. `elapsedMs` null (first sample, sleep) gives null throughout.
 */
export function deriveCpuRatios(previous: CpuSample | null, current: CpuSample, elapsedMs: number | null): CpuRatios {
  const before = elapsedMs === null ? null : previous;
  const coresBefore = new Map(before?.cores.map((core) => [core.name, core]));
  const all = shares(before?.all ?? null, current.all);
  return {
    busyRatio: all?.busy ?? null,
    coreBusyRatios: current.cores.map((core) => shares(coresBefore.get(core.name) ?? null, core)?.busy ?? null),
    iowaitRatio: all?.iowait ?? null,
    stealRatio: all?.steal ?? null,
  };
}

function shares(previous: CpuTimes | null, current: CpuTimes | null): { busy: number; iowait: number; steal: number } | null {
  if (previous === null || current === null) return null;
  const total = current.totalTicks - previous.totalTicks;
  if (total <= 0) return null;
  // Idle and iowait may run backwards by a tick for themselves (proc_stat(5) says so of iowait): counted as no time then.
  const share = (ticks: number) => Math.min(1, Math.max(0, ticks) / total);
  const idle = share(current.idleTicks - previous.idleTicks);
  const iowait = share(current.iowaitTicks - previous.iowaitTicks);
  return { busy: Math.max(0, 1 - idle - iowait), iowait, steal: share(current.stealTicks - previous.stealTicks) };
}

/** Growth per second; null without two samples, or when the counter ran backwards (device replaced, 32-bit wrap). */
export function derivePerSecond(previous: number | undefined, current: number, elapsedMs: number | null): number | null {
  if (previous === undefined || elapsedMs === null || elapsedMs <= 0 || current < previous) return null;
  return (current - previous) / (elapsedMs / 1000);
}

export function deriveDiskRates(previous: readonly DiskCounters[], current: readonly DiskCounters[], elapsedMs: number | null): DiskRate[] {
  const before = new Map(previous.map((disk) => [disk.name, disk]));
  return current.map((disk) => {
    const last = before.get(disk.name);
    const busyMsPerSecond = derivePerSecond(last?.busyMs, disk.busyMs, elapsedMs);
    return {
      name: disk.name,
      readBytesPerSecond: derivePerSecond(last?.readBytes, disk.readBytes, elapsedMs),
      writeBytesPerSecond: derivePerSecond(last?.writtenBytes, disk.writtenBytes, elapsedMs),
      busyRatio: busyMsPerSecond === null ? null : Math.min(1, busyMsPerSecond / 1000),
    };
  });
}

export function deriveNetworkRates(
  previous: readonly NetworkCounters[],
  current: readonly NetworkCounters[],
  elapsedMs: number | null,
): NetworkRate[] {
  const before = new Map(previous.map((network) => [network.name, network]));
  return current.map((network) => {
    const last = before.get(network.name);
    return {
      name: network.name,
      receivedBytesPerSecond: derivePerSecond(last?.receivedBytes, network.receivedBytes, elapsedMs),
      sentBytesPerSecond: derivePerSecond(last?.sentBytes, network.sentBytes, elapsedMs),
    };
  });
}
