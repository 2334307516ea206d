import { describe, expect, it } from 'vitest';
import { judgeProcessRisk } from '../../../../src-main/rules/process-risk';
import type { ProcessFacts } from '../../../../src-shared/snapshots';
import { processFacts } from './sample-facts';

const everywhere = [{ protocol: 'tcp', address: '0.0.0.0', port: 4444 }] as const;
const loopback = [{ protocol: 'tcp', address: '127.0.0.1', port: 3000 }] as const;
const totalBytes = 1000;

describe('judgeProcessRisk', () => {
  it.each<[string, Partial<ProcessFacts>, { score: number; level: string; rules: string[] }]>([
    ['an ordinary program', {}, { score: 0, level: 'ok', rules: [] }],
    ['a dev server on loopback', { listening: loopback }, { score: 0, level: 'ok', rules: [] }],
    ['a kernel thread', { kernelThread: true, uid: 0, user: 'root' }, { score: 0, level: 'ok', rules: [] }],
    ['a root daemon', { uid: 0, user: 'root' }, { score: 10, level: 'ok', rules: ['risk-root'] }],
    [
      'sshd: root and reachable is worth a look, not red',
      { uid: 0, user: 'root', listening: everywhere },
      { score: 35, level: 'warning', rules: ['risk-listens-everywhere', 'risk-root', 'risk-root-listens-everywhere'] },
    ],
    [
      'updated under its feet',
      { exeDeleted: true, exe: '/usr/bin/dbus-daemon' },
      { score: 30, level: 'warning', rules: ['risk-exe-deleted'] },
    ],
    ['from /tmp', { exe: '/tmp/build/tool' }, { score: 35, level: 'warning', rules: ['risk-exe-temporary'] }],
    ['not from /tmpfoo', { exe: '/tmpfoo/tool' }, { score: 0, level: 'ok', rules: [] }],
    [
      'the card of a miner',
      { exe: '/dev/shm/xmr', exeDeleted: true, uid: 0, user: 'root', listening: everywhere },
      {
        score: 100,
        level: 'critical',
        rules: ['risk-exe-temporary', 'risk-exe-deleted', 'risk-listens-everywhere', 'risk-root', 'risk-root-listens-everywhere'],
      },
    ],
    [
      'memfd is told before deleted',
      { exe: '/memfd:x', exeDeleted: true },
      { score: 50, level: 'warning', rules: ['risk-exe-memory-only'] },
    ],
    ['a fifth of memory', { rssBytes: 200 }, { score: 10, level: 'ok', rules: ['risk-memory-share'] }],
    ['half of memory', { rssBytes: 500 }, { score: 20, level: 'warning', rules: ['risk-memory-share'] }],
    ['unreadable path: no points, no guess', { exe: null, exeDeleted: null }, { score: 0, level: 'ok', rules: [] }],
  ])('%s', (_name, over, expected) => {
    const risk = judgeProcessRisk(processFacts(over), totalBytes);
    expect({ score: risk.score, level: risk.level, rules: risk.reasons.map((reason) => reason.rule) }).toEqual(expected);
  });

  it('never lowers the score when a fact is added, and gives the same answer twice', () => {
    const facts: Partial<ProcessFacts>[] = [
      { uid: 0, user: 'root' },
      { listening: everywhere },
      { exeDeleted: true },
      { exe: '/tmp/x' },
      { rssBytes: 300 },
    ];
    let over: Partial<ProcessFacts> = {};
    let before = 0;
    for (const fact of facts) {
      over = { ...over, ...fact };
      const risk = judgeProcessRisk(processFacts(over), totalBytes);
      expect(risk.score).toBeGreaterThanOrEqual(before);
      expect(judgeProcessRisk(processFacts(over), totalBytes)).toEqual(risk);
      before = risk.score;
    }
  });
});
