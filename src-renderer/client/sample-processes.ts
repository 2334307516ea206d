import type { Reason } from '../../src-shared/judgement';
import type { Process, ProcessesSnapshot, Risk } from '../../src-shared/snapshots';

const MB = 1024 ** 2;

interface Sketch {
  readonly name: string;
  readonly pid: number;
  readonly user: string;
  readonly exe: string;
  readonly cpuCores: number;
  readonly rssBytes: number;
  readonly listening?: Process['listening'];
  readonly score: number;
  readonly level?: Risk['level'];
  readonly reasons: readonly Reason[];
}

const tcp = (address: string, port: number) => ({ protocol: 'tcp' as const, address, port });
const everywhere = (sockets: string): Reason => ({
  rule: 'risk-listens-everywhere',
  text: `Reachable from other machines: ${sockets}`,
  values: { sockets },
});
const root: Reason = { rule: 'risk-root', text: 'Runs with full rights (root)', values: { user: 'root' } };

const risky: readonly Sketch[] = [
  {
    name: 'kworker/u8:9',
    pid: 31337,
    user: 'root',
    exe: '/dev/shm/.x/kworker',
    cpuCores: 1.92,
    rssBytes: 214 * MB,
    listening: [tcp('0.0.0.0', 4444)],
    score: 82,
    level: 'critical',
    reasons: [
      { rule: 'risk-exe-temporary', text: 'Runs from /dev/shm, where anyone may write', values: { directory: '/dev/shm' } },
      { rule: 'risk-root-listens-everywhere', text: 'With full rights and reachable from other machines', values: {} },
      { rule: 'risk-exe-deleted', text: 'Its program file was deleted', values: {} },
    ],
  },
  {
    name: 'updater',
    pid: 8812,
    user: 'dev',
    exe: '/var/tmp/updater-a81f/updater',
    cpuCores: 0.04,
    rssBytes: 61 * MB,
    score: 46,
    level: 'warning',
    reasons: [
      { rule: 'risk-exe-deleted', text: 'Its program file was deleted', values: {} },
      { rule: 'risk-exe-temporary', text: 'Runs from /var/tmp, where anyone may write', values: { directory: '/var/tmp' } },
    ],
  },
  {
    name: 'redis-server',
    pid: 2210,
    user: 'redis',
    exe: '/usr/bin/redis-server',
    cpuCores: 0.02,
    rssBytes: 46 * MB,
    listening: [tcp('0.0.0.0', 6379), tcp('::', 6379)],
    score: 38,
    level: 'warning',
    reasons: [everywhere('0.0.0.0:6379')],
  },
  {
    name: 'java',
    pid: 5120,
    user: 'dev',
    exe: '/usr/lib/jvm/java-21/bin/java',
    cpuCores: 0.66,
    rssBytes: 7900 * MB,
    listening: [tcp('::', 8080)],
    score: 24,
    reasons: [{ rule: 'risk-memory-share', text: 'Holds 24 % of memory', values: { percent: '24 %' } }, everywhere('[::]:8080')],
  },
  {
    name: 'sshd',
    pid: 912,
    user: 'root',
    exe: '/usr/sbin/sshd',
    cpuCores: 0,
    rssBytes: 9 * MB,
    listening: [tcp('0.0.0.0', 22)],
    score: 18,
    reasons: [root, everywhere('0.0.0.0:22')],
  },
  {
    name: 'node',
    pid: 40118,
    user: 'dev',
    exe: '/usr/bin/node',
    cpuCores: 0.11,
    rssBytes: 312 * MB,
    listening: [tcp('127.0.0.1', 3000)],
    score: 12,
    reasons: [],
  },
  { name: 'dockerd', pid: 1204, user: 'root', exe: '/usr/bin/dockerd', cpuCores: 0.08, rssBytes: 98 * MB, score: 8, reasons: [root] },
  {
    name: 'systemd-journald',
    pid: 388,
    user: 'root',
    exe: '/usr/lib/systemd/systemd-journald',
    cpuCores: 0.01,
    rssBytes: 42 * MB,
    score: 8,
    reasons: [root],
  },
];

const ordinary = [
  'chrome',
  'code',
  'bash',
  'zsh',
  'containerd-shim',
  'postgres',
  'gopls',
  'rust-analyzer',
  'tmux',
  'pipewire',
  'gnome-shell',
  'dbus-daemon',
];

/** `count` processes, the risky ones first when `trouble`. */
export function sampleProcesses(count: number, trouble: boolean, nowMs: number, random: () => number): ProcessesSnapshot {
  const sketches = trouble ? risky : risky.slice(4);
  const rest = Array.from({ length: Math.max(0, count - sketches.length) }, (_, index): Sketch => {
    const name = ordinary[index % ordinary.length] ?? 'bash';
    return {
      name,
      pid: 50_000 + index,
      user: index % 4 === 0 ? 'root' : 'dev',
      exe: `/usr/bin/${name}`,
      cpuCores: random() * 0.05,
      rssBytes: (8 + (index % 90)) * MB,
      score: index % 4 === 0 ? 8 : 0,
      reasons: index % 4 === 0 ? [root] : [],
    };
  });
  return {
    processes: [...sketches, ...rest].map((sketch) => toProcess(sketch, nowMs, random)),
    coreCount: 8,
    memoryTotalBytes: 32 * 1024 * MB,
    hiddenCount: 0,
    unownedSockets: [],
    evidencePendingCount: 0,
    preloadedLibraries: [],
    level: trouble ? 'critical' : 'ok',
  };
}

function toProcess(sketch: Sketch, nowMs: number, random: () => number): Process {
  return {
    id: `p${sketch.pid}`,
    pid: sketch.pid,
    ppid: 1,
    startTicks: sketch.pid * 11,
    startedAtMs: nowMs - sketch.pid * 1000,
    name: sketch.name,
    command: `${sketch.exe} --serve --workers 4`,
    exe: sketch.exe,
    exeDeleted: sketch.reasons.some((reason) => reason.rule === 'risk-exe-deleted'),
    user: sketch.user,
    uid: sketch.user === 'root' ? 0 : 1000,
    cpuCores: Math.max(0, sketch.cpuCores * (1 + (random() - 0.5) * 0.2)),
    rssBytes: sketch.rssBytes * (1 + (random() - 0.5) * 0.01),
    pssBytes: null,
    threadCount: 8,
    state: 'S',
    kernelThread: false,
    listening: sketch.listening ?? [],
    container: null,
    pod: null,
    unit: null,
    sessionId: null,
    terminal: null,
    heldStateSinceMs: null,
    busySinceMs: null,
    memoryTrend: null,
    risk: {
      score: sketch.score,
      level: sketch.level ?? 'ok',
      riskLevel: 'ordinary',
      axes: { threat: sketch.score, exposure: 0, health: 0 },
      evidenceRatio: 1,
      reasons: sketch.reasons.map((one) => ({ ...one, axis: 'threat', points: 10 })),
      expectedRules: [],
    },
    role: { layer: 'unknown', entry: null, category: null, claimed: false, values: {} },
    killClass: 'K3',
    project: null,
  };
}
