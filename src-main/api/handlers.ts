import type { Alert } from '../../src-shared/alerts';
import type { AppInfo, SelfCost } from '../../src-shared/contract';
import { compareLevels, worstLevel } from '../../src-shared/level';
import type { Settings, SettingsPatch } from '../../src-shared/settings';
import type { Pipeline } from '../engine/pipeline';
import type { Publisher } from '../engine/publisher';
import type { Scheduler } from '../engine/scheduler';
import type { Store } from '../store/store';
import { type ContainerHandlerDeps, createContainerHandlers } from './container-handlers';
import type { Handlers } from './dispatch';
import { createLogHandlers, type LogPort } from './log-handlers';
import { createLogStreamHandlers, type LogStreamPort } from './log-stream-handlers';
import { createPodHandlers, type PodsPort } from './pod-handlers';
import { createProcessHandlers, type ProcessPort } from './process-handlers';
import { RefusedRequest } from './refused-request';
import { createServiceHandlers, type ServicePort } from './service-handlers';
import { createTrafficHandlers, type TrafficPort } from './traffic-handlers';

export interface HandlerDeps extends ContainerHandlerDeps {
  readonly info: () => Omit<AppInfo, 'actionsAllowed'>;
  readonly publisher: Publisher;
  readonly scheduler: Scheduler;
  readonly pipeline: Pipeline;
  readonly store: Store;
  readonly setPaused: (paused: boolean) => void;
  readonly selfCost: () => SelfCost;
  readonly settings: { readonly current: () => Settings; readonly change: (patch: SettingsPatch) => Promise<Settings> };
  readonly logStreams: LogStreamPort;
  readonly logs: LogPort | null;
  readonly traffic: TrafficPort | null;
  readonly pods: PodsPort;
  readonly services: ServicePort;
  readonly processes: ProcessPort;
}

const recentAlertLimit = 200;

/** Contract name -> function. No transport, no judgement: each asks the part that knows. */
export function createHandlers(deps: HandlerDeps): Handlers {
  return {
    'app.info': (_input, caller) => ({ ...deps.info(), actionsAllowed: caller.actionsAllowed }),
    'readings.latest': () => deps.publisher.latestReadings(),
    'readings.refresh': async ({ source }) => {
      await deps.scheduler.refresh(source);
      const latest = deps.publisher.latest(source);
      if (latest === null) throw new RefusedRequest('not-found', `${source} has not been read yet.`);
      return latest;
    },
    'engine.pause': ({ paused }) => {
      deps.setPaused(paused);
      return { paused };
    },
    'self.latest': () => deps.selfCost(),
    'history.range': (range) => deps.store.range(range),
    'problems.current': () => {
      const findings = [...deps.pipeline.currentFindings()].sort((a, b) => compareLevels(b.level, a.level));
      const hostIsRead = deps.publisher.latest('host')?.reading.kind === 'ok';
      return { level: worstLevel([...findings.map((finding) => finding.level), hostIsRead ? 'ok' : 'unknown']), findings };
    },
    'alerts.list': async () => listAlerts(deps.pipeline.activeAlerts(), await deps.store.recentAlerts(recentAlertLimit)),
    'alerts.dismiss': ({ ids }) => ({ dismissed: deps.pipeline.dismiss(ids) }),
    ...createProcessHandlers(deps.processes),
    ...createContainerHandlers(deps),
    ...createPodHandlers(deps.pods),
    ...createServiceHandlers(deps.services),
    ...createLogStreamHandlers(deps.logStreams),
    ...createLogHandlers(deps.logs),
    ...createTrafficHandlers(deps.traffic),
    'settings.get': () => deps.settings.current(),
    'settings.change': (patch) => deps.settings.change(patch),
  };
}

/** Active ones first, then those that ended; an alert that is active is not listed a second time from the store. */
function listAlerts(active: readonly Alert[], stored: readonly Alert[]): readonly Alert[] {
  const activeIds = new Set(active.map((alert) => alert.id));
  const ended = stored.filter((alert) => alert.clearedAtMs !== null && !activeIds.has(alert.id));
  const newestFirst = (a: Alert, b: Alert) => b.raisedAtMs - a.raisedAtMs;
  return [...[...active].sort(newestFirst), ...ended.sort(newestFirst)];
}
