import { judgeKillClass } from '../../../../../src-main/rules/kill/kill-class';
import type { KillVerdict } from '../../../../../src-main/rules/kill/kill-verdict';
import type { ContainerContext, Kin, ProcessContext, UnitContext } from '../../../../../src-main/rules/process-context';
import { explainRole } from '../../../../../src-main/rules/role/explain-role';
import { curatedRoleBase } from '../../../../../src-main/rules/role/role-base';
import type { Policy } from '../../../../../src-shared/contract';
import type { ProcessFacts, RiskLevel } from '../../../../../src-shared/snapshots';
import { aKin, aProcess, noSurroundings, nowMs } from '../role/sample-process';

const base = curatedRoleBase();
export const hour = 3_600_000;

export type Over = Partial<ProcessFacts>;
export type Context = Partial<ProcessContext>;

/** What `process` is judged as, by the curated base. */
export function judge(over: Over, context: Context = {}, riskLevel: RiskLevel = 'ordinary'): KillVerdict {
  const process = aProcess({ startedAtMs: nowMs - 10_000, ...over });
  const whole = { ...noSurroundings, ...context };
  return judgeKillClass(process, whole, { role: explainRole(process, whole, base), riskLevel }, base);
}

/** A kin whose role is what the base says of it. */
export function kin(over: Partial<Kin>, parent: Kin | null = null, command = ''): Kin {
  const bare = aKin({ ...over, parent });
  const process = aProcess({ pid: bare.pid, exe: bare.exe, name: bare.name, command, user: bare.user, terminal: bare.terminal });
  const role = explainRole(process, { ...noSurroundings, parent }, base);
  return { ...bare, role, entry: role.entry === null ? null : base.entryOf(role.entry) };
}

export const init = kin({ pid: 1, name: 'systemd', exe: '/usr/lib/systemd/systemd', user: 'root' });
export const userManager = kin(
  { pid: 900, name: 'systemd', exe: '/usr/lib/systemd/systemd', user: 'dev' },
  init,
  '/lib/systemd/systemd --user',
);
export const sshd = kin({ pid: 700, name: 'sshd', exe: '/usr/sbin/sshd', user: 'root' }, init, '/usr/sbin/sshd -D');
export const cron = kin({ pid: 710, name: 'cron', exe: '/usr/sbin/cron', user: 'root' }, init, '/usr/sbin/cron -f');
export const bash = kin({ pid: 800, name: 'bash', exe: '/usr/bin/bash', user: 'dev', terminal: 'pts/1' }, sshd, '-bash');

export const daemon = { ppid: 1, uid: 0, user: 'root' } as const;
export const shim = kin({ pid: 750, name: 'containerd-shim', exe: '/usr/bin/containerd-shim-runc-v2', user: 'root' }, init);
export const containerId = 'c'.repeat(64);
export const container: ContainerContext = {
  id: containerId,
  name: 'shop-db',
  image: 'postgres:16',
  restartPolicy: 'always',
  mainPid: 500,
  pod: null,
  recentStartCount: null,
  memoryLimitBytes: null,
  publishedPorts: [],
  privileged: false,
};

export function unit(name: string, over: Partial<UnitContext> = {}): UnitContext {
  return {
    unit: name,
    scope: 'system',
    description: name,
    restartPolicy: null,
    mainPid: null,
    triggers: [],
    recentStartCount: null,
    ...over,
  };
}

export function policy(verdict: Policy['verdict']): Policy {
  return {
    exe: '/usr/bin/thing',
    sha256: null,
    name: 'thing',
    role: null,
    category: null,
    verdict,
    note: '',
    author: 'dev',
    expectedRules: [],
    updatedAtMs: 0,
  };
}
