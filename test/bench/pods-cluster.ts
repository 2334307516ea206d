import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { makePod } from '../helpers/kubernetes-sample-pods';
import { KubernetesStandIn } from '../helpers/kubernetes-stand-in';

export const podCount = 1_000;
export const churnPerSecond = 10;

export interface BenchCluster {
  readonly kubeconfig: string;
  /** From now on pods change. */
  churn(): void;
  stop(): Promise<void>;
}

/** A cluster of 1,000 pods in a process of its own, this file started a second time: its cost is not ours. */
export async function startCluster(): Promise<BenchCluster> {
  const child = fork(fileURLToPath(import.meta.url), { env: { ...process.env, LOGSCOPE_BENCH_CLUSTER: '1' } });
  const [kubeconfig] = (await once(child, 'message')) as [string];
  return {
    kubeconfig,
    churn: () => void child.send('churn'),
    async stop() {
      const gone = once(child, 'exit');
      child.send('stop');
      await gone;
    },
  };
}

if (process.env.LOGSCOPE_BENCH_CLUSTER === '1') await serveCluster();

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
