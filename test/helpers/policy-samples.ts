import type { Policy, StopAudit } from '../../src-shared/contract';

export function policyOf(exe: string, changed: Partial<Policy> = {}): Policy {
  return {
    exe,
    sha256: null,
    name: exe.slice(exe.lastIndexOf('/') + 1),
    role: null,
    category: null,
    verdict: 'expected',
    note: '',
    author: 'ann',
    expectedRules: [],
    updatedAtMs: 1_000,
    ...changed,
  };
}

export function stopAudit(pid: number, changed: Partial<StopAudit> = {}): StopAudit {
  return {
    atMs: 1_000 + pid,
    pid,
    startTicks: 77,
    name: `sleep '"; DROP TABLE stop_audit; --`,
    exe: '/bin/sleep',
    user: 'ann',
    killClass: 'K3',
    signal: 'SIGTERM',
    outcome: 'gone',
    door: 'cli',
    ...changed,
  };
}
