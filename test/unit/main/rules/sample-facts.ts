import type { ContainerFacts, EngineState, HostFacts, ProcessFacts, ServiceFacts } from '../../../../src-shared/snapshots';

/** Healthy facts to start from; a test overrides what it is about. */
export const nowMs = Date.UTC(2026, 10, 21, 12, 0, 0);

export function hostFacts(over: Partial<HostFacts> = {}): HostFacts {
  return {
    node: 'dev-1',
    platform: 'linux',
    osName: 'Debian GNU/Linux 12',
    kernel: '6.1.0',
    bootedAtMs: nowMs - 3_600_000,
    uptimeSeconds: 3600,
    cpu: { modelName: null, coreCount: 2, busyRatio: 0.2, coreBusyRatios: [0.1, 0.3], iowaitRatio: 0, stealRatio: 0 },
    load: { one: 0.1, five: 0.1, fifteen: 0.1 },
    memory: { totalBytes: 1000, availableBytes: 600, usedBytes: 400, freeBytes: 100, cachedBytes: 500 },
    swap: { totalBytes: 0, usedBytes: 0 },
    pressure: null,
    mounts: [],
    disks: [],
    networks: [],
    temperatures: [],
    battery: null,
    ...over,
  };
}

export function engineState(over: Partial<EngineState> = {}): EngineState {
  return {
    id: 'x',
    endpoint: 'x',
    origin: 'x',
    state: 'ok',
    detail: null,
    hint: null,
    identity: { name: 'docker', version: '1', apiVersion: '1', endpoint: 'x', origin: 'x' },
    coreCount: 2,
    diskUse: null,
    ...over,
  };
}

export function containerFacts(over: Partial<ContainerFacts> = {}): ContainerFacts {
  return {
    id: 'c1',
    name: 'api',
    engineId: 'unix:///run/docker.sock',
    recentCrashes: [],
    lastProbe: null,
    newerThings: [],
    pod: null,
    memoryGrowthBytesPerSecond: null,
    image: 'api:1',
    command: 'serve',
    state: 'running',
    health: 'none',
    createdAtMs: nowMs - 10_000_000,
    startedAtMs: nowMs - 9_000_000,
    finishedAtMs: null,
    exitCode: null,
    oomKilled: false,
    restartCount: 0,
    stopRequested: null,
    composeProject: null,
    composeService: null,
    ports: [],
    tty: false,
    pid: 100,
    cpuCores: 0.5,
    cpuAvailableCores: 2,
    memoryUsedBytes: 100,
    memoryLimitBytes: 1000,
    memoryLimited: true,
    networkReceivedBytes: null,
    networkSentBytes: null,
    blockReadBytes: null,
    blockWrittenBytes: null,
    processCount: 1,
    ...over,
  };
}

export function exitedContainer(over: Partial<ContainerFacts> = {}): ContainerFacts {
  return containerFacts({
    state: 'exited',
    exitCode: 1,
    finishedAtMs: nowMs - 5000,
    cpuCores: null,
    memoryUsedBytes: null,
    pid: null,
    processCount: null,
    ...over,
  });
}

export function serviceFacts(over: Partial<ServiceFacts> = {}): ServiceFacts {
  return {
    unit: 'nginx.service',
    kind: 'service',
    timer: null,
    socket: null,
    scope: 'system',
    description: 'web server',
    loadState: 'loaded',
    activeState: 'active',
    subState: 'running',
    state: 'active',
    watched: true,
    mainPid: 10,
    cpuCores: 0,
    memoryBytes: 1,
    taskCount: 1,
    restartCount: 0,
    result: 'success',
    exitStatus: 0,
    stateSinceMs: nowMs - 1000,
    ...over,
  };
}

export function processFacts(over: Partial<ProcessFacts> = {}): ProcessFacts {
  return {
    pid: 100,
    ppid: 1,
    startTicks: 5,
    startedAtMs: nowMs - 1000,
    name: 'node',
    command: 'node server.js',
    exe: '/usr/bin/node',
    exeDeleted: false,
    user: 'dev',
    uid: 1000,
    cpuCores: 0,
    rssBytes: 10,
    pssBytes: null,
    threadCount: 1,
    state: 'S',
    kernelThread: false,
    listening: [],
    container: null,
    pod: null,
    unit: null,
    sessionId: null,
    terminal: null,
    heldStateSinceMs: null,
    busySinceMs: null,
    memoryTrend: null,
    evidence: null,
    ...over,
  };
}
