import { describe, expect, test } from 'vitest';
import { judgeClassRefusal, judgeStopRefusal } from '../../../../../src-main/rules/kill/stop-refusal';
import { aProcess } from '../role/sample-process';
import { judge, policy } from './judged-samples';
import { never } from './never-cases';

describe('what is refused', () => {
  test('nothing makes a kill of class K0 possible', () => {
    for (const verdict of [null, 'end', 'expected', 'watch'] as const) {
      for (const [, over, context] of never) {
        for (const riskLevel of ['ordinary', 'high'] as const) {
          const judged = judge(over, { ...context, policy: verdict === null ? null : policy(verdict) }, riskLevel);
          expect(judged.killClass).toBe('K0');
          expect(judgeClassRefusal({ killClass: judged.killClass, verdict, expertActions: true })).toBe('never');
        }
      }
    }
  });

  test.each([
    ['K1', null, false, 'session'],
    ['K1', null, true, null],
    ['K1', 'never-end', true, 'policy'],
    ['K2', null, false, null],
    ['K3', 'never-end', false, 'policy'],
    ['K4', 'end', false, null],
  ] as const)('%s, note %s, expert %s: %s', (killClass, verdict, expertActions, refusal) => {
    expect(judgeClassRefusal({ killClass, verdict, expertActions })).toBe(refusal);
  });

  test('both ways of refusing agree on the first process, the kernel and LogScope', () => {
    const all = [
      { pid: 1, ppid: 0 },
      { pid: 100, ppid: 1 },
      { pid: 200, ppid: 100 },
      { pid: 300, ppid: 200 },
    ];
    for (const [pid, ppid] of all.map((one) => [one.pid, one.ppid] as const)) {
      const ownTree = pid === 300 || pid === 200 ? 'self' : 'above';
      expect(judgeStopRefusal(aProcess({ pid, ppid }), all, 200)).not.toBeNull();
      expect(judge({ pid, ppid }, { ownTree }).killClass).toBe('K0');
    }
  });
});
