import type { BetterAction, ComesBack, ProcessExplanation, ProcessPointer, StopAudit, StopPreview } from '../../src-shared/contract';
import { translateOr } from '../../src-shared/messages/translate';
import type { Process, ProcessEvidence } from '../../src-shared/snapshots';

/** Invented answers about one process of a list, as the core would give them. */
export function sampleProcessExplanation(process: Process, all: readonly Process[]): ProcessExplanation {
  const { comesBack, betterAction } = sampleConsequence(process);
  return {
    process,
    evidence: sampleEvidence(process),
    roles: [
      process.role,
      ...(process.unit === null
        ? []
        : [
            {
              layer: 'unit' as const,
              entry: null,
              category: null,
              claimed: false,
              values: { unit: process.unit, description: 'Advanced key-value store' },
            },
          ]),
      {
        layer: 'package',
        entry: null,
        category: null,
        claimed: false,
        values: { package: process.name, summary: 'Persistent key-value database with network interface' },
      },
    ],
    killReason: sampleKillReason(process),
    comesBack,
    betterAction,
    ancestors: ancestorsOf(process, all).map(pointer),
    children: all.filter((one) => one.ppid === process.pid).map(pointer),
    sha256: '9c1185a5c5e9fc54612808977ee8f548b2258d31f8b2c1d0c4a1be5ba1e2c4d7',
    policy: null,
    clientCount: process.listening.length === 0 ? 0 : 2,
  };
}

export function sampleStopPreview(process: Process, all: readonly Process[], nowMs: number): StopPreview {
  const { comesBack, betterAction } = sampleConsequence(process);
  const below = descendantsOf(process, all, 1);
  return {
    ticket: `ticket-${process.pid}`,
    expiresAtMs: nowMs + 60_000,
    name: process.name,
    pid: process.pid,
    user: process.user,
    exe: process.exe,
    command: process.command,
    listening: process.listening,
    descendants: below,
    container: process.container,
    unit: process.unit,
    killClass: process.killClass,
    killReason: sampleKillReason(process),
    refusal:
      process.killClass === 'K0'
        ? { key: process.pid === 1 ? 'init' : 'never', text: 'The system goes down with it.' }
        : process.killClass === 'K1'
          ? { key: 'session', text: 'It would log you out.' }
          : null,
    nameMustBeTyped: false,
    comesBack,
    betterAction,
    clients: process.listening.length === 0 ? [] : [{ address: '10.0.0.23', count: 2 }],
    clientCount: process.listening.length === 0 ? 0 : 2,
    saveEvidenceFirst: process.risk.riskLevel === 'high',
    paused: process.state === 'T',
  };
}

function sampleConsequence(process: Process): { readonly comesBack: ComesBack | null; readonly betterAction: BetterAction | null } {
  const { unit, container } = process;
  if (unit !== null && process.killClass === 'K2') {
    const values = { unit, policy: 'always' };
    return {
      comesBack: { by: 'unit', name: unit, reason: english('reason.comes-back-unit', 'comes-back-unit', values) },
      betterAction: { kind: 'stop-unit', unit, scope: 'system' },
    };
  }
  if (container !== null) {
    const values = { container: 'web', policy: 'unless-stopped' };
    return {
      comesBack: { by: 'container', name: 'web', reason: english('reason.comes-back-container', 'comes-back-container', values) },
      betterAction: { kind: 'stop-container', id: container, name: 'web' },
    };
  }
  return { comesBack: null, betterAction: null };
}

function sampleKillReason(process: Process) {
  const rule =
    process.risk.riskLevel === 'high'
      ? 'threat-high'
      : { K0: 'system-core', K1: 'remote-access', K2: 'unit', K3: 'ordinary', K4: 'leftover' }[process.killClass];
  return english(`kill.because.${rule}`, rule, { name: process.name, unit: process.unit ?? '', hours: 9 });
}

function english(key: string, rule: string, values: Readonly<Record<string, string | number>>) {
  return { rule, values, text: translateOr('en', key, rule, values) };
}

function pointer({ id, pid, name, user }: Process): ProcessPointer {
  return { id, pid, name, user };
}

function ancestorsOf(process: Process, all: readonly Process[]): readonly Process[] {
  const parent = all.find((one) => one.pid === process.ppid);
  return parent === undefined ? [] : [...ancestorsOf(parent, all), parent];
}

function descendantsOf(process: Process, all: readonly Process[], depth: number): StopPreview['descendants'] {
  return all
    .filter((one) => one.ppid === process.pid)
    .flatMap((one) => [{ ...pointer(one), depth, killClass: one.killClass }, ...descendantsOf(one, all, depth + 1)]);
}

function sampleEvidence(process: Process): ProcessEvidence {
  const isStrange = process.risk.riskLevel === 'high';
  return {
    missing: process.risk.evidenceRatio < 1 ? ['memory-map', 'open-files'] : [],
    argumentList: process.command.split(' '),
    realUid: process.uid,
    effectiveUid: process.uid,
    strongCapabilities: process.user === 'root' ? ['cap_sys_admin', 'cap_net_raw', 'cap_sys_ptrace'] : [],
    tracerPid: null,
    loaderVariables: isStrange ? [{ name: 'LD_PRELOAD', files: ['/dev/shm/.x/libhide.so'] }] : [],
    streams: isStrange ? ['null', 'network', 'network'] : ['null', 'pipe', 'pipe'],
    openFileCount: 41,
    openFileLimit: 1024,
    writableExecutableCount: 0,
    foreignLibraries: isStrange ? [{ path: '/dev/shm/.x/libhide.so', deleted: true }] : [],
    file: {
      device: 1,
      inode: 9931,
      modifiedAtMs: 1_790_000_000_000,
      sizeBytes: 2_418_312,
      ownerUid: 0,
      changeableAt: isStrange ? '/dev/shm' : null,
      replacedAtMs: null,
      fileSystem: isStrange ? 'tmpfs' : 'ext4',
    },
    package: isStrange ? null : { name: process.name, summary: 'Persistent key-value database', manager: 'dpkg' },
    hostNamespaces: [],
    engineSocketMounted: false,
    rawSockets: [],
    workingDirectory: process.project ?? '/',
    project: process.project === null ? null : { root: process.project, name: process.project.split('/').at(-1) ?? '', branch: 'main' },
  };
}

/** What was asked to end lately: one that did, one that would not, one of somebody else. */
export function sampleAttempts(nowMs: number): readonly StopAudit[] {
  const common = { startTicks: 1, door: 'electron' } as const;
  return [
    {
      ...common,
      atMs: nowMs - 40_000,
      pid: 30_118,
      name: 'node',
      exe: '/usr/bin/node',
      user: 'dev',
      killClass: 'K4',
      signal: 'SIGTERM',
      outcome: 'gone',
    },
    {
      ...common,
      atMs: nowMs - 400_000,
      pid: 881,
      name: 'sh',
      exe: '/usr/bin/dash',
      user: 'dev',
      killClass: 'K4',
      signal: 'SIGTERM',
      outcome: 'still-there',
    },
    {
      ...common,
      atMs: nowMs - 4_000_000,
      pid: 612,
      name: 'nginx',
      exe: '/usr/sbin/nginx',
      user: 'root',
      killClass: 'K2',
      signal: 'SIGTERM',
      outcome: 'permission-denied',
    },
  ];
}
