import type { Alert } from '../../src-shared/alerts';
import type { MetricPoint } from '../../src-shared/metrics';
import type { Outcome } from '../../src-shared/reading';
import type { AnyReading, HostSnapshot, LogError, LogsSnapshot, SourceId } from '../../src-shared/snapshots';
import { sampleContainers } from './sample-containers';
import { sampleLogSources } from './sample-log-sources';
import { samplePods } from './sample-pods';
import { sampleProcesses } from './sample-processes';
import { createRandom } from './sample-random';
import { sampleServices } from './sample-services';

/** Invented data for the look page, the benchmark and tests; never part of the shipped window. */
export interface SampleOptions {
  readonly containerCount: number;
  readonly processCount: number;
  /** 14 unless told. */
  readonly podCount?: number;
  /** Without metrics-server pods have no CPU and memory. */
  readonly podMetrics?: boolean;
  readonly podWatchBroken?: boolean;
  /** Something is wrong in every panel; otherwise a healthy machine. */
  readonly trouble: boolean;
  readonly seed: number;
  /** Several engines and containers in every other state. */
  readonly everyState?: boolean;
}

const GB = 1024 ** 3;
const MB = 1024 ** 2;

export function createSampler({
  containerCount,
  processCount,
  podCount = 14,
  podMetrics = true,
  podWatchBroken = false,
  trouble,
  everyState = false,
  seed,
}: SampleOptions) {
  const random = createRandom(seed);
  let startedAtMs = 0;
  return {
    readings(nowMs: number): readonly AnyReading[] {
      startedAtMs ||= nowMs;
      const read = <Id extends SourceId, T>(source: Id, data: T) =>
        ({ source, reading: { startedAtMs: nowMs - 400, tookMs: 12, lastOkAtMs: nowMs - 400, ...asOk(data) } }) as unknown as AnyReading;
      return [
        read('host', sampleHost(trouble, nowMs, random)),
        read('containers', sampleContainers({ count: containerCount, trouble, everyState, nowMs, random })),
        read('pods', samplePods({ count: podCount, trouble, metrics: podMetrics, resuming: podWatchBroken }, nowMs, random)),
        read('services', sampleServices(trouble, nowMs)),
        read('processes', sampleProcesses(processCount, trouble, nowMs, random)),
        read('logs', sampleLogs(trouble, startedAtMs)),
      ];
    },
    alerts: (nowMs: number): readonly Alert[] => (trouble ? sampleAlerts(nowMs) : []),
    history(metric: string, fromMs: number, toMs: number): readonly MetricPoint[] {
      const [level, sway] = historyShape[metric] ?? [0.3, 0.1];
      let walk = 0;
      return Array.from({ length: Math.floor((toMs - fromMs) / 5000) }, (_, index) => {
        walk = walk * 0.9 + (random() - 0.5) * sway;
        return { atMs: fromMs + index * 5000, value: Math.max(0, level + walk + (random() > 0.96 ? sway : 0)) };
      });
    },
  };
}

const historyShape: Readonly<Record<string, readonly [number, number]>> = {
  'host.cpu.busy': [0.3, 0.2],
  'host.memory.used': [0.6, 0.02],
  'host.disk.used': [0.86, 0.001],
  'host.network.received': [4 * MB, 3 * MB],
  'host.network.sent': [0.6 * MB, 0.5 * MB],
};

function asOk<T>(data: T): Outcome<T> {
  return { kind: 'ok', data };
}

function sampleHost(trouble: boolean, nowMs: number, random: () => number): HostSnapshot {
  const busy = 0.34 + (random() - 0.5) * 0.06;
  const total = 32 * GB;
  const available = 12.6 * GB + (random() - 0.5) * 0.1 * GB;
  const diskRatio = trouble ? 0.86 : 0.61;
  return {
    node: 'dev-1',
    platform: 'linux',
    osName: 'Debian GNU/Linux 12',
    kernel: '6.1.0-26-amd64',
    bootedAtMs: nowMs - 187_200_000,
    uptimeSeconds: 187_200,
    cpu: {
      modelName: 'AMD Ryzen 7 7840U',
      coreCount: 8,
      busyRatio: busy,
      coreBusyRatios: Array.from({ length: 8 }, (_, core) =>
        Math.min(1, Math.max(0.02, busy + Math.sin(core * 2.4) * 0.24 + (random() - 0.5) * 0.1)),
      ),
      iowaitRatio: 0.01,
      stealRatio: 0,
    },
    load: { one: 2.41, five: 1.98, fifteen: 1.72 },
    memory: { totalBytes: total, availableBytes: available, usedBytes: total - available, freeBytes: 3 * GB, cachedBytes: 9 * GB },
    swap: { totalBytes: 8 * GB, usedBytes: 0 },
    pressure: { cpu: { someRatio: 0.02, fullRatio: null }, memory: { someRatio: 0, fullRatio: 0 }, io: { someRatio: 0.01, fullRatio: 0 } },
    mounts: [
      mount('/', diskRatio, 476 * GB, trouble ? 'warning' : 'ok'),
      mount('/home', 0.42, 931 * GB, 'ok'),
      mount('/boot/efi', 0.06, 0.5 * GB, 'ok'),
    ],
    disks: [{ name: 'nvme0n1', readBytesPerSecond: 1.2 * MB, writeBytesPerSecond: 3.4 * MB, busyRatio: 0.04 }],
    networks: [
      { name: 'eth0', receivedBytesPerSecond: 4.2 * MB + random() * MB, sentBytesPerSecond: 0.6 * MB + random() * 0.1 * MB },
      { name: 'docker0', receivedBytesPerSecond: 0.2 * MB, sentBytesPerSecond: 0.1 * MB },
    ],
    temperatures: [{ label: 'Tctl', celsius: 58 }],
    battery: null,
    cpuLevel: 'ok',
    memoryLevel: 'ok',
    level: trouble ? 'warning' : 'ok',
  };
}

function mount(path: string, usedRatio: number, totalBytes: number, level: 'ok' | 'warning') {
  return {
    path,
    device: '/dev/nvme0n1p2',
    fileSystem: 'ext4',
    readOnly: false,
    totalBytes,
    usedBytes: totalBytes * usedRatio,
    availableBytes: totalBytes * (1 - usedRatio),
    usedRatio,
    level,
  };
}

const errorLines: readonly (readonly [secondsAgo: number, source: string, text: string, keyword: string])[] = [
  [3, 'api', 'ERROR pool: connection refused to postgres:5432', 'ERROR'],
  [4, 'api', 'ERROR pool: connection refused to postgres:5432', 'ERROR'],
  [6, 'worker-2', 'job 9912 failed: upstream closed (attempt 3/5)', 'failed'],
  [9, 'api', 'ERROR pool: connection refused to postgres:5432', 'ERROR'],
  [12, 'postgres', 'LOG: server process (PID 91) was terminated by signal 9: Killed; error state kept for the next start', 'error'],
  [131, 'backup.service', 'pg_dump: error: connection to server at "localhost" (127.0.0.1), port 5432 failed', 'error'],
  [372, 'web', 'Unhandled exception in /cart: TypeError: Cannot read properties of undefined (reading "total")', 'exception'],
  [401, 'keycloak', 'WARN  slow query 1,284 ms realm=shop; previous error kept', 'error'],
  [655, 'traefik', 'level=error msg="service "auth@docker" error: unable to find the IP address" providerName=docker', 'error'],
  [702, 'search', 'failed to obtain node locks, tried [[/usr/share/search/data]]', 'failed'],
];

function sampleLogs(trouble: boolean, nowMs: number): LogsSnapshot {
  const newestErrors: LogError[] = trouble
    ? errorLines.map(([secondsAgo, source, text, keyword], index) => ({
        id: 1000 - index,
        atMs: nowMs - secondsAgo * 1000,
        source,
        sourceKind: source.endsWith('.service') ? 'journal' : 'container',
        sourceId: source,
        text,
        keyword,
        cutBytes: 0,
        recordId: 41_650 - index * 9,
        pattern: `p${errorLines.findIndex((line) => line[2] === text)}`,
        repeatCount: index % 3 === 0 ? 17 - index : 1,
        isNew: index < 2,
        level: 'error',
        maskedCount: 0,
      }))
    : [];
  return {
    keywords: ['error', 'fail', 'exception'],
    newestErrors,
    keptCount: trouble ? 1000 : 0,
    droppedCount: 0,
    sources: sampleLogSources(nowMs, trouble),
    alarms: [],
    waitingLineCount: 0,
    maskedCount: trouble ? 3 : 0,
    level: trouble ? 'warning' : 'ok',
  };
}

function sampleAlerts(nowMs: number): readonly Alert[] {
  const common = { clearedAtMs: null, dismissed: false, foundAtStart: false, countToday: 1 };
  return [
    {
      ...common,
      id: 'a1',
      key: 'containers/postgres/exited',
      source: 'containers',
      subject: 'postgres',
      level: 'critical',
      reason: { rule: 'container-oom-killed', text: 'Killed: out of memory (code 137)', values: { exitCode: 137 } },
      place: { section: 'containers', item: 'postgres-8f21c7d9e0b34a5566aa77bb88cc99dd' },
      raisedAtMs: nowMs - 12_000,
      countToday: 3,
    },
    {
      ...common,
      id: 'a2',
      key: 'services/backup/failed',
      source: 'services',
      subject: 'backup.service',
      level: 'critical',
      reason: { rule: 'service-failed-exit-code', text: 'Failed with exit code 1', values: { exitStatus: 1 } },
      place: { section: 'services', item: 'system/backup.service' },
      raisedAtMs: nowMs - 183_000,
    },
    {
      ...common,
      id: 'a3',
      key: 'processes/31337/risk',
      source: 'processes',
      subject: 'kworker/u8:9',
      level: 'critical',
      reason: { rule: 'risk-exe-temporary', text: 'Runs from /dev/shm, where anyone may write', values: { directory: '/dev/shm' } },
      place: { section: 'processes', item: 'p31337' },
      raisedAtMs: nowMs - 600_000,
    },
    {
      ...common,
      id: 'a4',
      key: 'host/disk//',
      source: 'host',
      subject: '/',
      level: 'warning',
      reason: { rule: 'disk-full', text: '/ is 86 % full, 66.6 GB left', values: { path: '/', percent: '86 %', available: '66.6 GB' } },
      place: { section: 'overview', item: '/' },
      raisedAtMs: nowMs - 7_200_000,
    },
    {
      ...common,
      id: 'a5',
      key: 'containers/web/exited',
      source: 'containers',
      subject: 'web',
      level: 'critical',
      reason: { rule: 'container-exited', text: 'Exited with code 1', values: { exitCode: 1 } },
      place: { section: 'containers' },
      raisedAtMs: nowMs - 9_000_000,
      clearedAtMs: nowMs - 8_900_000,
    },
  ];
}
