import { describe, expect, it } from 'vitest';
import { translateOr } from '../../../../src-shared/messages/translate';
import type { PodContainer, PodFacts } from '../../../../src-shared/snapshots';
import { ago, ended, judge, waiting } from './judged-pods';

describe('what a whole pod is judged by', () => {
  it.each<[string, Partial<PodFacts>, Partial<PodContainer>, string, readonly string[], number | null]>([
    // what, pod, container, level, rules, hold in seconds (null: nobody is told)
    ['failed', { phase: 'Failed' }, ended(3, 'Error'), 'critical', ['pod-failed', 'container-exited', 'pod-remedy-logs'], 0],
    ['failed, out of memory', { phase: 'Failed' }, ended(137, 'OOMKilled'), 'critical', ['pod-failed-oom', 'pod-remedy-memory'], 0],
    [
      'failed long ago',
      { phase: 'Failed', createdAtMs: ago(200_000), startedAtMs: ago(200_000) },
      ended(3, 'Error', 90_000),
      'inactive',
      ['pod-failed', 'container-exited', 'pod-remedy-logs'],
      null,
    ],
    [
      'evicted',
      { phase: 'Failed', reason: 'Evicted', message: 'low on memory', containers: [] },
      {},
      'warning',
      ['pod-evicted', 'pod-remedy-evicted'],
      0,
    ],
    [
      'deadline',
      { phase: 'Failed', reason: 'DeadlineExceeded', message: 'Pod was active too long', containers: [] },
      {},
      'critical',
      ['pod-failed-reason', 'pod-remedy-events'],
      0,
    ],
    ['done', { phase: 'Succeeded' }, ended(0, 'Completed'), 'inactive', ['pod-completed'], null],
    ['node lost', { phase: 'Unknown' }, {}, 'critical', ['pod-node-lost', 'pod-remedy-node'], 30],
    ['being deleted', { deletingSinceMs: ago(60) }, waiting('CrashLoopBackOff'), 'inactive', ['pod-deleting'], null],
    ['does not go away', { deletingSinceMs: ago(660) }, {}, 'warning', ['pod-deleting-long', 'pod-remedy-deleting'], 0],
    [
      'no room',
      { phase: 'Pending', reason: 'Unschedulable', message: '3 Insufficient memory.', createdAtMs: ago(60), containers: [] },
      {},
      'warning',
      ['pod-unschedulable', 'pod-remedy-schedule-resources'],
      30,
    ],
    [
      'no room for long',
      { phase: 'Pending', reason: 'Unschedulable', message: "3 node(s) didn't match node selector", createdAtMs: ago(301), containers: [] },
      {},
      'critical',
      ['pod-unschedulable', 'pod-remedy-schedule-rules'],
      30,
    ],
    [
      'no volume',
      { phase: 'Pending', reason: 'Unschedulable', message: 'persistentvolumeclaim "x" not found', createdAtMs: ago(60), containers: [] },
      {},
      'warning',
      ['pod-unschedulable', 'pod-remedy-schedule-volume'],
      30,
    ],
    [
      'gated',
      { phase: 'Pending', status: 'SchedulingGated', reason: 'SchedulingGated', containers: [] },
      {},
      'inactive',
      ['pod-gated'],
      null,
    ],
    [
      'starting',
      { phase: 'Pending', status: 'ContainerCreating', createdAtMs: ago(20) },
      waiting('ContainerCreating'),
      'ok',
      ['pod-starting'],
      null,
    ],
    [
      'starting for long',
      { phase: 'Pending', status: 'ContainerCreating', createdAtMs: ago(301) },
      waiting('ContainerCreating'),
      'warning',
      ['pod-pending-long', 'pod-remedy-events'],
      0,
    ],
    ['not ready yet', { ready: false }, { ready: false, startedAtMs: ago(30) }, 'ok', [], null],
    ['not ready', { ready: false }, { ready: false, startedAtMs: ago(61) }, 'warning', ['pod-not-ready', 'pod-remedy-probe'], 60],
    ['not ready by a gate', { ready: false }, {}, 'warning', ['pod-not-ready-gate', 'pod-remedy-events'], 120],
    ['memory high', {}, { memoryBytes: 0.81 * 2 ** 20 }, 'warning', ['pod-memory-high'], 60],
    ['memory nearly full', {}, { memoryBytes: 0.96 * 2 ** 20 }, 'critical', ['pod-memory-high'], 60],
    ['CPU at its limit', {}, { cpuCores: 0.5, cpuLimitCores: 0.5 }, 'warning', ['pod-cpu-high'], null],
  ])('%s', (_what, change, more, level, expectedRules, holdSeconds) => {
    const { judged, findings, rules } = judge(change, more);
    expect([judged.level, rules]).toEqual([level, expectedRules]);
    expect(findings.map(({ holdMs }) => holdMs / 1000)).toEqual(holdSeconds === null ? [] : [holdSeconds]);
    for (const { rule, values, text } of judged.reasons) {
      // Every placeholder is filled, in both languages.
      expect(text).not.toMatch(/\{\{|undefined|null/);
      expect(translateOr('ko', `reason.${rule}`, '', values)).toMatch(/^[^{]+$/);
    }
  });
});
