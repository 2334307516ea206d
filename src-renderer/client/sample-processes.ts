import type { Level } from '../../src-shared/level';
import type { Process, ProcessesSnapshot, RiskAxis, RiskLevel } from '../../src-shared/snapshots';
import { type ProcessSketch, quietSketches, riskySketches } from './sample-process-sketches';

const MB = 1024 ** 2;

/** Users' programs that fill a machine: name, entry of the role base, what it is for. */
const ordinary = [
  ['chrome', 'chrome', 'browser'],
  ['code', 'vscode', 'developer'],
  ['bash', 'bash', 'session'],
  ['zsh', 'zsh', 'session'],
  ['containerd-shim', 'containerd-shim', 'container'],
  ['postgres', 'postgresql', 'database'],
  ['gopls', 'gopls', 'developer'],
  ['rust-analyzer', 'rust-analyzer', 'developer'],
  ['tmux', 'tmux', 'session'],
  ['pipewire', 'pipewire', 'audio'],
  ['gnome-shell', 'gnome-shell', 'desktop'],
  ['dbus-daemon', 'dbus-daemon', 'init'],
] as const;

const kernelThreadCount = 24;

/** `count` processes, the risky ones first when `trouble`. */
export function sampleProcesses(count: number, trouble: boolean, nowMs: number, random: () => number): ProcessesSnapshot {
  const sketches = [...(trouble ? riskySketches : []), ...quietSketches];
  const kernelCount = Math.min(kernelThreadCount, Math.max(0, count - sketches.length - 30));
  const rest = Array.from({ length: Math.max(0, count - sketches.length - kernelCount) }, (_, index) => userSketch(index, random));
  const kernel = Array.from({ length: kernelCount }, (_, index) => kernelSketch(index));
  return {
    processes: [...sketches, ...kernel, ...rest].map((sketch) => toProcess(sketch, nowMs, random)),
    coreCount: 8,
    memoryTotalBytes: 32 * 1024 * MB,
    hiddenCount: trouble ? 12 : 0,
    unownedSockets: [],
    evidencePendingCount: trouble ? 3 : 0,
    preloadedLibraries: [],
    level: trouble ? 'critical' : 'ok',
  };
}

function userSketch(index: number, random: () => number): ProcessSketch {
  const [name, entry, category] = ordinary[index % ordinary.length] ?? ordinary[0];
  return {
    name,
    pid: 50_000 + index,
    ppid: name === 'chrome' && index >= ordinary.length ? 50_000 : 2400,
    user: index % 4 === 0 ? 'root' : 'dev',
    exe: `/usr/bin/${name}`,
    cpuCores: random() * 0.05,
    rssBytes: (8 + (index % 90)) * MB,
    role: { layer: 'base', entry, category, claimed: false, values: {} },
  };
}

function kernelSketch(index: number): ProcessSketch {
  return {
    name: index === 0 ? 'kthreadd' : `kworker/${index % 8}:${index % 3}-events`,
    pid: index === 0 ? 2 : 20 + index,
    ppid: index === 0 ? 0 : 2,
    user: 'root',
    exe: null,
    cpuCores: 0,
    rssBytes: 0,
    killClass: 'K0',
    kernelThread: true,
    role: { layer: 'base', entry: 'kworker', category: 'kernel', claimed: false, values: {} },
  };
}

const levelOf: Readonly<Record<RiskLevel, Level>> = { ordinary: 'ok', notice: 'ok', suspicious: 'warning', high: 'critical' };

function toProcess(sketch: ProcessSketch, nowMs: number, random: () => number): Process {
  const { exe, reasons = [], riskLevel = 'ordinary' } = sketch;
  const sum = (axis: RiskAxis) =>
    Math.min(
      100,
      reasons.reduce((points, reason) => points + (reason.axis === axis ? reason.points : 0), 0),
    );
  const axes = { threat: sum('threat'), exposure: sum('exposure'), health: sum('health') };
  const score = Math.round(Math.max(axes.threat, 0.8 * axes.exposure, 0.6 * axes.health));
  return {
    id: `p${sketch.pid}`,
    pid: sketch.pid,
    ppid: sketch.ppid ?? 1,
    startTicks: sketch.pid * 11,
    startedAtMs: nowMs - (sketch.ageMinutes ?? sketch.pid / 30) * 60_000,
    name: sketch.name,
    command: sketch.command ?? (exe === null ? '' : `${exe} --serve --workers 4`),
    exe,
    exeDeleted: reasons.some((reason) => reason.rule === 'risk-exe-deleted'),
    user: sketch.user,
    uid: sketch.user === 'root' ? 0 : 1000,
    cpuCores: Math.max(0, sketch.cpuCores * (1 + (random() - 0.5) * 0.2)),
    rssBytes: sketch.rssBytes * (1 + (random() - 0.5) * 0.01),
    pssBytes: null,
    threadCount: sketch.kernelThread ? 1 : 8,
    state: sketch.state ?? 'S',
    kernelThread: sketch.kernelThread ?? false,
    listening: sketch.listening ?? [],
    container: sketch.container ?? null,
    pod: null,
    unit: sketch.unit ?? null,
    sessionId: null,
    terminal: sketch.terminal ?? null,
    heldStateSinceMs: null,
    busySinceMs: null,
    memoryTrend: null,
    risk: {
      score,
      level: levelOf[riskLevel],
      riskLevel,
      axes,
      evidenceRatio: sketch.evidenceRatio ?? 1,
      reasons,
      expectedRules: sketch.expectedRules ?? [],
    },
    role: sketch.role,
    killClass: sketch.killClass ?? 'K3',
    project: sketch.project ?? null,
  };
}
