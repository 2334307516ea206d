import type { StoredPod } from './kubernetes-stand-in-store';

const ago = (seconds: number) => `${new Date(Date.now() - seconds * 1000).toISOString().slice(0, 19)}Z`;

/** What the STATUS column of a real cluster shows for it (printers_test.go of Kubernetes); the stand-in prints it to kubectl. */
export const printedStatus = 'logscope.test/status';

export interface PodRecipe {
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
  readonly printed?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly owner?: { readonly kind: string; readonly name: string };
  readonly metadata?: object;
  readonly spec?: object;
  readonly containers?: readonly { readonly name: string; readonly [field: string]: unknown }[];
  readonly statuses?: readonly object[];
  readonly status?: object;
  readonly ready?: boolean;
}

/** A running pod, and whatever the recipe says differently. */
export function makePod(recipe: PodRecipe): StoredPod {
  const { namespace = 'default', name, ready = true } = recipe;
  const containers = recipe.containers ?? [makeContainer('main')];
  const owner = recipe.owner && [{ apiVersion: 'apps/v1', controller: true, uid: `uid-${recipe.owner.name}`, ...recipe.owner }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: recipe.uid ?? `uid-${namespace}-${name}`,
      resourceVersion: '0',
      creationTimestamp: ago(600),
      labels: { app: name, ...recipe.labels },
      annotations: { [printedStatus]: recipe.printed ?? 'Running' },
      ...(owner === undefined ? {} : { ownerReferences: owner }),
      ...recipe.metadata,
    },
    spec: { nodeName: 'node-1', restartPolicy: 'Always', containers, ...recipe.spec },
    status: {
      phase: 'Running',
      podIP: '10.0.0.5',
      hostIP: '10.0.0.1',
      startTime: ago(590),
      conditions: [
        { type: 'Initialized', status: 'True' },
        { type: 'Ready', status: ready ? 'True' : 'False' },
      ],
      containerStatuses: recipe.statuses ?? containers.map(({ name: container }) => running(container)),
      ...recipe.status,
    },
  };
}

export function makeContainer(name: string, limits: object = { cpu: '500m', memory: '128Mi' }) {
  return { name, image: `registry.test/${name}:1`, resources: { requests: { cpu: '100m', memory: '64Mi' }, limits } };
}

const common = (name: string) => ({ name, image: `registry.test/${name}:1`, imageID: '', restartCount: 0, lastState: {} });

function running(name: string, more: object = {}) {
  return { ...common(name), ready: true, started: true, state: { running: { startedAt: ago(500) } }, ...more };
}

function waiting(name: string, reason: string, message: string, more: object = {}) {
  return { ...common(name), ready: false, started: false, state: { waiting: { reason, message } }, ...more };
}

function ended(name: string, exitCode: number, reason: string, more: object = {}) {
  return { ...common(name), ready: false, started: false, state: { terminated: terminatedState(exitCode, reason) }, ...more };
}

function terminatedState(exitCode: number, reason: string, secondsAgo = 20) {
  return { exitCode, reason, startedAt: ago(secondsAgo + 10), finishedAt: ago(secondsAgo) };
}

/** A crash loop as a cluster shows it between two runs. */
export function crashLoopStatus(name: string, exitCode: number, reason: string, restartCount = 7) {
  const message = `back-off 5m0s restarting failed container=${name}`;
  return waiting(name, 'CrashLoopBackOff', message, { restartCount, lastState: { terminated: terminatedState(exitCode, reason) } });
}

/** One pod of each kind of trouble and of peace, with what kubectl shows for it. */
export function everySamplePod(): readonly StoredPod[] {
  const web = { labels: { 'pod-template-hash': '7d4b9c' }, owner: { kind: 'ReplicaSet', name: 'web-7d4b9c' } };
  const noNode = { spec: { nodeName: '' } };
  const unscheduled = {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message: '0/3 nodes are available: 3 Insufficient memory.',
  };
  const init = { initContainers: [makeContainer('migrate')] };
  const notInitialized = [{ type: 'Initialized', status: 'False' }];
  const waitingForInit = [waiting('main', 'PodInitializing', '')];
  return [
    makePod({ name: 'web-7d4b9c-a1', ...web }),
    makePod({ name: 'web-7d4b9c-b2', ...web, containers: [makeContainer('main'), makeContainer('proxy', {})] }),
    makePod({ name: 'dns-1', namespace: 'kube-system' }),
    makePod({ name: 'crash-1', ready: false, printed: 'CrashLoopBackOff', statuses: [crashLoopStatus('main', 1, 'Error')] }),
    makePod({ name: 'oom-1', ready: false, printed: 'CrashLoopBackOff', statuses: [crashLoopStatus('main', 137, 'OOMKilled', 4)] }),
    makePod({
      name: 'image-1',
      ready: false,
      printed: 'ImagePullBackOff',
      statuses: [waiting('main', 'ImagePullBackOff', 'Back-off pulling image "registry.test/main:1": not found')],
      status: { phase: 'Pending' },
    }),
    makePod({
      name: 'config-1',
      ready: false,
      printed: 'CreateContainerConfigError',
      statuses: [waiting('main', 'CreateContainerConfigError', 'secret "db" not found')],
      status: { phase: 'Pending' },
    }),
    makePod({
      name: 'far-1',
      ready: false,
      printed: 'Pending',
      ...noNode,
      status: { phase: 'Pending', startTime: null, conditions: [unscheduled], containerStatuses: [] },
    }),
    makePod({
      name: 'init-1',
      ready: false,
      printed: 'Init:CrashLoopBackOff',
      spec: init,
      statuses: waitingForInit,
      status: { phase: 'Pending', conditions: notInitialized, initContainerStatuses: [crashLoopStatus('migrate', 2, 'Error')] },
    }),
    makePod({
      name: 'init-2',
      ready: false,
      printed: 'Init:0/1',
      metadata: { creationTimestamp: ago(20) },
      spec: init,
      statuses: waitingForInit,
      status: { phase: 'Pending', conditions: notInitialized, initContainerStatuses: [running('migrate', { ready: false })] },
    }),
    makePod({
      name: 'job-1',
      ready: false,
      printed: 'Completed',
      owner: { kind: 'Job', name: 'job' },
      statuses: [ended('main', 0, 'Completed')],
      status: { phase: 'Succeeded' },
    }),
    makePod({
      name: 'job-2',
      ready: false,
      printed: 'Error',
      owner: { kind: 'Job', name: 'job' },
      statuses: [ended('main', 3, 'Error')],
      status: { phase: 'Failed' },
    }),
    makePod({
      name: 'evicted-1',
      ready: false,
      printed: 'Evicted',
      statuses: [],
      status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' },
    }),
    makePod({ name: 'leaving-1', printed: 'Terminating', metadata: { deletionTimestamp: ago(-25), deletionGracePeriodSeconds: 30 } }),
    makePod({
      name: 'half-1',
      ready: false,
      printed: 'NotReady',
      containers: [makeContainer('main'), makeContainer('once')],
      statuses: [running('main'), ended('once', 0, 'Completed')],
    }),
  ];
}
