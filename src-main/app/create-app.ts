import { hostname } from 'node:os';
import type { AppInfo } from '../../src-shared/contract';
import { translate } from '../../src-shared/messages/translate';
import { createTextMask } from '../../src-shared/redact/mask-values';
import type { Settings, SettingsPatch } from '../../src-shared/settings';
import type { Snapshots, SourceId } from '../../src-shared/snapshots';
import { createDispatch } from '../api/dispatch';
import { createHandlers } from '../api/handlers';
import { createPipeline } from '../engine/pipeline';
import { createPublisher } from '../engine/publisher';
import { createScheduler } from '../engine/scheduler';
import { followKeywords } from '../logs/follow-keywords';
import { createLogStreams } from '../logs/streams/log-streams';
import { systemClock, systemTimers } from '../platform/clock';
import { createFileHasher } from '../platform/hash-file';
import { openFileLogger, silentLogger } from '../platform/logger';
import { createSecretHash } from '../platform/secret-hash';
import { systemSpawnLines } from '../platform/spawn-lines';
import { readUserName } from '../platform/user-name';
import { wrappedRunsDirectory } from '../platform/wrapped-runs';
import { createProcessJudge } from '../rules/judge-processes';
import { curatedRoleBase } from '../rules/role/role-base';
import type { Core, CoreOptions } from './core';
import { createCollectors } from './create-collectors';
import { createContainerParts } from './create-container-parts';
import { createLogParts } from './create-log-parts';
import { createPortParts } from './create-port-parts';
import { createProcessParts } from './create-process-parts';
import { createServiceParts } from './create-service-parts';
import { createTrafficParts } from './create-traffic-parts';
import { createCuratedProcessRules } from './curated-process-rules';
import { createContentCheck } from './executable-content';
import { openStore } from './open-store';
import { createPolicyCopy, readPolicyCopy } from './policy-copy';
import { createProcessAlarms } from './process-alarms';
import { createProcessSurroundings } from './process-context';
import { createProcessIds } from './process-ids';
import { createProcessPolicies } from './process-policies';
import { createSelfCost } from './self-cost';
import { openSettingsFile } from './settings-file';
import { sourcesChangedBy } from './sources-changed-by';
import { createWatcherLookup } from './watcher-lookup';

/** What the thread that carries the core adds to the options. */
export interface CoreHost {
  /** Events thrown away on the way to the doors so far. */
  readonly droppedEventCount: () => number;
  /** The bundled store-thread.js; null keeps history in memory only. */
  readonly storeThreadUrl: URL | null;
}

const plainHost: CoreHost = { droppedEventCount: () => 0, storeThreadUrl: null };

/** Composition root: joins all parts, in reading order. Nothing here decides anything. */
export async function createApp(options: CoreOptions, host: CoreHost = plainHost): Promise<Core> {
  const clock = systemClock;
  const timers = systemTimers;
  const node = options.nodeName ?? hostname();
  const logger = options.store ? await openFileLogger(options.dataDirectory) : silentLogger;
  const { file: settings, notice } = await openSettingsFile(options.dataDirectory, clock.nowMs());
  const publisher = createPublisher();
  const { store, logKeeper, hashSecret, hashKey } = openStore({
    dataDirectory: options.dataDirectory,
    threadUrl: options.store ? host.storeThreadUrl : null,
    roots: options.roots,
    logSettings: settings.current().logs,
  });
  const processIds = createProcessIds();
  const content = createContentCheck(createFileHasher(options.roots.proc), (error) => logger.error('hash', { error: String(error) }));
  const policyCopy = createPolicyCopy(options.dataDirectory, (error) => logger.error('copy of the policies', { error: String(error) }));
  const policies = createProcessPolicies({
    // Whoever keeps nothing judges by what the window was told.
    store: options.store ? store : { ...store, policies: () => readPolicyCopy(options.dataDirectory) },
    clock,
    author: readUserName(),
    content,
    onChange() {
      copyPolicies();
      void scheduler.refresh('processes');
    },
  });
  policies.loaded.then(copyPolicies, (error: unknown) => logger.error('policies', { error: String(error) }));
  const selfCost = createSelfCost({ selfPid: options.selfPid, proc: options.roots.proc, clock });
  const { collectors, pods, containerAccess, ...logSources } = createCollectors({
    options,
    clock,
    timers,
    settings: settings.current,
    logKeeper,
  });
  const surroundings = createProcessSurroundings({
    options,
    clock,
    logger,
    access: containerAccess,
    policyOf: policies.policyOf,
    latestServices: () => latestOf('services'),
    latestContainers,
    latestPods: () => latestOf('pods'),
  });
  const processRules = createCuratedProcessRules({
    surroundings,
    base: curatedRoleBase(),
    nowMs: clock.nowMs,
    latest: latestProcesses,
    latestFacts: () => pipeline.latestFacts('processes'),
  });
  const pipeline = createPipeline({
    clock,
    publisher,
    store,
    settings: settings.current,
    judgeProcesses: createProcessJudge({ idOf: processIds.idOf, surroundings, base: curatedRoleBase() }),
    mask: createTextMask({
      hash: createSecretHash(),
      get email() {
        return settings.current().logs.maskEmail;
      },
    }),
    processAlarms: createProcessAlarms({ store, settings: settings.current, watcherOf: createWatcherLookup(latestProcesses) }),
  });
  const scheduler = createScheduler({
    collectors,
    clock,
    timers,
    audience: options.audience,
    onReading(source, reading) {
      pipeline.accept(source, reading);
      if (reading.kind === 'failed') logger.warn('collector failed', { source, code: reading.code, message: reading.message });
      if (source === 'processes') afterProcesses();
      if (source === 'containers') containerParts.afterReading();
    },
  });

  function copyPolicies(): void {
    if (options.store) policyCopy.write(policies.list());
  }

  function latestOf<Id extends SourceId>(source: Id): Snapshots[Id] | null {
    const latest = publisher.latest(source)?.reading;
    // A generic Id does not narrow the union of readings; the pair is right by what latest promises.
    return latest?.kind === 'ok' ? (latest.data as Snapshots[Id]) : null;
  }

  function latestContainers() {
    return latestOf('containers')?.containers ?? [];
  }
  const containerParts = createContainerParts({ options, access: containerAccess, store, clock, logger, latest: latestContainers });

  function latestProcesses() {
    return latestOf('processes')?.processes ?? [];
  }

  let toldStoreTrouble: string | null = null;
  /** The store opens in its own time and may fail later (disk full): asked now and then, told once for each cause. */
  function tellStoreTrouble(): void {
    const detail = store.state.detail ?? store.state.writeProblem;
    if (detail === null || detail === toldStoreTrouble) return;
    toldStoreTrouble = detail;
    const text = translate('en', 'notice.store-unavailable', { detail });
    publisher.publish({ event: 'notice', payload: { id: 'store-unavailable', values: { detail }, text } });
    logger.warn('history', { detail });
  }

  function afterProcesses(): void {
    tellStoreTrouble();
    const processes = latestProcesses();
    processIds.keepOnly(processes);
    processParts.afterReading();
    publisher.publish({ event: 'self', payload: selfCost.update(processes, host.droppedEventCount()) });
  }

  const processParts = createProcessParts({
    options,
    clock,
    timers,
    logger,
    store,
    settings: settings.current,
    policies,
    content,
    rules: processRules,
    ports: createPortParts({
      options,
      clock,
      timers,
      processes: () => latestOf('processes'),
      processFacts: () => pipeline.latestFacts('processes'),
      containers: latestContainers,
      newestErrors: () => latestOf('logs')?.newestErrors ?? [],
      betterActionFor: processRules.betterActionOf,
    }),
    latest: () => latestOf('processes'),
    latestFacts: () => pipeline.latestFacts('processes'),
    refresh: () => scheduler.refresh('processes'),
    settled: surroundings.settled,
  });

  const logStreams = createLogStreams({
    ...logSources,
    spawnLines: systemSpawnLines,
    clock,
    timers,
    ownWords: followKeywords(() => settings.current().logs.keywords),
    redactorOptions: () => ({ hash: hashSecret, email: settings.current().logs.maskEmail }),
    findContainer(id) {
      return latestContainers().find((one) => one.id === id) ?? null;
    },
  });

  const services = createServiceParts({
    roots: options.roots,
    clock,
    timers,
    logger,
    latest() {
      const latest = publisher.latest('services')?.reading;
      return latest?.kind === 'ok' ? latest.data : null;
    },
    onActed: () => void scheduler.refresh('services'),
  });

  let paused = false;
  let asleep = false;
  const applyPause = () => (paused || asleep ? scheduler.pause() : scheduler.resume());
  const info = (): Omit<AppInfo, 'actionsAllowed'> => ({
    version: options.version,
    node,
    platform: process.platform,
    door: options.door,
    systemLanguage: options.systemLanguage,
    runtime: { node: process.versions.node, electron: options.electronVersion, chrome: options.chromeVersion },
    paused,
  });

  async function changeSettings(patch: SettingsPatch): Promise<Settings> {
    const changed = await settings.change(patch);
    publisher.publish({ event: 'settings', payload: changed });
    if (patch.logs !== undefined) logKeeper.configure(changed.logs);
    if (patch.traffic !== undefined) traffic?.settingsChanged();
    // Seen at once, not when a source that rests after failures is tried again.
    for (const source of sourcesChangedBy(patch)) void scheduler.refresh(source);
    return changed;
  }

  const changeable = { current: settings.current, change: changeSettings };
  const trafficParts = { options, host, logger, publisher, hashSecret, hashKey, settings: changeable, latestOf, ...logSources };
  const traffic = options.store ? createTrafficParts(trafficParts) : null;

  const handlers = createHandlers({
    info,
    pods,
    publisher,
    scheduler,
    pipeline,
    store,
    processes: processParts.port,
    containerActions: containerParts.containerActions,
    logStreams,
    logs: options.store
      ? createLogParts({
          keeper: logKeeper,
          access: containerAccess,
          containers: latestContainers,
          services: () => latestOf('services'),
          pods: () => latestOf('pods')?.pods ?? [],
          runsDirectory: wrappedRunsDirectory(options.dataDirectory),
        })
      : null,
    traffic: traffic?.port ?? null,
    services,
    selfCost: selfCost.latest,
    setPaused(next) {
      paused = next;
      applyPause();
      publisher.publish({ event: 'paused', payload: { paused } });
    },
    settings: changeable,
  });
  const dispatch = createDispatch(handlers, (name, error) => logger.error('request failed', { name, error: String(error) }));

  scheduler.start();
  // Doors subscribe after this function returns: a notice published here and now would be heard by nobody.
  if (notice !== null) setImmediate(() => publisher.publish({ event: 'notice', payload: notice }));

  let stopping: Promise<void> | null = null;
  async function stop(): Promise<void> {
    logStreams.closeAll();
    await Promise.all([scheduler.stop(), traffic?.close()]);
    await Promise.all(collectors.map((collector) => collector.close?.()));
    await store.close();
    logger.close();
  }

  return {
    handle: dispatch,
    onEvent: publisher.subscribe,
    setAudience: scheduler.setAudience,
    suspend() {
      asleep = true;
      applyPause();
    },
    resume() {
      asleep = false;
      applyPause();
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
