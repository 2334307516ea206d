import { describe, expect, it } from 'vitest';
import { judgePods } from '../../../../src-main/rules/judge-pods';
import { defaultSettings } from '../../../../src-shared/settings';
import type { PodContainer } from '../../../../src-shared/snapshots';
import { ago, container, ended, facts, judge, lastRun, nowMs, pod, waiting } from './judged-pods';

describe('judgePods', () => {
  it('finds nothing in a pod that runs', () => {
    expect(judge({})).toMatchObject({ judged: { level: 'ok', reasons: [] }, findings: [], snapshot: { level: 'ok' } });
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

  it('forgets a crash that is stamped hours ahead, because the clock was set back', () => {
    expect(judge({}, { restartCount: 5, lastRun: lastRun(1, 'Error', -32_400) })).toMatchObject({ judged: { level: 'ok' }, findings: [] });
    expect(judge({}, { restartCount: 5, lastRun: lastRun(1, 'Error', -5) }).rules[0]).toBe('pod-crash-loop');
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
