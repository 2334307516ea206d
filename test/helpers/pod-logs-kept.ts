import { onTestFinished } from 'vitest';
import { createLogsCollector } from '../../src-main/logs/collector';
import { systemClock, systemTimers } from '../../src-main/platform/clock';
import type { FollowedContainer } from '../../src-main/platform/container-engine';
import { systemSpawnLines } from '../../src-main/platform/spawn-lines';
import type { LogSource } from '../../src-shared/snapshots/logs';
import { dataOf, never } from './container-parts';
import { crashLoopStatus } from './kubernetes-sample-pods';
import type { KubernetesStandIn } from './kubernetes-stand-in';
import { openKeeper } from './log-keeper-parts';
import { openPods } from './pods-collector';
import { waitFor } from './wait-for';

export interface KeptPodLogs {
  /** How many pods may be followed. */
  limit: number;
  /** Containers of an engine of this machine. */
  tellEngine(containers: readonly FollowedContainer[]): void;
  /** One round of readings; the sources that are pods. */
  sources(): Promise<readonly LogSource[]>;
  /** Rounds of readings until these are the kept texts of a search, oldest first. */
  untilTexts(query: string, texts: readonly string[]): Promise<void>;
  texts(query: string): Promise<readonly string[]>;
}

/** The real collectors of pods and of logs over a stand-in cluster, with a keeper in this thread; closed when the test ends. */
export function keepPodLogs(cluster: KubernetesStandIn): KeptPodLogs {
  const pods = openPods({ KUBECONFIG: cluster.kubeconfig() });
  const keeper = openKeeper();
  const listeners = new Set<(running: readonly FollowedContainer[]) => void>();
  const kept: KeptPodLogs = {
    limit: 50,
    tellEngine: (containers) => {
      for (const listener of listeners) listener(containers);
    },
    async sources() {
      await pods.collect();
      return (await dataOf(logs.collect(never))).sources.filter(({ kind }) => kind === 'pod');
    },
    async texts(query) {
      const { records } = await keeper.ask('search', { query, beforeId: null, fromMs: null, toMs: null, limit: 1_000 });
      return records.map(({ text }) => text).toReversed();
    },
    async untilTexts(query, texts) {
      const wanted = texts.join('\n');
      let last: readonly string[] = [];
      await waitFor(
        async () => {
          await kept.sources();
          last = await kept.texts(query);
          return last.join('\n') === wanted;
        },
        { timeoutMs: 15_000, what: `the texts of ${query}` },
      ).catch((error: unknown) => {
        throw new Error(`kept instead: ${JSON.stringify(last)}`, { cause: error });
      });
    },
  };
  const logs = createLogsCollector({
    containerFeed: {
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      openLogs: () => new Promise(() => undefined),
    },
    spawnLines: systemSpawnLines,
    clock: systemClock,
    timers: systemTimers,
    keywords: () => [],
    journal: null,
    pods: { podLogs: pods.collector.podLogs, podFeed: pods.collector.podFeed, limit: () => kept.limit },
    keeper,
  });
  onTestFinished(() => logs.close());
  return kept;
}

/** Its one container crashes, and waits to be started again. */
export function crashPod(cluster: KubernetesStandIn, namespace: string, name: string, restartCount: number): void {
  cluster.logs.endRun(`${namespace}/${name}/main`);
  cluster.store.update(namespace, name, (pod) => {
    pod.status = { ...pod.status, containerStatuses: [crashLoopStatus('main', 1, 'Error', restartCount)] };
  });
}

/** It runs again after a crash that ended a moment ago. */
export function restartPod(cluster: KubernetesStandIn, namespace: string, name: string, restartCount: number): void {
  const stamp = () => `${new Date().toISOString().slice(0, 19)}Z`;
  cluster.store.update(namespace, name, (pod) => {
    const [status] = pod.status.containerStatuses as readonly object[];
    const lastState = { terminated: { exitCode: 1, reason: 'Error', startedAt: stamp(), finishedAt: stamp() } };
    const again = { ready: true, started: true, restartCount, state: { running: { startedAt: stamp() } }, lastState };
    pod.status = { ...pod.status, containerStatuses: [{ ...status, ...again }] };
  });
}
