import type { Reason } from '../../src-shared/judgement';
import type { Level } from '../../src-shared/level';
import type { Container, ContainersSnapshot, EngineState } from '../../src-shared/snapshots';
import { otherEngines, otherStates } from './sample-container-states';

const MB = 1024 ** 2;
const GB = 1024 ** 3;

interface Sketch {
  readonly name: string;
  readonly project: string;
  readonly cpu: number;
  readonly memoryBytes: number;
  readonly limitBytes?: number;
  readonly port?: number;
}

const sketches: readonly Sketch[] = [
  { name: 'api', project: 'shop', cpu: 0.78, memoryBytes: 412 * MB, limitBytes: GB, port: 8080 },
  { name: 'worker-2', project: 'shop', cpu: 0.52, memoryBytes: 1.26 * GB, limitBytes: 2 * GB },
  { name: 'search', project: 'shop', cpu: 0.24, memoryBytes: 1.86 * GB, limitBytes: 3 * GB, port: 9200 },
  { name: 'web', project: 'shop', cpu: 0.12, memoryBytes: 188 * MB, limitBytes: 768 * MB, port: 3000 },
  { name: 'redis', project: 'shop', cpu: 0.03, memoryBytes: 46 * MB, limitBytes: 512 * MB, port: 6379 },
  { name: 'keycloak', project: 'auth', cpu: 0.08, memoryBytes: 850 * MB, limitBytes: GB, port: 8081 },
  { name: 'grafana', project: 'obs', cpu: 0.02, memoryBytes: 118 * MB, limitBytes: 768 * MB, port: 3001 },
  { name: 'prometheus', project: 'obs', cpu: 0.06, memoryBytes: 341 * MB, limitBytes: 2 * GB, port: 9090 },
  { name: 'minio', project: 'dev', cpu: 0.04, memoryBytes: 92 * MB, limitBytes: 768 * MB, port: 9000 },
  { name: 'nats', project: 'obs', cpu: 0.01, memoryBytes: 31 * MB, limitBytes: 512 * MB, port: 4222 },
  { name: 'mailhog', project: 'dev', cpu: 0.01, memoryBytes: 22 * MB, limitBytes: 256 * MB, port: 8025 },
  { name: 'traefik', project: 'edge', cpu: 0.02, memoryBytes: 48 * MB, limitBytes: 256 * MB, port: 80 },
  { name: 'pgbouncer', project: 'shop', cpu: 0.01, memoryBytes: 12 * MB, limitBytes: 128 * MB, port: 6432 },
];

const engine: EngineState = {
  id: 'unix:///var/run/docker.sock',
  endpoint: 'unix:///var/run/docker.sock',
  origin: 'default socket',
  state: 'ok',
  detail: null,
  hint: null,
  identity: { name: 'docker', version: '27.3.1', apiVersion: '1.47', endpoint: 'unix:///var/run/docker.sock', origin: 'default socket' },
  coreCount: 8,
  diskUse: {
    atMs: 0,
    images: { count: 34, totalBytes: 11.2 * GB, reclaimableBytes: 4.1 * GB },
    containers: { count: 16, totalBytes: 0.4 * GB, reclaimableBytes: 0.1 * GB },
    volumes: { count: 12, totalBytes: 6.3 * GB, reclaimableBytes: 1.9 * GB },
    buildCache: { count: 208, totalBytes: 7.8 * GB, reclaimableBytes: 7.8 * GB },
    rootDirectory: '/var/lib/docker',
    rootAvailableBytes: 66.6 * GB,
    rootTotalBytes: 476 * GB,
  },
};

interface ContainerSampleOptions {
  readonly count: number;
  /** One died out of memory, some are near a limit. */
  readonly trouble: boolean;
  /** Several engines and every other state a container can be in, besides `count`. */
  readonly everyState: boolean;
  readonly nowMs: number;
  readonly random: () => number;
}

/** `count` containers; figures sway with `random`. */
export function sampleContainers({ count, trouble, everyState, nowMs, random }: ContainerSampleOptions): ContainersSnapshot {
  const usual = Array.from({ length: trouble ? count - 1 : count }, (_, index) => running(index, trouble, nowMs, random));
  const containers = trouble ? [dead(nowMs), ...usual] : usual;
  return {
    engines: everyState ? [engine, ...otherEngines] : [engine],
    containers: everyState ? otherStates(containers, nowMs) : containers,
    level: trouble ? 'critical' : 'ok',
  };
}

function running(index: number, trouble: boolean, nowMs: number, random: () => number): Container {
  const base = sketches[index % sketches.length] ?? { name: 'job', project: 'batch', cpu: 0.02, memoryBytes: 30 * MB };
  const round = Math.floor(index / sketches.length);
  const sketch = { ...base, name: round === 0 ? base.name : `${base.name}-${round + 1}` };
  const sway = 1 + (random() - 0.5) * 0.2;
  const calmCpu = trouble && round === 0 ? sketch.cpu : Math.min(sketch.cpu, 0.4) / (round + 1);
  const cpu = Math.min(0.99, calmCpu * sway + random() * 0.004);
  const limit = sketch.limitBytes ?? 4 * GB;
  const used = (trouble ? sketch.memoryBytes : sketch.memoryBytes * 0.7) * (1 + (random() - 0.5) * 0.01);
  const cpuLevel: Level = cpu >= 0.7 ? 'warning' : 'ok';
  const memoryLevel: Level = used / limit >= 0.8 ? 'warning' : 'ok';
  const reasons: Reason[] = [];
  const percent = (ratio: number) => `${Math.round(ratio * 100)} %`;
  if (cpuLevel !== 'ok')
    reasons.push({
      rule: 'container-cpu-high',
      text: `CPU at ${percent(cpu)} of 2 cores`,
      values: { percent: percent(cpu), cores: 2, count: 2 },
    });
  if (memoryLevel !== 'ok')
    reasons.push({
      rule: 'container-memory-high',
      text: `Memory at ${percent(used / limit)} of 1 GB`,
      values: { percent: percent(used / limit), limit: '1 GB' },
    });
  return {
    ...common(sketch.name, sketch.project, nowMs),
    state: 'running',
    health: index % 3 === 0 ? 'healthy' : 'none',
    startedAtMs: nowMs - (3 + index) * 3_600_000,
    finishedAtMs: null,
    exitCode: null,
    oomKilled: false,
    restartCount: index % 5 === 4 ? 1 : 0,
    stopRequested: null,
    ports: sketch.port ? [{ containerPort: sketch.port, protocol: 'tcp', hostPort: sketch.port + round, hostAddress: '0.0.0.0' }] : [],
    pid: 4000 + index,
    cpuCores: cpu * 2,
    cpuAvailableCores: 2,
    memoryUsedBytes: used,
    memoryLimitBytes: limit,
    memoryLimited: true,
    networkReceivedBytes: 48 * MB,
    networkSentBytes: 12 * MB,
    blockReadBytes: 210 * MB,
    blockWrittenBytes: 80 * MB,
    processCount: 12,
    cpuBusyRatio: cpu,
    cpuHostRatio: (cpu * 2) / 8,
    memoryUsedRatio: used / limit,
    cpuLevel,
    memoryLevel,
    level: cpuLevel === 'warning' || memoryLevel === 'warning' ? 'warning' : 'ok',
    reasons,
  };
}

function dead(nowMs: number): Container {
  return {
    ...common('postgres', 'shop', nowMs),
    state: 'exited',
    health: 'none',
    startedAtMs: nowMs - 7_200_000,
    finishedAtMs: nowMs - 12_000,
    exitCode: 137,
    oomKilled: true,
    restartCount: 2,
    stopRequested: false,
    ports: [{ containerPort: 5432, protocol: 'tcp', hostPort: 5432, hostAddress: '127.0.0.1' }],
    pid: null,
    cpuCores: null,
    cpuAvailableCores: 2,
    memoryUsedBytes: null,
    memoryLimitBytes: 512 * MB,
    memoryLimited: true,
    networkReceivedBytes: null,
    networkSentBytes: null,
    blockReadBytes: null,
    blockWrittenBytes: null,
    processCount: null,
    cpuBusyRatio: null,
    cpuHostRatio: null,
    memoryUsedRatio: null,
    cpuLevel: 'unknown',
    memoryLevel: 'unknown',
    level: 'critical',
    reasons: [{ rule: 'container-oom-killed', text: 'Killed: out of memory (code 137)', values: { exitCode: 137 } }],
  };
}

function common(name: string, project: string, nowMs: number) {
  return {
    id: `${name}-8f21c7d9e0b34a5566aa77bb88cc99dd`,
    name: `${project}-${name}-1`,
    image: `registry.example.com/${project}/${name}:2.14.0`,
    command: `/usr/local/bin/${name} --config /etc/${name}/config.yaml`,
    createdAtMs: nowMs - 5 * 86_400_000,
    composeProject: project,
    composeService: name,
    engineId: engine.id,
    recentCrashes: [],
    lastProbe: null,
    newerThings: [],
    pod: null,
    memoryGrowthBytesPerSecond: null,
    memoryFullInSeconds: null,
    tty: false,
  };
}
