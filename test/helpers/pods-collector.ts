import { expect, onTestFinished } from 'vitest';
import { createPodsCollector, type PodsCollector } from '../../src-main/collectors/pods/collector';
import { systemClock } from '../../src-main/platform/clock';
import { systemExec } from '../../src-main/platform/exec';
import { createKubernetesConnector } from '../../src-main/platform/kubernetes-connect';
import type { Outcome, Unavailable } from '../../src-shared/reading';
import type { Settings } from '../../src-shared/settings';
import type { PodFacts, PodsFacts } from '../../src-shared/snapshots';
import { KubernetesStandIn } from './kubernetes-stand-in';
import { waitFor } from './wait-for';

type Choice = Settings['kubernetes'];

export const wholeCluster: Choice = { context: '', namespace: '', agreedCommands: [] };

export interface TestPods {
  readonly collector: PodsCollector;
  choice: Choice;
  collect(): Promise<Outcome<PodsFacts>>;
  /** Fails when they cannot be read. */
  facts(): Promise<PodsFacts>;
  /** Why they cannot be read; fails when they can. */
  unavailable(): Promise<Unavailable>;
  /** Collects until it is so. */
  until(what: string, condition: (facts: PodsFacts) => boolean): Promise<PodsFacts>;
}

/** A cluster of this test alone. */
export async function openCluster(): Promise<KubernetesStandIn> {
  const cluster = await KubernetesStandIn.start();
  onTestFinished(() => cluster.stop());
  return cluster;
}

/** The real collector with little patience; closed when the test ends. */
export function openPods(
  environment: NodeJS.ProcessEnv,
  options: {
    readonly choice?: Choice;
    readonly loginPath?: () => Promise<string | null>;
    readonly watchSeconds?: number;
    readonly longestPauseMs?: number;
    readonly attachWithinMs?: number;
  } = {},
): TestPods {
  const connector = createKubernetesConnector({
    environment,
    home: '/nonexistent',
    version: '0.0.0-test',
    ...systemClock,
    exec: systemExec,
    loginPath: options.loginPath ?? (() => Promise.resolve(null)),
  });
  const pods: TestPods = {
    choice: options.choice ?? wholeCluster,
    collector: createPodsCollector({
      connector,
      clock: systemClock,
      choice: () => pods.choice,
      patience: {
        watchSeconds: options.watchSeconds ?? 60,
        graceMs: 1_000,
        firstPauseMs: 20,
        longestPauseMs: options.longestPauseMs ?? 200,
      },
      ...(options.attachWithinMs === undefined ? {} : { attachWithinMs: options.attachWithinMs }),
    }),
    collect: () => pods.collector.collect(new AbortController().signal),
    async facts() {
      const outcome = await pods.collect();
      if (outcome.kind !== 'ok') throw new Error(`unavailable (${outcome.reason}): ${outcome.detail}`);
      return outcome.data;
    },
    async unavailable() {
      const outcome = await pods.collect();
      if (outcome.kind === 'ok') return expect.fail('the pods can be read');
      return outcome;
    },
    until: (what, condition) =>
      waitFor(
        async () => {
          const facts = await pods.facts();
          return condition(facts) ? facts : null;
        },
        { timeoutMs: 10_000, what },
      ),
  };
  onTestFinished(() => pods.collector.close());
  return pods;
}

export function podNamed(facts: PodsFacts, name: string): PodFacts {
  const pod = facts.pods.find((one) => one.name === name);
  if (pod === undefined) throw new Error(`there is no pod ${name} among ${facts.pods.map((one) => one.name).join(', ')}`);
  return pod;
}
