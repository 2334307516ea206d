import type { ContainerCrash, ContainerFacts, NewerThing } from '../../../src-shared/snapshots/containers';
import type { EngineContainer, EngineMachine, EngineStats } from '../../platform/container-engine';

/** The figures of one container; null for what cannot be known (yet). */
export interface ContainerFigures {
  readonly cpuCores: number | null;
  readonly memoryUsedBytes: number | null;
  readonly networkReceivedBytes: number | null;
  readonly networkSentBytes: number | null;
  readonly blockReadBytes: number | null;
  readonly blockWrittenBytes: number | null;
  readonly processCount: number | null;
}

export const noFigures: ContainerFigures = {
  cpuCores: null,
  memoryUsedBytes: null,
  networkReceivedBytes: null,
  networkSentBytes: null,
  blockReadBytes: null,
  blockWrittenBytes: null,
  processCount: null,
};

export interface CpuSample {
  readonly atMs: number;
  readonly usageNanoseconds: number;
}

/** Cores used between two samples of a CPU time counter; null when time or counter did not go forward. */
export function deriveCpuCores(previous: CpuSample | null, current: CpuSample): number | null {
  if (previous === null) return null;
  const wallNanoseconds = (current.atMs - previous.atMs) * 1e6;
  const usedNanoseconds = current.usageNanoseconds - previous.usageNanoseconds;
  return wallNanoseconds > 0 && usedNanoseconds >= 0 ? usedNanoseconds / wallNanoseconds : null;
}

/**
 * Figures of two samples in a row of the stats interface, as `docker stats` computes them (docker/cli
 * cli/command/container/stats_helpers.go): CPU = d(usage) / d(system) x online cores; memory without inactive file pages.
 */
export function deriveStatsFigures(previous: EngineStats | null, current: EngineStats): ContainerFigures {
  const usage = current.memoryUsageBytes;
  const inactive = current.memoryInactiveFileBytes;
  return {
    cpuCores: deriveStatsCores(previous, current),
    memoryUsedBytes: usage === null ? null : withoutInactiveFile(usage, inactive),
    networkReceivedBytes: current.networkReceivedBytes,
    networkSentBytes: current.networkSentBytes,
    blockReadBytes: current.blockReadBytes,
    blockWrittenBytes: current.blockWrittenBytes,
    processCount: current.processCount,
  };
}

function deriveStatsCores(previous: EngineStats | null, current: EngineStats): number | null {
  if (previous === null || previous.cpuUsageNanoseconds === null || current.cpuUsageNanoseconds === null) return null;
  const used = current.cpuUsageNanoseconds - previous.cpuUsageNanoseconds;
  const { systemCpuNanoseconds, onlineCoreCount } = current;
  if (systemCpuNanoseconds !== null && previous.systemCpuNanoseconds !== null && onlineCoreCount !== null) {
    const system = systemCpuNanoseconds - previous.systemCpuNanoseconds;
    return system > 0 && used >= 0 ? (used / system) * onlineCoreCount : null;
  }
  return deriveCpuCores(
    { atMs: previous.readAtMs, usageNanoseconds: previous.cpuUsageNanoseconds },
    { atMs: current.readAtMs, usageNanoseconds: current.cpuUsageNanoseconds },
  );
}

/** Memory as `docker stats` shows it: page cache that can be dropped at once is not counted. */
export function withoutInactiveFile(usageBytes: number, inactiveFileBytes: number): number {
  return inactiveFileBytes < usageBytes ? usageBytes - inactiveFileBytes : usageBytes;
}

/** States in which a first process exists, so that figures and logs can be had. */
export function isAlive(container: Pick<EngineContainer, 'state'>): boolean {
  return container.state === 'running' || container.state === 'paused';
}

export interface FactsInput {
  readonly engineId: string;
  readonly container: EngineContainer;
  readonly figures: ContainerFigures;
  readonly machine: EngineMachine;
  readonly stopRequested: boolean | null;
  readonly recentCrashes: readonly ContainerCrash[];
  /** The container's first process was found on this machine. */
  readonly runsHere: boolean;
  readonly memoryGrowthBytesPerSecond: number | null;
  readonly newerThings: readonly NewerThing[];
}

/** One container's facts out of what the engine tells and what was measured. */
export function deriveFacts(input: FactsInput): ContainerFacts {
  const { container, engineId, figures, machine, stopRequested, runsHere } = input;
  const alive = isAlive(container);
  const { labels } = container;
  // One that the engine could not start is "created" with a code of its own (126, 127, 128).
  const neverStarted = container.startedAtMs === null;
  const podName = labels['io.kubernetes.pod.name'];
  return {
    id: container.id,
    engineId,
    name: container.name,
    image: container.image,
    command: container.command,
    state: container.state,
    health: container.health,
    createdAtMs: container.createdAtMs,
    startedAtMs: container.startedAtMs,
    finishedAtMs: container.finishedAtMs,
    exitCode: alive || (neverStarted && container.exitCode === 0) ? null : container.exitCode,
    oomKilled: container.oomKilled,
    restartCount: container.restartCount,
    stopRequested: alive ? null : stopRequested,
    recentCrashes: input.recentCrashes,
    lastProbe: container.lastProbe,
    newerThings: input.newerThings,
    pod: podName === undefined ? null : { namespace: labels['io.kubernetes.pod.namespace'] ?? 'default', name: podName },
    memoryGrowthBytesPerSecond: input.memoryGrowthBytesPerSecond,
    composeProject: labels['com.docker.compose.project'] ?? null,
    composeService: labels['com.docker.compose.service'] ?? null,
    ports: container.ports,
    tty: container.tty,
    pid: runsHere ? container.pid : null,
    cpuAvailableCores: smaller(container.cpuLimitCores, machine.coreCount),
    memoryLimitBytes: smaller(container.memoryLimitBytes, machine.memoryTotalBytes),
    memoryLimited: container.memoryLimitBytes !== null,
    ...figures,
  };
}

function smaller(own: number | null, machine: number | null): number | null {
  if (own === null || machine === null) return own ?? machine;
  return Math.min(own, machine);
}
