import type { HostMemory, HostPressure, PressureLine } from '../../../src-shared/snapshots/host';

/** Times since boot in clock ticks, of one core or of all. Guest time is part of user time already. */
export interface CpuTimes {
  readonly name: string;
  readonly totalTicks: number;
  readonly idleTicks: number;
  readonly iowaitTicks: number;
  readonly stealTicks: number;
}

export interface CpuSample {
  readonly all: CpuTimes | null;
  readonly cores: readonly CpuTimes[];
  readonly bootedAtMs: number | null;
}

/** Parses /proc/stat (proc_stat(5)): user nice system idle iowait irq softirq steal. */
export function parseCpuSample(text: string): CpuSample {
  let all: CpuTimes | null = null;
  let bootedAtMs: number | null = null;
  const cores: CpuTimes[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('cpu')) {
      const [name = '', ...rest] = line.trim().split(/\s+/);
      const ticks = rest.slice(0, 8).map(Number);
      if (ticks.length < 4 || ticks.some(Number.isNaN)) continue;
      const times: CpuTimes = {
        name,
        totalTicks: ticks.reduce((sum, value) => sum + value, 0),
        idleTicks: ticks[3] ?? 0,
        iowaitTicks: ticks[4] ?? 0,
        stealTicks: ticks[7] ?? 0,
      };
      if (name === 'cpu') all = times;
      else cores.push(times);
    } else if (line.startsWith('btime ')) {
      bootedAtMs = Number(line.slice(6)) * 1000;
    }
  }
  return { all, cores, bootedAtMs };
}

export interface MemorySample {
  readonly memory: HostMemory;
  readonly swap: { readonly totalBytes: number; readonly usedBytes: number };
}

/**
 * Parses /proc/meminfo. Cached is what `free` calls buff/cache (Buffers + Cached + SReclaimable). Kernels before 3.14
 * have no MemAvailable: there it is free + buff/cache. Null when there is no MemTotal.
 */
export function parseMemory(text: string): MemorySample | null {
  const bytes = new Map<string, number>();
  for (const match of text.matchAll(/^(\w+(?:\(\w+\))?):\s+(\d+) kB/gm)) bytes.set(match[1] ?? '', Number(match[2]) * 1024);
  const totalBytes = bytes.get('MemTotal');
  if (totalBytes === undefined) return null;
  const of = (name: string) => bytes.get(name) ?? 0;
  const freeBytes = of('MemFree');
  const cachedBytes = of('Buffers') + of('Cached') + of('SReclaimable');
  const availableBytes = Math.min(totalBytes, bytes.get('MemAvailable') ?? freeBytes + cachedBytes);
  const swapTotalBytes = of('SwapTotal');
  return {
    memory: { totalBytes, availableBytes, usedBytes: totalBytes - availableBytes, freeBytes, cachedBytes },
    swap: { totalBytes: swapTotalBytes, usedBytes: swapTotalBytes - of('SwapFree') },
  };
}

/** Parses /proc/loadavg. */
export function parseLoad(text: string): { readonly one: number; readonly five: number; readonly fifteen: number } | null {
  const [one, five, fifteen] = text.split(' ', 3).map(Number);
  if (one === undefined || five === undefined || fifteen === undefined || Number.isNaN(one + five + fifteen)) return null;
  return { one, five, fifteen };
}

/** Seconds since boot, from /proc/uptime; null when it is not that. */
export function parseUptimeSeconds(text: string): number | null {
  const seconds = Number.parseFloat(text);
  return Number.isNaN(seconds) ? null : seconds;
}

/** Parses one file of /proc/pressure; `full` is absent for the processor before Linux 5.13. */
function parsePressureLine(text: string | null): PressureLine | null {
  const ratio = (kind: string) => {
    const match = new RegExp(`^${kind} avg10=([\\d.]+)`, 'm').exec(text ?? '');
    return match?.[1] === undefined ? null : Number(match[1]) / 100;
  };
  const someRatio = ratio('some');
  return someRatio === null ? null : { someRatio, fullRatio: ratio('full') };
}

/** Null where the kernel has no pressure stall information at all. */
export function parsePressure(cpuText: string | null, memoryText: string | null, ioText: string | null): HostPressure | null {
  const pressure = { cpu: parsePressureLine(cpuText), memory: parsePressureLine(memoryText), io: parsePressureLine(ioText) };
  return pressure.cpu === null && pressure.memory === null && pressure.io === null ? null : pressure;
}

/** PRETTY_NAME of os-release(5), else NAME; quotes removed. */
export function parseOsName(text: string): string | null {
  for (const key of ['PRETTY_NAME', 'NAME']) {
    const value = new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1]?.trim();
    if (value !== undefined && value !== '') return value.replace(/^(["'])(.*)\1$/, '$2');
  }
  return null;
}

/** The processor's name from /proc/cpuinfo: x86 says "model name", many ARM boards "Model" or "Hardware", POWER "cpu". */
export function parseCpuModel(text: string): string | null {
  for (const key of ['model name', 'Model', 'Hardware', 'cpu model', 'cpu']) {
    const value = new RegExp(`^${key}\\s*: (.+)$`, 'm').exec(text)?.[1]?.trim();
    if (value !== undefined && value !== '') return value;
  }
  return null;
}
