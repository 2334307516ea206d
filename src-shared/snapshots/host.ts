import type { Level } from '../level';

/** The machine itself. Ratios are 0-1, rates are per second; null means "cannot be read here" or "no second sample yet". */
export interface HostFacts {
  readonly node: string;
  /** Node's platform name: linux, darwin, win32. */
  readonly platform: string;
  readonly osName: string | null;
  readonly kernel: string | null;
  readonly bootedAtMs: number | null;
  readonly uptimeSeconds: number;
  readonly cpu: HostCpu;
  /** Load averages; null on Windows, which has none. */
  readonly load: { readonly one: number; readonly five: number; readonly fifteen: number } | null;
  readonly memory: HostMemory;
  readonly swap: { readonly totalBytes: number; readonly usedBytes: number };
  /** Pressure stall information over 10 s; null where the kernel has none. */
  readonly pressure: HostPressure | null;
  readonly mounts: readonly Mount[];
  readonly disks: readonly DiskRate[];
  readonly networks: readonly NetworkRate[];
  readonly temperatures: readonly { readonly label: string; readonly celsius: number }[];
  readonly battery: { readonly chargeRatio: number; readonly charging: boolean } | null;
}

export interface HostCpu {
  readonly modelName: string | null;
  readonly coreCount: number;
  /** Share of all cores not idle (idle + iowait counted as idle, as top does); null before the second sample. */
  readonly busyRatio: number | null;
  readonly coreBusyRatios: readonly (number | null)[];
  readonly iowaitRatio: number | null;
  readonly stealRatio: number | null;
}

export interface HostMemory {
  readonly totalBytes: number;
  /** What new work can get without swapping (MemAvailable); not the same as free. */
  readonly availableBytes: number;
  /** total - available. */
  readonly usedBytes: number;
  readonly freeBytes: number;
  readonly cachedBytes: number | null;
}

export interface PressureLine {
  readonly someRatio: number;
  readonly fullRatio: number | null;
}

export interface HostPressure {
  readonly cpu: PressureLine | null;
  readonly memory: PressureLine | null;
  readonly io: PressureLine | null;
}

export interface Mount {
  readonly path: string;
  readonly device: string;
  readonly fileSystem: string;
  readonly readOnly: boolean;
  readonly totalBytes: number;
  readonly usedBytes: number;
  /** What an ordinary user may still write (reserved blocks excluded). */
  readonly availableBytes: number;
}

export interface DiskRate {
  readonly name: string;
  readonly readBytesPerSecond: number | null;
  readonly writeBytesPerSecond: number | null;
  readonly busyRatio: number | null;
}

export interface NetworkRate {
  readonly name: string;
  readonly receivedBytesPerSecond: number | null;
  readonly sentBytesPerSecond: number | null;
}

/** HostFacts with what the rules make of them. */
export interface HostSnapshot extends Omit<HostFacts, 'mounts'> {
  readonly mounts: readonly (Mount & { readonly usedRatio: number; readonly level: Level })[];
  readonly cpuLevel: Level;
  readonly memoryLevel: Level;
  readonly level: Level;
}
