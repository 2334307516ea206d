import type { PodEvents } from '../../src-shared/contract';
import type { Reason } from '../../src-shared/judgement';
import { worstLevel } from '../../src-shared/level';
import type { Pod, PodContainer, PodsSnapshot } from '../../src-shared/snapshots';

const MB = 1024 ** 2;
const minuteMs = 60_000;
const dayMs = 86_400_000;

interface PodSketch {
  readonly name: string;
  readonly namespace: string;
  readonly owner: readonly [kind: string, name: string] | null;
  readonly ageMs: number;
  readonly containers: readonly Partial<PodContainer>[];
  readonly status?: string;
  readonly phase?: Pod['phase'];
  readonly level?: Pod['level'];
  readonly reasons?: readonly Reason[];
  readonly podReason?: string;
  readonly message?: string;
  readonly node?: string | null;
}

const calm: readonly PodSketch[] = [
  { name: 'web-7d4b9c6f5d-8xk2p', namespace: 'shop', owner: ['Deployment', 'web'], ageMs: 3 * dayMs, containers: [{ name: 'web' }] },
  { name: 'web-7d4b9c6f5d-q9rlw', namespace: 'shop', owner: ['Deployment', 'web'], ageMs: 3 * dayMs, containers: [{ name: 'web' }] },
  {
    name: 'api-5f8d7c9b44-m2x7t',
    namespace: 'shop',
    owner: ['Deployment', 'api'],
    ageMs: 9 * dayMs,
    containers: [
      { name: 'api', restartCount: 1 },
      { name: 'istio-proxy', image: 'istio/proxyv2:1.24.1' },
    ],
  },
  { name: 'postgres-0', namespace: 'shop', owner: ['StatefulSet', 'postgres'], ageMs: 41 * dayMs, containers: [{ name: 'postgres' }] },
  {
    name: 'coredns-6799fbcd5-4xv9k',
    namespace: 'kube-system',
    owner: ['Deployment', 'coredns'],
    ageMs: 41 * dayMs,
    containers: [{ name: 'coredns' }],
  },
  {
    name: 'node-exporter-hc6zt',
    namespace: 'monitoring',
    owner: ['DaemonSet', 'node-exporter'],
    ageMs: 12 * dayMs,
    containers: [{ name: 'node-exporter', cpuLimitCores: null, memoryLimitBytes: null }],
  },
  { name: 'debug', namespace: 'default', owner: null, ageMs: 14 * minuteMs, containers: [{ name: 'debug', image: 'busybox:1.37' }] },
];

const why = (rule: string, text: string, values: Reason['values'] = {}): Reason => ({ rule, text, values });

function troubled(nowMs: number): readonly PodSketch[] {
  const ended = (exitCode: number, reason: string, agoMs: number) => ({
    state: 'terminated' as const,
    ready: false,
    exitCode,
    reason,
    finishedAtMs: nowMs - agoMs,
    cpuCores: null,
    memoryBytes: null,
  });
  return [
    {
      name: 'checkout-6b9f4d7c8-tz4vn',
      namespace: 'shop',
      owner: ['Deployment', 'checkout'],
      ageMs: 47 * minuteMs,
      status: 'CrashLoopBackOff',
      level: 'critical',
      reasons: [
        why('pod-crash-loop', 'Keeps crashing: checkout restarted 9 times, last with code 1', {
          container: 'checkout',
          exitCode: 1,
          count: 9,
        }),
        why('pod-remedy-previous-logs', 'The log of the run before this one says why.'),
      ],
      containers: [
        {
          name: 'checkout',
          image: 'registry.example.com/shop/checkout:2.14.0',
          state: 'waiting',
          ready: false,
          reason: 'CrashLoopBackOff',
          message: 'back-off 5m0s restarting failed container=checkout pod=checkout-6b9f4d7c8-tz4vn_shop',
          restartCount: 9,
          lastRun: { exitCode: 1, reason: 'Error', finishedAtMs: nowMs - 132_000 },
          startedAtMs: null,
          cpuCores: null,
          memoryBytes: null,
        },
        { name: 'migrate', init: true, ...ended(0, 'Completed', 46 * minuteMs) },
      ],
    },
    {
      name: 'search-0',
      namespace: 'shop',
      owner: ['StatefulSet', 'search'],
      ageMs: 2 * dayMs,
      status: 'OOMKilled',
      level: 'critical',
      reasons: [
        why('pod-crash-loop-oom', 'Keeps running out of memory: search restarted 3 times', { container: 'search', count: 3 }),
        why('pod-remedy-memory', 'Raise the memory limit of search (512 MB), or find what fills it.', {
          container: 'search',
          limit: '512 MB',
        }),
      ],
      containers: [
        {
          name: 'search',
          ...ended(137, 'OOMKilled', 24_000),
          restartCount: 3,
          lastRun: { exitCode: 137, reason: 'OOMKilled', finishedAtMs: nowMs - 11 * minuteMs },
        },
      ],
    },
    {
      name: 'mailer-84c5f6d9b-2hqkx',
      namespace: 'shop',
      owner: ['Deployment', 'mailer'],
      ageMs: 6 * minuteMs,
      phase: 'Pending',
      status: 'ImagePullBackOff',
      level: 'critical',
      reasons: [
        why('pod-image-not-found', 'The image shop/mailer:2.15.0-rc1 does not exist, or not under this tag', {
          image: 'shop/mailer:2.15.0-rc1',
        }),
        why('pod-remedy-image-name', 'Check name and tag, and that the image was pushed. On kind or minikube: load it into the cluster.'),
      ],
      containers: [
        {
          name: 'mailer',
          image: 'registry.example.com/shop/mailer:2.15.0-rc1',
          state: 'waiting',
          ready: false,
          reason: 'ImagePullBackOff',
          message: 'Back-off pulling image "registry.example.com/shop/mailer:2.15.0-rc1": not found',
          startedAtMs: null,
          cpuCores: null,
          memoryBytes: null,
        },
      ],
    },
    {
      name: 'trainer-0',
      namespace: 'ml',
      owner: ['StatefulSet', 'trainer'],
      ageMs: 22 * minuteMs,
      phase: 'Pending',
      status: 'Pending',
      level: 'warning',
      podReason: 'Unschedulable',
      message: '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
      node: null,
      reasons: [
        why('pod-unschedulable', 'No node takes it: 0/3 nodes are available: 3 Insufficient nvidia.com/gpu.', {
          message: '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
        }),
        why('pod-remedy-schedule-resources', 'Lower its requests, or free or add a node.'),
      ],
      containers: [{ name: 'trainer', state: 'waiting', ready: false, startedAtMs: null, cpuCores: null, memoryBytes: null }],
    },
    {
      name: 'report-28812960-k9wpl',
      namespace: 'batch',
      owner: ['Job', 'report-28812960'],
      ageMs: 3 * 60 * minuteMs,
      phase: 'Failed',
      status: 'Evicted',
      level: 'warning',
      podReason: 'Evicted',
      message: 'The node was low on resource: ephemeral-storage.',
      reasons: [
        why('pod-evicted', 'Evicted from its node: The node was low on resource: ephemeral-storage.', {
          message: 'The node was low on resource: ephemeral-storage.',
        }),
      ],
      containers: [],
    },
    {
      name: 'backup-28812840-6vbrm',
      namespace: 'batch',
      owner: ['Job', 'backup-28812840'],
      ageMs: 5 * 60 * minuteMs,
      phase: 'Succeeded',
      status: 'Completed',
      level: 'inactive',
      containers: [{ name: 'backup', ...ended(0, 'Completed', 4.9 * 60 * minuteMs) }],
    },
  ];
}

interface SamplePodsOptions {
  readonly count: number;
  readonly trouble: boolean;
  readonly metrics?: boolean;
  readonly resuming?: boolean;
  readonly namespace?: string | null;
  readonly context?: string;
}

/** `count` pods of an invented cluster; with `trouble` every way to fail among them. */
export function samplePods(
  { count, trouble, metrics = true, resuming = false, namespace = null, context = 'kind-dev' }: SamplePodsOptions,
  nowMs: number,
  random: () => number,
): PodsSnapshot {
  const sketches = [...(trouble ? troubled(nowMs) : []), ...calm];
  const more = Array.from({ length: Math.max(0, count - sketches.length) }, (_, index) => another(index));
  const all = [...sketches, ...more].map((sketch) => toPod(sketch, metrics, nowMs, random));
  const pods = all.filter((pod) => namespace === null || pod.namespace === namespace);
  return {
    contexts: [
      { name: 'kind-dev', cluster: 'kind-dev', server: 'https://127.0.0.1:40123', user: 'kind-dev', namespace: 'shop' },
      { name: 'staging', cluster: 'staging', server: 'https://k8s.staging.example.com:6443', user: 'dev', namespace: null },
    ],
    context,
    serverVersion: 'v1.32.2',
    namespace,
    namespaces: ['batch', 'default', 'kube-system', 'ml', 'monitoring', 'shop'],
    metricsUnavailable: metrics ? null : 'the server could not find the requested resource (get pods.metrics.k8s.io)',
    watch: resuming ? 'resuming' : 'live',
    broken: resuming ? { sinceMs: nowMs - 21_000, detail: 'connect ECONNREFUSED 127.0.0.1:40123' } : null,
    pods,
    level: worstLevel(pods.map((pod) => pod.level)),
  };
}

function another(index: number): PodSketch {
  const name = ['cart', 'search-api', 'gateway', 'jobs', 'catalog', 'billing'][index % 6] ?? 'pod';
  return {
    name: `${name}-${(0x7d4b9c + index * 7919).toString(16)}-${(index * 48_271 + 100_000).toString(36).slice(-5)}`,
    namespace: ['shop', 'default', 'monitoring', 'batch'][index % 4] ?? 'default',
    owner: ['Deployment', name],
    ageMs: (index + 1) * 37 * minuteMs,
    containers: [{ name }],
  };
}

function toPod(sketch: PodSketch, metrics: boolean, nowMs: number, random: () => number): Pod {
  const containers = sketch.containers.map((one) => toContainer(one, sketch, metrics, nowMs, random));
  const main = containers.filter((one) => !one.init);
  const sum = (figures: readonly (number | null)[]) => {
    const known = figures.filter((one) => one !== null);
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
  };
  const sumIfAll = (figures: readonly (number | null)[]) => (figures.some((one) => one === null) ? null : sum(figures));
  const cpuCores = sum(main.map((one) => one.cpuCores));
  const memoryBytes = sum(main.map((one) => one.memoryBytes));
  const cpuLimitCores = sumIfAll(main.map((one) => one.cpuLimitCores));
  const memoryLimitBytes = sumIfAll(main.map((one) => one.memoryLimitBytes));
  return {
    uid: `uid-${sketch.namespace}-${sketch.name}`,
    namespace: sketch.namespace,
    name: sketch.name,
    phase: sketch.phase ?? 'Running',
    reason: sketch.podReason ?? null,
    message: sketch.message ?? null,
    ready: main.length > 0 && main.every((one) => one.ready),
    node: sketch.node === undefined ? `worker-${(sketch.name.length % 3) + 1}` : sketch.node,
    owner: sketch.owner === null ? null : { kind: sketch.owner[0], name: sketch.owner[1] },
    createdAtMs: nowMs - sketch.ageMs,
    startedAtMs: sketch.node === null ? null : nowMs - sketch.ageMs + 2000,
    deletingSinceMs: null,
    restartCount: containers.reduce((all, one) => all + one.restartCount, 0),
    containers,
    cpuCores,
    memoryBytes,
    cpuLimitCores,
    memoryLimitBytes,
    status: sketch.status ?? 'Running',
    cpuRatio: cpuCores !== null && cpuLimitCores !== null ? cpuCores / cpuLimitCores : null,
    memoryRatio: memoryBytes !== null && memoryLimitBytes !== null ? memoryBytes / memoryLimitBytes : null,
    level: sketch.level ?? 'ok',
    reasons: sketch.reasons ?? [],
  };
}

function toContainer(one: Partial<PodContainer>, sketch: PodSketch, metrics: boolean, nowMs: number, random: () => number): PodContainer {
  const name = one.name ?? 'main';
  const load = ((name.length * 37) % 60) / 100;
  const container: PodContainer = {
    name,
    image: `registry.example.com/${sketch.namespace}/${name}:2.14.0`,
    init: false,
    ready: true,
    state: 'running',
    reason: null,
    message: null,
    exitCode: null,
    startedAtMs: nowMs - sketch.ageMs + 3000,
    finishedAtMs: null,
    restartCount: 0,
    lastRun: null,
    cpuCores: 0.5 * load + random() * 0.02,
    memoryBytes: 512 * MB * load + random() * 4 * MB,
    cpuLimitCores: 0.5,
    memoryLimitBytes: 512 * MB,
    ...one,
  };
  return metrics ? container : { ...container, cpuCores: null, memoryBytes: null };
}

/** What the cluster noted about a pod, newest first. */
export function samplePodEvents(name: string, nowMs: number): PodEvents {
  if (name.startsWith('web')) return { events: [], unreadable: null };
  const event = (agoMs: number, type: string, reason: string, message: string, count = 1) => ({
    atMs: nowMs - agoMs,
    type,
    reason,
    message,
    count,
    object: `Pod ${name}`,
  });
  return {
    events: [
      event(12_000, 'Warning', 'BackOff', `Back-off restarting failed container in pod ${name}`, 41),
      event(132_000, 'Warning', 'Unhealthy', 'Readiness probe failed: dial tcp 10.42.0.17:8080: connect: connection refused', 7),
      event(47 * minuteMs, 'Normal', 'Pulled', 'Container image already present on machine'),
      event(47 * minuteMs + 900, 'Normal', 'Scheduled', `Successfully assigned shop/${name} to worker-2`),
    ],
    unreadable: null,
  };
}
