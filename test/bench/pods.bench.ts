import { setTimeout as delay } from 'node:timers/promises';
import { createPodsCollector } from '../../src-main/collectors/pods/collector';
import { createPipeline } from '../../src-main/engine/pipeline';
import { createPublisher } from '../../src-main/engine/publisher';
import { systemClock } from '../../src-main/platform/clock';
import { systemExec } from '../../src-main/platform/exec';
import { createKubernetesConnector } from '../../src-main/platform/kubernetes-connect';
import { createSecretHash } from '../../src-main/platform/secret-hash';
import { createProcessJudge } from '../../src-main/rules/judge-processes';
import { bareSurroundings } from '../../src-main/rules/process-context';
import { createRoleBase } from '../../src-main/rules/role/match-base';
import { createMemoryStore } from '../../src-main/store/memory-store';
import { createTextMask } from '../../src-shared/redact/mask-values';
import { defaultSettings } from '../../src-shared/settings';
import { absoluteRow, type BenchRun } from './bench-row';
import { churnPerSecond, podCount, startCluster } from './pods-cluster';

/** K1: 1,000 pods in the watch, collected, judged and published once a second as the engine does it. */
const measuredMs = 30_000;

export const run: BenchRun = async (say) => {
  const cluster = await startCluster();
  const startedAt = performance.now();
  const rssBefore = process.memoryUsage().rss;
  const collector = createPodsCollector({
    connector: createKubernetesConnector({
      environment: { KUBECONFIG: cluster.kubeconfig },
      home: '/nonexistent',
      version: 'bench',
      ...systemClock,
      exec: systemExec,
      loginPath: () => Promise.resolve(null),
    }),
    clock: systemClock,
    choice: () => defaultSettings.kubernetes,
  });
  const pipeline = createPipeline({
    processAlarms: () => [],
    mask: createTextMask({ hash: createSecretHash() }),
    clock: systemClock,
    publisher: createPublisher(),
    store: createMemoryStore({ detail: null }),
    settings: () => defaultSettings,
    judgeProcesses: createProcessJudge({
      idOf: () => '',
      surroundings: bareSurroundings('linux', 1),
      base: createRoleBase([]),
    }),
  });
  const look = async () => {
    const startedAtMs = Date.now();
    const outcome = await collector.collect(new AbortController().signal);
    if (outcome.kind !== 'ok' || outcome.data.pods.length !== podCount)
      throw new Error(`K1: not all pods: ${JSON.stringify(outcome).slice(0, 300)}`);
    pipeline.accept('pods', { ...outcome, startedAtMs, tookMs: Date.now() - startedAtMs, lastOkAtMs: startedAtMs });
    return outcome.data;
  };
  const timer = setInterval(() => void look(), 1_000);
  try {
    await look();
    const firstSeconds = (performance.now() - startedAt) / 1000;
    say(`K1 first reading: ${firstSeconds.toFixed(2)} s, ${Math.round((process.memoryUsage().rss - rssBefore) / 1e6)} MB more resident`);
    await delay(5_000);
    const steady = await percentOfCore();
    cluster.churn();
    await delay(2_000);
    const churn = await percentOfCore();
    const note = `${podCount} pods of 6 KB, ${measuredMs / 1000} s, once a second, metrics every 15 s`;
    const common = { unit: '% of a core', note } as const;
    return [
      absoluteRow({ id: 'K1-first', what: 'from start to all pods judged', ours: firstSeconds, unit: 's', must: 2, note }),
      absoluteRow({ ...common, id: 'K1-steady', what: 'pods that do not change', ours: steady, must: 1 }),
      absoluteRow({ ...common, id: 'K1-churn', what: `${churnPerSecond} pods change every second`, ours: churn, must: 5 }),
    ];
  } finally {
    clearInterval(timer);
    await collector.close();
    await cluster.stop();
  }
};

async function percentOfCore(): Promise<number> {
  const before = process.cpuUsage();
  await delay(measuredMs);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1000 / measuredMs) * 100;
}
