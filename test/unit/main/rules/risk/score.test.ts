import { describe, expect, it } from 'vitest';
import { riskLevelOf } from '../../../../../src-main/rules/risk/score';
import { type Policy, policyVerdicts } from '../../../../../src-shared/contract';
import { nowMs } from '../sample-facts';
import { evidence, executableFile, packaged, plainProcess, riskOf, roleEntry, verdictOf } from './risk-samples';

const everywhere = [{ protocol: 'tcp', address: '0.0.0.0', port: 4444 }] as const;

describe('judgeRisk', () => {
  it('finds nothing in an ordinary program, and says how much it could see', () => {
    expect(riskOf({})).toEqual({
      score: 0,
      level: 'ok',
      riskLevel: 'ordinary',
      axes: { threat: 0, exposure: 0, health: 0 },
      evidenceRatio: 1,
      reasons: [],
      expectedRules: [],
    });
  });

  it('says nothing of kernel threads', () => {
    expect(verdictOf({ process: { kernelThread: true, exe: null, name: 'kworker/0:1', command: '' } })).toBe('0/0/0');
  });

  it('counts the heaviest of a family fully and the others by half', () => {
    const process = { exe: '/tmp/x/thing', exeDeleted: true } as const;
    expect(verdictOf({ process })).toBe('50/0/0 exe-temporary:35 exe-deleted:15');
  });

  it('keeps what lacks both a decisive rule and a second family below high', () => {
    // Behaviour alone: 60 + 45/2 + 15/2 would be 90.
    const process = {
      name: 'xmrig',
      exe: '/home/dev/xmrig',
      evidence: evidence({ tracerPid: 7, loaderVariables: [{ name: 'LD_PRELOAD', files: ['/tmp/x.so'] }] }),
    };
    const risk = riskOf({ process });
    expect([risk.axes.threat, risk.riskLevel]).toEqual([69, 'suspicious']);
    expect(riskOf({ process: { ...process, exe: '/tmp/xmrig' } })).toMatchObject({
      axes: { threat: 100 },
      riskLevel: 'high',
      level: 'critical',
    });
  });

  it('lets one decisive rule be enough', () => {
    const process = {
      exe: '/usr/bin/dash',
      name: 'sh',
      evidence: evidence({ streams: ['network', 'network', 'network'], package: packaged }),
    };
    expect(riskOf({ process })).toMatchObject({ axes: { threat: 80 }, riskLevel: 'high', level: 'critical' });
  });

  it('counts weak rules by six tenths for a genuine packaged program, decisive ones never', () => {
    const entry = roleEntry({ category: 'developer' });
    const process = { exe: '/usr/bin/sample', exeDeleted: true } as const;
    const replaced = evidence({ package: packaged, file: { ...executableFile, replacedAtMs: nowMs } });
    expect(verdictOf({ entry, process: { ...process, evidence: replaced } })).toBe('3/0/0 exe-updated:3');
    expect(verdictOf({ entry, process: { ...process, evidence: evidence({ package: packaged }) } })).toBe('30/0/0 exe-deleted:30');
    const traced = { exe: '/usr/bin/sample', evidence: evidence({ package: packaged, tracerPid: 7 }) };
    expect(verdictOf({ entry, process: traced })).toBe('9/0/0 traced:9');
    expect(verdictOf({ entry, claimed: true, process: traced })).toContain('traced:15');
    expect(verdictOf({ entry: null, process: traced })).toBe('15/0/0 traced:15');
    const changeable = evidence({ package: packaged, tracerPid: 7, file: { ...executableFile, changeableAt: '/usr/bin' } });
    expect(verdictOf({ entry, process: { ...traced, evidence: changeable } })).toBe('15/0/0 traced:15');
  });

  it('mentions writable code only beside another reason of the threat axis', () => {
    expect(verdictOf({ process: { evidence: evidence({ writableExecutableCount: 3 }) } })).toBe('0/0/0');
    expect(verdictOf({ process: { listening: everywhere, evidence: evidence({ writableExecutableCount: 3 }) } })).toBe(
      '0/15/0 listens-everywhere:15',
    );
    expect(verdictOf({ process: { exe: '/dev/shm/x', evidence: evidence({ writableExecutableCount: 3 }) } })).toBe(
      '55/0/0 exe-temporary:50 writable-code:5',
    );
  });

  it('never makes a row red by exposure or health, and yellow only by much of it', () => {
    const exposed = { uid: 0, user: 'root', listening: [{ protocol: 'tcp', address: '::', port: 2375 }] } as const;
    expect(riskOf({ process: exposed, entry: roleEntry() })).toMatchObject({
      level: 'warning',
      riskLevel: 'ordinary',
      axes: { exposure: 70 },
      score: 56,
    });
    const process = plainProcess({ uid: 0, user: 'root', listening: everywhere });
    expect(riskOf({ process, entry: roleEntry() })).toMatchObject({ level: 'ok', axes: { threat: 0, exposure: 25 }, score: 20 });
    const ill = { rssBytes: 950, state: 'D', heldStateSinceMs: nowMs - 120_000 };
    expect(riskOf({ process: ill })).toMatchObject({ level: 'ok', axes: { health: 35 }, score: 21 });
    const container = { id: 'c', name: 'api', image: 'api', recentStartCount: 9, memoryLimitBytes: 1000 };
    expect(riskOf({ process: ill, context: { container: { ...bareContainer, ...container } } })).toMatchObject({
      level: 'warning',
      riskLevel: 'ordinary',
    });
  });

  it('leaves out what a person expects and lists it', () => {
    const policy: Policy = {
      exe: '/dev/shm/x',
      sha256: null,
      name: 'x',
      role: null,
      category: null,
      verdict: policyVerdicts[0],
      note: '',
      author: 'dev',
      expectedRules: ['risk-exe-temporary', 'risk-miner'],
      updatedAtMs: 0,
    };
    expect(riskOf({ process: { exe: '/dev/shm/x', exeDeleted: true }, context: { policy } })).toMatchObject({
      axes: { threat: 30 },
      expectedRules: ['risk-exe-temporary'],
    });
  });

  it('tells in the meter what these rights hide', () => {
    expect(riskOf({ process: { exe: null, evidence: null } }).evidenceRatio).toBe(0);
    expect(riskOf({ process: { evidence: null } }).evidenceRatio).toBeCloseTo(0.1);
    expect(riskOf({ process: { evidence: evidence({ missing: ['file', 'package'] }) } }).evidenceRatio).toBeCloseTo(0.8);
  });

  it('knows the levels by their lower ends', () => {
    expect([0, 19, 20, 39, 40, 69, 70, 100].map(riskLevelOf)).toEqual([
      'ordinary',
      'ordinary',
      'notice',
      'notice',
      'suspicious',
      'suspicious',
      'high',
      'high',
    ]);
  });
});

const bareContainer = {
  restartPolicy: null,
  mainPid: null,
  pod: null,
  publishedPorts: [],
  privileged: null,
};
