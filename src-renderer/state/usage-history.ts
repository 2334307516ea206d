import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MetricPoint } from '../../src-shared/metrics';
import type { Container } from '../../src-shared/snapshots';
import { wasSetBack } from './clock-set-back';

/**
 * CPU and memory of every container over the last five minutes, from the readings. One ring of times for all; a container
 * costs 2.4 KB. `recorded` changes with every reading, so only what shows a history listens to it.
 */
export interface UsageHistory {
  readonly recorded: StoreApi<{ readonly atMs: number }>;
  record(containers: readonly Pick<Container, 'id' | 'cpuBusyRatio' | 'memoryUsedRatio'>[], atMs: number): void;
  /** Oldest first; null where there was no figure. Empty for a container never seen. */
  points(id: string, what: UsageKind): readonly MetricPoint[];
}
export type UsageKind = 'cpu' | 'memory';

/** Five minutes at one reading a second. */
export const usagePointCount = 300;
const leastStepMs = 900;

type Rings = Readonly<Record<UsageKind, Float32Array>>;

export function createUsageHistory(): UsageHistory {
  const recorded = createStore(() => ({ atMs: 0 }));
  const times = new Float64Array(usagePointCount).fill(Number.NaN);
  const rings = new Map<string, Rings>();
  let slot = -1;

  function ringsOf(id: string): Rings {
    const there = rings.get(id);
    if (there) return there;
    const made = { cpu: emptyRing(), memory: emptyRing() };
    rings.set(id, made);
    return made;
  }

  function forgetEmpty(): void {
    for (const [id, { cpu, memory }] of rings) if (cpu.every(Number.isNaN) && memory.every(Number.isNaN)) rings.delete(id);
  }

  /** What was drawn for times that have not come yet would stand behind what comes now. */
  function forgetAfter(nowMs: number): void {
    for (const [at, atMs] of times.entries()) if (atMs >= nowMs) times[at] = Number.NaN;
  }

  return {
    recorded,
    record(containers, atMs) {
      const beforeMs = slot === -1 ? Number.NEGATIVE_INFINITY : (times[slot] ?? Number.NEGATIVE_INFINITY);
      const isSetBack = wasSetBack(beforeMs, atMs);
      if (atMs - beforeMs < leastStepMs && !isSetBack) return;
      if (isSetBack) forgetAfter(atMs);
      slot = (slot + 1) % usagePointCount;
      times[slot] = atMs;
      for (const { cpu, memory } of rings.values()) {
        cpu[slot] = Number.NaN;
        memory[slot] = Number.NaN;
      }
      for (const { id, cpuBusyRatio, memoryUsedRatio } of containers) {
        const { cpu, memory } = ringsOf(id);
        cpu[slot] = cpuBusyRatio ?? Number.NaN;
        memory[slot] = memoryUsedRatio ?? Number.NaN;
      }
      if (slot === usagePointCount - 1) forgetEmpty();
      recorded.setState({ atMs });
    },
    points(id, what) {
      const ring = rings.get(id)?.[what];
      if (!ring) return [];
      const all: MetricPoint[] = [];
      for (let step = 1; step <= usagePointCount; step += 1) {
        const at = (slot + step) % usagePointCount;
        const atMs = times[at] ?? Number.NaN;
        const value = ring[at] ?? Number.NaN;
        if (!Number.isNaN(atMs)) all.push({ atMs, value: Number.isNaN(value) ? null : value });
      }
      return all;
    },
  };
}

function emptyRing(): Float32Array {
  return new Float32Array(usagePointCount).fill(Number.NaN);
}
