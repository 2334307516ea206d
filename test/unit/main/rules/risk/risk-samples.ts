import { createProcessJudge } from '../../../../../src-main/rules/judge-processes';
import { bareSurroundings, type Kin, type ProcessContext, type ProcessSurroundings } from '../../../../../src-main/rules/process-context';
import type { RiskSubject } from '../../../../../src-main/rules/risk/rule';
import { judgeRisk } from '../../../../../src-main/rules/risk/score';
import { explainRole } from '../../../../../src-main/rules/role/explain-role';
import { createRoleBase } from '../../../../../src-main/rules/role/match-base';
import { roleEntries } from '../../../../../src-shared/roles';
import type { RoleEntry } from '../../../../../src-shared/roles/role-entry';
import type { ExecutableFile, Process, ProcessEvidence, ProcessFacts, ProcessRole, Risk } from '../../../../../src-shared/snapshots';
import { nowMs, processFacts } from '../sample-facts';

export const roleBase = createRoleBase(roleEntries);

export const executableFile: ExecutableFile = {
  device: 1,
  inode: 10,
  modifiedAtMs: nowMs - 1e9,
  sizeBytes: 1000,
  ownerUid: 0,
  changeableAt: null,
  replacedAtMs: null,
  fileSystem: 'ext4',
};

/** Everything was read, and nothing of it is unusual. */
export function evidence(over: Partial<ProcessEvidence> = {}): ProcessEvidence {
  return {
    missing: [],
    argumentList: [],
    realUid: 1000,
    effectiveUid: 1000,
    strongCapabilities: [],
    tracerPid: null,
    loaderVariables: [],
    streams: ['null', 'file', 'file'],
    openFileCount: 10,
    openFileLimit: 1024,
    writableExecutableCount: 0,
    foreignLibraries: [],
    file: executableFile,
    package: null,
    hostNamespaces: [],
    engineSocketMounted: false,
    rawSockets: [],
    workingDirectory: '/',
    project: null,
    ...over,
  };
}

export const packaged = { name: 'a-package', summary: null, manager: 'dpkg' } as const;
export const unknownRole: ProcessRole = { layer: 'unknown', entry: null, category: null, claimed: false, values: {} };

/** A young program of a person that nothing is known of and nothing is wrong with. */
export function plainProcess(over: Partial<ProcessFacts> = {}): ProcessFacts {
  return processFacts({ name: 'thing', command: './thing', exe: '/home/dev/thing/bin/thing', evidence: evidence(), ...over });
}

export function processContext(over: Partial<ProcessContext> = {}): ProcessContext {
  return {
    platform: 'linux',
    nowMs,
    coreCount: 2,
    memoryTotalBytes: 1000,
    preloadedLibraries: [],
    policy: null,
    unit: null,
    container: null,
    desktopEntry: null,
    parent: null,
    tracer: null,
    zombieSiblingCount: 0,
    ownTree: null,
    ...over,
  };
}

export function roleEntry(over: Partial<RoleEntry> = {}): RoleEntry {
  return {
    id: 'sample',
    platform: 'linux',
    names: ['sample'],
    category: 'other',
    memory: 'small',
    stop: 'K3',
    en: 'A sample.',
    ko: '예시',
    source: 'made up',
    ...over,
  };
}

export function genuineRole(entry: RoleEntry): ProcessRole {
  return { layer: 'base', entry: entry.id, category: entry.category, claimed: false, values: {} };
}

export function kin(over: Partial<Kin> = {}): Kin {
  return {
    pid: 1,
    startTicks: 1,
    name: 'systemd',
    exe: '/usr/lib/systemd/systemd',
    user: 'root',
    terminal: null,
    role: unknownRole,
    entry: null,
    parent: null,
    ...over,
  };
}

/** A parent that is what the entry says. */
export function genuineKin(entry: RoleEntry, over: Partial<Kin> = {}): Kin {
  return kin({ name: entry.names[0] ?? '?', exe: `/usr/bin/${entry.names[0]}`, role: genuineRole(entry), entry, ...over });
}

export interface SubjectOver {
  readonly process?: Partial<ProcessFacts>;
  readonly context?: Partial<ProcessContext>;
  /** Absent: what the role base says; null: nothing is known. */
  readonly entry?: RoleEntry | null;
  readonly claimed?: boolean;
}

export function subject({ process, context, entry, claimed }: SubjectOver): RiskSubject {
  const facts = plainProcess(process);
  const around = processContext(context);
  if (entry === undefined) {
    const role = explainRole(facts, around, roleBase);
    return { process: facts, context: around, role, entry: role.entry === null ? null : roleBase.entryOf(role.entry) };
  }
  const role = entry === null ? unknownRole : { ...genuineRole(entry), claimed: claimed ?? false };
  return { process: facts, context: around, role, entry };
}

export function riskOf(over: SubjectOver): Risk {
  return judgeRisk(subject(over));
}

/** `threat/exposure/health rule:points…`: the whole verdict in one line. */
export function verdictOf(over: SubjectOver): string {
  return lineOf(riskOf(over));
}

export function lineOf({ axes, reasons }: Pick<Risk, 'axes' | 'reasons'>): string {
  const figures = `${axes.threat}/${axes.exposure}/${axes.health}`;
  return [figures, ...reasons.map(({ rule, points }) => `${rule.slice('risk-'.length)}:${points}`)].join(' ');
}

/** A whole list through the judge that the app uses, with the real role base. */
export function judgeList(processes: readonly ProcessFacts[], over: Partial<ProcessSurroundings> = {}, atMs = nowMs): readonly Process[] {
  const judge = createProcessJudge({
    surroundings: { ...bareSurroundings('linux', 99_999), ...over },
    idOf: ({ pid, startTicks }) => `id-${pid}-${startTicks}`,
    base: roleBase,
  });
  return judge(processesFacts(processes), atMs).snapshot.processes;
}

export function processesFacts(processes: readonly ProcessFacts[]) {
  return {
    processes,
    coreCount: 2,
    memoryTotalBytes: 1e12,
    hiddenCount: 0,
    unownedSockets: [],
    evidencePendingCount: 0,
    preloadedLibraries: [],
  };
}
