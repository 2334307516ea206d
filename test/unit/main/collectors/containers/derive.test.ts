import { describe, expect, it } from 'vitest';
import {
  deriveCpuCores,
  deriveFacts,
  deriveStatsFigures,
  noFigures,
  withoutInactiveFile,
} from '../../../../../src-main/collectors/containers/derive';
import { applyToIntent, noIntent } from '../../../../../src-main/collectors/containers/stop-intent';
import type { EngineContainer, EngineStats } from '../../../../../src-main/platform/container-engine';

const container: EngineContainer = {
  id: '7079ca6c5e93',
  name: 'api',
  image: 'shop/api:1',
  command: 'node server.js',
  state: 'running',
  health: 'none',
  createdAtMs: 1000,
  startedAtMs: 2000,
  finishedAtMs: null,
  exitCode: 0,
  oomKilled: false,
  restartCount: 0,
  labels: {},
  ports: [],
  tty: false,
  pid: 4321,
  cpuLimitCores: null,
  memoryLimitBytes: null,
  networkMode: 'bridge',
  imageId: 'sha256:aa',
  lastProbe: null,
  binds: [],
};
const machine = { coreCount: 8, memoryTotalBytes: 32_000 };

describe('deriveCpuCores', () => {
  it('is used time over wall time', () => {
    expect(deriveCpuCores({ atMs: 1000, usageNanoseconds: 5e9 }, { atMs: 3000, usageNanoseconds: 6e9 })).toBe(0.5);
  });
  it('is not known without two samples that go forward', () => {
    expect(deriveCpuCores(null, { atMs: 1, usageNanoseconds: 1 })).toBeNull();
    expect(deriveCpuCores({ atMs: 1000, usageNanoseconds: 5 }, { atMs: 2000, usageNanoseconds: 4 })).toBeNull();
    expect(deriveCpuCores({ atMs: 1000, usageNanoseconds: 5 }, { atMs: 1000, usageNanoseconds: 6 })).toBeNull();
  });
});

describe('deriveStatsFigures', () => {
  const sample: EngineStats = {
    kind: 'stats',
    readAtMs: 1000,
    cpuUsageNanoseconds: 1e9,
    systemCpuNanoseconds: 100e9,
    onlineCoreCount: 4,
    memoryUsageBytes: 500,
    memoryInactiveFileBytes: 100,
    networkReceivedBytes: null,
    networkSentBytes: null,
    blockReadBytes: 1,
    blockWrittenBytes: 2,
    processCount: 3,
  };
  const later = { ...sample, readAtMs: 2000, cpuUsageNanoseconds: 1.5e9, systemCpuNanoseconds: 104e9 };

  it('is the formula of docker stats', () => {
    expect(deriveStatsFigures(sample, later)).toEqual({
      cpuCores: 0.5,
      memoryUsedBytes: 400,
      networkReceivedBytes: null,
      networkSentBytes: null,
      blockReadBytes: 1,
      blockWrittenBytes: 2,
      processCount: 3,
    });
  });
  it('falls back to the samples own time where the engine has no system time', () => {
    const bare = { systemCpuNanoseconds: null, onlineCoreCount: null };
    expect(deriveStatsFigures({ ...sample, ...bare }, { ...later, ...bare }).cpuCores).toBe(0.5);
  });
  it('has no CPU figure after a reset or before a second sample', () => {
    expect(deriveStatsFigures(null, sample).cpuCores).toBeNull();
    expect(deriveStatsFigures(later, sample).cpuCores).toBeNull();
  });
  it('never subtracts more than there is', () => {
    expect(withoutInactiveFile(100, 200)).toBe(100);
  });
});

const rest = { recentCrashes: [], memoryGrowthBytesPerSecond: null, newerThings: [] };

describe('deriveFacts', () => {
  it('takes limits of its own, else those of the machine', () => {
    expect(
      deriveFacts({ container, engineId: 'x', figures: noFigures, machine, stopRequested: null, runsHere: true, ...rest }),
    ).toMatchObject({
      exitCode: null,
      pid: 4321,
      cpuAvailableCores: 8,
      memoryLimitBytes: 32_000,
      memoryLimited: false,
    });
    const limited = { ...container, cpuLimitCores: 1.5, memoryLimitBytes: 1000 };
    expect(
      deriveFacts({ container: limited, engineId: 'x', figures: noFigures, machine, stopRequested: null, runsHere: false, ...rest }),
    ).toMatchObject({
      pid: null,
      cpuAvailableCores: 1.5,
      memoryLimitBytes: 1000,
      memoryLimited: true,
    });
  });
  it('has an exit code only after a run', () => {
    const facts = (change: Partial<EngineContainer>) =>
      deriveFacts({
        container: { ...container, ...change },
        engineId: 'x',
        figures: noFigures,
        machine,
        stopRequested: false,
        runsHere: false,
        ...rest,
      });
    expect(facts({ state: 'exited', exitCode: 137 })).toMatchObject({ exitCode: 137, stopRequested: false });
    expect(facts({ state: 'created', startedAtMs: null }).exitCode).toBeNull();
    expect(facts({ state: 'created', startedAtMs: null, exitCode: 127 }).exitCode).toBe(127);
    expect(facts({ labels: { 'io.kubernetes.pod.name': 'web-1', 'io.kubernetes.pod.namespace': 'shop' } }).pod).toEqual({
      namespace: 'shop',
      name: 'web-1',
    });
    expect(facts({ state: 'paused' })).toMatchObject({ exitCode: null, stopRequested: null });
  });
});

describe('applyToIntent', () => {
  const event = (action: string, atMs: number, signal: string | null = null) =>
    ({ kind: 'event', action, containerId: 'abc', atMs, signal, exitCode: null }) as const;
  const verdictOf = (...events: readonly ReturnType<typeof event>[]) => events.reduce(applyToIntent, noIntent).stopRequested;

  it('knows docker stop, docker kill and podman stop from a crash', () => {
    expect(verdictOf(event('kill', 1, '15'), event('die', 2), event('stop', 3))).toBe(true);
    expect(verdictOf(event('kill', 1, '9'), event('die', 2))).toBe(true);
    expect(verdictOf(event('stop', 1), event('died', 2))).toBe(true);
    expect(verdictOf(event('die', 2))).toBe(false);
    expect(verdictOf(event('oom', 1), event('die', 2))).toBe(false);
  });
  it('is not misled by harmless signals, old ones and earlier runs', () => {
    expect(verdictOf(event('kill', 1, '1'), event('die', 2))).toBe(false);
    expect(verdictOf(event('kill', 1, '15'), event('die', 400_000))).toBe(false);
    expect(verdictOf(event('kill', 1, '15'), event('die', 2), event('start', 3))).toBeNull();
    expect(verdictOf(event('kill', 1, '15'), event('die', 2), event('start', 3), event('die', 4))).toBe(false);
  });
});
