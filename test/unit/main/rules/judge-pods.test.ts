import { describe, expect, it } from 'vitest';
import { judgePods } from '../../../../src-main/rules/judge-pods';
import { translateOr } from '../../../../src-shared/messages/translate';
import { defaultSettings } from '../../../../src-shared/settings';
import type { PodContainer, PodFacts, PodsFacts } from '../../../../src-shared/snapshots';

const nowMs = Date.parse('2026-01-01T12:00:00Z');
const ago = (seconds: number) => nowMs - seconds * 1000;

const container: PodContainer = {
  name: 'main',
  image: 'registry.test/web:1',
  init: false,
  ready: true,
  state: 'running',
  reason: null,
  message: null,
  exitCode: null,
  startedAtMs: ago(3_600),
  finishedAtMs: null,
  restartCount: 0,
  lastRun: null,
  cpuCores: null,
  memoryBytes: null,
  cpuLimitCores: null,
  memoryLimitBytes: 2 ** 20,
};
const pod: PodFacts = {
  uid: 'u1',
  namespace: 'default',
  name: 'web-1',
  status: 'Running',
  phase: 'Running',
  reason: null,
  message: null,
  ready: true,
  node: 'n1',
  owner: null,
  createdAtMs: ago(3_600),
  startedAtMs: ago(3_590),
  deletingSinceMs: null,
  restartCount: 0,
  containers: [container],
  cpuCores: null,
  memoryBytes: null,
  cpuLimitCores: null,
  memoryLimitBytes: null,
};
const facts: PodsFacts = {
  contexts: [],
  context: 'dev',
  serverVersion: null,
  namespace: null,
  namespaces: null,
  metricsUnavailable: null,
  watch: 'live',
  broken: null,
  pods: [],
};

function judge(change: Partial<PodFacts>, more: Partial<PodContainer> = {}) {
  const one = { ...pod, containers: [{ ...container, ...more }], ...change };
  const { snapshot, findings } = judgePods({ ...facts, pods: [one] }, { nowMs, thresholds: defaultSettings.thresholds });
  const [judged] = snapshot.pods;
  if (judged === undefined) throw new Error('no pod');
  return { judged, findings, rules: judged.reasons.map(({ rule }) => rule), snapshot };
}

const waiting = (reason: string, message: string | null = null) => ({ state: 'waiting', ready: false, reason, message }) as const;
const ended = (exitCode: number, reason: string | null, seconds = 20) =>
  ({ state: 'terminated', ready: false, exitCode, reason, finishedAtMs: ago(seconds) }) as const;
const lastRun = (exitCode: number, reason: string, seconds = 30) => ({ exitCode, reason, finishedAtMs: ago(seconds) });

describe('judgePods', () => {
  it('finds nothing in a pod that runs', () => {
    expect(judge({})).toMatchObject({ judged: { level: 'ok', reasons: [] }, findings: [], snapshot: { level: 'ok' } });
  });

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

  it('keeps one key for one cause while a container flips between back-off, running and ended', () => {
    const end = { restartCount: 5, lastRun: lastRun(1, 'Error') };
    const keys = [
      judge({}, { ...waiting('CrashLoopBackOff'), ...end }),
      judge({}, end),
      judge({}, { ...ended(1, 'Error'), restartCount: 5 }),
    ].map(({ findings }) => findings[0]?.key);
    expect(new Set(keys)).toEqual(new Set(['pods/u1/runs/main']));
  });

  it('names the pod with its namespace where several are shown', () => {
    const crash = { ...waiting('CrashLoopBackOff'), restartCount: 3 };
    expect(judge({}, crash).findings[0]).toMatchObject({ subject: 'default/web-1', place: { section: 'pods', item: 'u1' } });
    const one = { ...pod, containers: [{ ...container, ...crash }] };
    const { findings } = judgePods({ ...facts, namespace: 'default', pods: [one] }, { nowMs, thresholds: defaultSettings.thresholds });
    expect(findings[0]?.subject).toBe('web-1');
  });

  it('tells the worst of several containers', () => {
    const image: PodContainer = { ...container, name: 'side', ...waiting('ImagePullBackOff') };
    const crashed: PodContainer = { ...container, restartCount: 1, lastRun: lastRun(1, 'Error') };
    expect(judge({ containers: [crashed, image] }).rules[0]).toBe('pod-image');
  });

  it('gives the ratios of the whole pod', () => {
    const figures = { cpuCores: 1, cpuLimitCores: 4, memoryBytes: 10, memoryLimitBytes: null };
    expect(judge(figures).judged).toMatchObject({ cpuRatio: 0.25, memoryRatio: null });
  });

  it('says once that the cluster is gone, and only if it stays away', () => {
    const broken = { sinceMs: ago(5), detail: 'Nothing answers.' };
    const { snapshot, findings } = judgePods(
      { ...facts, watch: 'resuming', broken, pods: [pod] },
      { nowMs, thresholds: defaultSettings.thresholds },
    );
    expect(snapshot.level).toBe('warning');
    expect(findings).toMatchObject([
      { key: 'pods/cluster', subject: 'dev', level: 'warning', holdMs: 10_000, reason: { rule: 'cluster-lost' } },
    ]);
  });
});
