import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createPodsCollector } from '../../src-main/collectors/pods/collector';
import { createPipeline } from '../../src-main/engine/pipeline';
import { createPublisher } from '../../src-main/engine/publisher';
import { systemClock } from '../../src-main/platform/clock';
import { systemExec } from '../../src-main/platform/exec';
import { createKubernetesConnector } from '../../src-main/platform/kubernetes-connect';
import { createProcessJudge } from '../../src-main/rules/judge-processes';
import { bareSurroundings } from '../../src-main/rules/process-context';
import { createRoleBase } from '../../src-main/rules/role/match-base';
import { createMemoryStore } from '../../src-main/store/memory-store';
import { defaultSettings } from '../../src-shared/settings';
import { makePod } from '../helpers/kubernetes-sample-pods';
import { KubernetesStandIn } from '../helpers/kubernetes-stand-in';
import { absoluteRow, type BenchRun } from './bench-row';

/**
 * K1: 1,000 pods in the watch, collected, judged and published once a second as the engine does it. The cluster is a process
 * of its own, this file started a second time: its cost is not ours.
 */
const podCount = 1_000;
const measuredMs = 30_000;
const churnPerSecond = 10;

if (process.env.LOGSCOPE_BENCH_CLUSTER === '1') await serveCluster();

export const run: BenchRun = async (say) => {
  const { child, kubeconfig } = await startCluster();
  const startedAt = performance.now();
  const rssBefore = process.memoryUsage().rss;
  const collector = createPodsCollector({
    connector: createKubernetesConnector({
      environment: { KUBECONFIG: kubeconfig },
      home: '/nonexistent',
      version: 'bench',
      nowMs: systemClock.nowMs,
      exec: systemExec,
      loginPath: () => Promise.resolve(null),
    }),
    clock: systemClock,
    choice: () => defaultSettings.kubernetes,
  });
  const pipeline = createPipeline({
    processAlarms: () => [],
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
    child.send('churn');
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
    const gone = once(child, 'exit');
    child.send('stop');
    await gone;
  }
};

async function percentOfCore(): Promise<number> {
  const before = process.cpuUsage();
  await delay(measuredMs);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / 1000 / measuredMs) * 100;
}

async function startCluster(): Promise<{ readonly child: ChildProcess; readonly kubeconfig: string }> {
  const child = fork(fileURLToPath(import.meta.url), { env: { ...process.env, LOGSCOPE_BENCH_CLUSTER: '1' } });
  const [kubeconfig] = (await once(child, 'message')) as [string];
  return { child, kubeconfig };
}

async function serveCluster(): Promise<never> {
  const cluster = await KubernetesStandIn.start();
  // What a real pod carries besides: managedFields of three writers, some 4 KB.
  const managedFields = Array.from({ length: 3 }, (_one, index) => ({ manager: `writer-${index}`, fieldsV1: { f: 'x'.repeat(1_300) } }));
  for (let index = 0; index < podCount; index += 1) cluster.store.add(makePod({ name: `web-${index}`, metadata: { managedFields } }));
  process.send?.(cluster.kubeconfig());
  let next = 0;
  let timer: NodeJS.Timeout | undefined;
  for (;;) {
    const [message] = (await once(process, 'message')) as [string];
    if (message === 'churn') {
      timer = setInterval(() => {
        next = (next + 1) % podCount;
        cluster.store.update('default', `web-${next}`, (pod) => {
          pod.status = { ...pod.status, churn: next };
        });
      }, 1_000 / churnPerSecond);
    } else {
      clearInterval(timer);
      await cluster.stop();
      process.exit(0);
    }
  }
}
