import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type { Settings } from '../../src-shared/settings';
import type { AnyCollector } from '../collectors/collector';
import { createContainersCollector } from '../collectors/containers/collector';
import { createHostCollector } from '../collectors/host/collector';
import { createPodsCollector, type PodsCollector } from '../collectors/pods/collector';
import { createProcessesCollector } from '../collectors/processes/collector';
import { createServicesCollector } from '../collectors/services/collector';
import { createLogsCollector } from '../logs/collector';
import type { LogKeeper } from '../logs/keeper/log-keeper';
import type { JournalCommand } from '../logs/tails/journal';
import type { Clock, Timers } from '../platform/clock';
import type { ContainerAccess, ContainerFeed } from '../platform/container-engine';
import { createEngineConnector } from '../platform/container-engine-connect';
import { systemExec } from '../platform/exec';
import { createKubernetesConnector } from '../platform/kubernetes-connect';
import { createLoginPath } from '../platform/login-path';
import { createPackages } from '../platform/packages';
import type { PodLogs } from '../platform/pod-logs';
import { systemSpawnLines } from '../platform/spawn-lines';
import type { CoreOptions } from './core';

export interface CollectorSetDeps {
  readonly options: CoreOptions;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly timers: Timers;
  readonly logKeeper: LogKeeper;
}

export interface CollectorSet {
  readonly collectors: readonly AnyCollector[];
  /** What live log streams read through. */
  readonly containerFeed: ContainerFeed;
  /** What details and actions of containers go through. */
  readonly containerAccess: ContainerAccess;
  readonly podLogs: PodLogs | null;
  readonly pods: PodsCollector;
  readonly journal: JournalCommand | null;
}

/** Every source of facts, by hand: a new one is one line here. The order is the order of their first runs. */
export function createCollectors(deps: CollectorSetDeps): CollectorSet {
  const { options, clock, settings } = deps;
  const { roots } = options;
  const { platform } = process;
  const engine = createEngineConnector(() => ({
    explicit: explicitEngine(options.engineEndpoint, settings().engineEndpoint),
    environment: process.env,
    homeDirectory: homedir(),
    platform,
    runDirectory: roots.run,
  }));
  const containers = createContainersCollector({ engine, clock, roots, platform });
  const kubernetes = createKubernetesConnector({
    environment: process.env,
    home: homedir(),
    version: options.version,
    nowMs: clock.nowMs,
    monotonicMs: clock.monotonicMs,
    exec: systemExec,
    loginPath: createLoginPath({ platform, environment: process.env }),
  });
  const pods = createPodsCollector({ connector: kubernetes, clock, choice: () => settings().kubernetes });
  const journal: JournalCommand | null = platform === 'linux' ? ['journalctl'] : null;
  const logs = createLogsCollector({
    containerFeed: containers.containerFeed,
    spawnLines: systemSpawnLines,
    clock,
    timers: deps.timers,
    keywords: () => settings().logs.keywords,
    journal,
    pods: { podLogs: pods.podLogs, podFeed: pods.podFeed, limit: () => settings().logs.followedPods },
    keeper: deps.logKeeper,
  });
  const services = createServicesCollector({
    exec: systemExec,
    roots,
    clock,
    platform,
    watch: () => settings().services,
    portChecks: () => settings().portChecks,
    userRuntimeDirectory: process.env.XDG_RUNTIME_DIR ?? null,
  });
  const host = createHostCollector({ roots, clock, nodeName: options.nodeName });
  const packages = createPackages({ root: dirname(roots.etc), exec: systemExec, monotonicMs: clock.monotonicMs });
  const collectors = [host, containers, pods, services, createProcessesCollector({ roots, clock, packages }), logs];
  return {
    collectors,
    containerFeed: containers.containerFeed,
    containerAccess: containers.containerAccess,
    podLogs: pods.podLogs,
    pods,
    journal,
  };
}

/** A flag or environment variable of LogScope wins over its settings; neither leaves the search to the engine's own customs. */
function explicitEngine(fromOptions: string | null, fromSettings: string) {
  if (fromOptions !== null) return { address: fromOptions, origin: 'command line' };
  return fromSettings === '' ? null : { address: fromSettings, origin: 'settings' };
}
