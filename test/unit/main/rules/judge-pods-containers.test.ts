import { describe, expect, it } from 'vitest';
import { translateOr } from '../../../../src-shared/messages/translate';
import type { PodContainer, PodFacts } from '../../../../src-shared/snapshots';
import { ended, judge, lastRun, waiting } from './judged-pods';

describe('what a container of a pod is judged by', () => {
  it.each<[string, Partial<PodFacts>, Partial<PodContainer>, string, readonly string[], number | null]>([
    // what, pod, container, level, rules, hold in seconds (null: nobody is told)
    [
      'crash loop',
      {},
      { ...waiting('CrashLoopBackOff'), restartCount: 5, lastRun: lastRun(1, 'Error') },
      'critical',
      ['pod-crash-loop', 'container-exited-error', 'pod-remedy-previous-logs'],
      0,
    ],
    [
      'crash loop that runs just now',
      {},
      { restartCount: 5, lastRun: lastRun(1, 'Error') },
      'critical',
      ['pod-crash-loop', 'container-exited-error', 'pod-remedy-previous-logs'],
      0,
    ],
    [
      'crash loop between two runs',
      {},
      { ...ended(1, 'Error'), restartCount: 5 },
      'critical',
      ['pod-crash-loop', 'container-exited-error', 'pod-remedy-logs'],
      0,
    ],
    [
      'crash loop out of memory',
      {},
      { ...waiting('CrashLoopBackOff'), restartCount: 5, lastRun: lastRun(137, 'OOMKilled') },
      'critical',
      ['pod-crash-loop-oom', 'pod-remedy-memory'],
      0,
    ],
    [
      'crash loop out of the memory of the node',
      {},
      { ...waiting('CrashLoopBackOff'), memoryLimitBytes: null, restartCount: 5, lastRun: lastRun(137, 'OOMKilled') },
      'critical',
      ['pod-crash-loop-oom', 'pod-remedy-memory-node'],
      0,
    ],
    [
      'crash loop of a job done well',
      {},
      { ...waiting('CrashLoopBackOff'), restartCount: 5, lastRun: lastRun(0, 'Completed') },
      'critical',
      ['pod-crash-loop', 'pod-exit-finished', 'pod-remedy-finished'],
      0,
    ],
    [
      'crash loop by a probe',
      {},
      { ...waiting('CrashLoopBackOff'), restartCount: 5, lastRun: lastRun(137, 'Error') },
      'critical',
      ['pod-crash-loop', 'pod-exit-killed', 'pod-remedy-killed'],
      0,
    ],
    [
      'crash loop by a missing command',
      {},
      { ...waiting('CrashLoopBackOff'), restartCount: 5, lastRun: lastRun(127, 'Error') },
      'critical',
      ['pod-crash-loop', 'container-exited-not-found', 'container-remedy-command'],
      0,
    ],
    [
      'first crash',
      {},
      { restartCount: 1, lastRun: lastRun(1, 'Error') },
      'warning',
      ['pod-crashed', 'container-exited-error', 'pod-remedy-previous-logs'],
      0,
    ],
    [
      'first time out of memory',
      {},
      { restartCount: 1, lastRun: lastRun(137, 'OOMKilled') },
      'warning',
      ['pod-oom-killed', 'pod-remedy-memory'],
      0,
    ],
    ['crash of long ago', {}, { restartCount: 9, lastRun: lastRun(1, 'Error', 601) }, 'ok', [], null],
    ['asked to end', {}, { restartCount: 9, lastRun: lastRun(143, 'Error') }, 'ok', [], null],
    ['image back-off', { phase: 'Pending' }, waiting('ImagePullBackOff'), 'critical', ['pod-image', 'pod-remedy-image-name'], 0],
    [
      'image, first try',
      { phase: 'Pending' },
      waiting('ErrImagePull', 'manifest unknown'),
      'critical',
      ['pod-image-not-found', 'pod-remedy-image-name'],
      15,
    ],
    [
      'image, denied',
      { phase: 'Pending' },
      waiting('ImagePullBackOff', 'pull access denied, repository does not exist'),
      'critical',
      ['pod-image-denied', 'pod-remedy-image-secret'],
      0,
    ],
    [
      'image, limited',
      { phase: 'Pending' },
      waiting('ImagePullBackOff', 'toomanyrequests: You have reached'),
      'critical',
      ['pod-image-limited', 'pod-remedy-image-limit'],
      0,
    ],
    [
      'image, no network',
      { phase: 'Pending' },
      waiting('ImagePullBackOff', 'dial tcp: lookup registry.test: no such host'),
      'critical',
      ['pod-image-unreachable', 'pod-remedy-image-network'],
      0,
    ],
    [
      'image, platform',
      { phase: 'Pending' },
      waiting('ErrImagePull', 'no match for platform in manifest: not found'),
      'critical',
      ['pod-image-platform', 'pod-remedy-image-platform'],
      15,
    ],
    ['image, bad name', { phase: 'Pending' }, waiting('InvalidImageName'), 'critical', ['pod-image-invalid', 'pod-remedy-image-name'], 0],
    [
      'image, never',
      { phase: 'Pending' },
      waiting('ErrImageNeverPull'),
      'critical',
      ['pod-image-never-pull', 'pod-remedy-image-policy'],
      0,
    ],
    [
      'secret missing',
      { phase: 'Pending' },
      waiting('CreateContainerConfigError', 'secret "db" not found'),
      'critical',
      ['pod-config-error', 'pod-remedy-config'],
      10,
    ],
    [
      'cannot be started',
      {},
      waiting('RunContainerError', 'exec: "x": not found'),
      'critical',
      ['pod-container-error', 'pod-remedy-events'],
      10,
    ],
    [
      'init failed',
      { phase: 'Pending' },
      { init: true, ...ended(2, 'Error') },
      'critical',
      ['pod-init-failed', 'container-exited-usage', 'container-remedy-usage'],
      10,
    ],
    [
      'init keeps failing',
      { phase: 'Pending' },
      { init: true, ...waiting('CrashLoopBackOff'), restartCount: 2, lastRun: lastRun(1, 'Error') },
      'critical',
      ['pod-init-crash-loop', 'container-exited-error', 'pod-remedy-previous-logs'],
      0,
    ],
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
