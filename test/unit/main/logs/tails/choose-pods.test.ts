import { describe, expect, it } from 'vitest';
import { choosePodContainers, choosePods, podSourceName } from '../../../../../src-main/logs/tails/choose-pods';
import type { LoggedContainer, LoggedPod } from '../../../../../src-main/platform/pod-logs';
import { runningContainer as main } from './sample-pod-container';

function podOf(name: string, more: Partial<LoggedPod> = {}): LoggedPod {
  return { uid: name, namespace: 'shop', name, createdAtMs: 1_000, ready: true, isOver: false, containers: [main], ...more };
}

function chosen(pods: readonly LoggedPod[], limit: number, standing: Readonly<Record<string, 'followed' | 'ours'>> = {}) {
  const { followed, leftOut } = choosePods(pods, limit, ({ name }) => ({
    isFollowed: standing[name] === 'followed',
    isOurs: standing[name] === 'ours',
  }));
  return { followed: followed.map(({ name }) => name), leftOut: leftOut.map(({ name }) => name) };
}

describe('choosePods', () => {
  it('prefers own pods to those of the cluster, those in trouble, and the younger', () => {
    const pods = [
      podOf('proxy', { namespace: 'kube-system', ready: false, createdAtMs: 9_000 }),
      podOf('old', { createdAtMs: 1_000 }),
      podOf('young', { createdAtMs: 2_000 }),
      podOf('broken', { ready: false, createdAtMs: 500 }),
    ];
    expect(chosen(pods, 3)).toEqual({ followed: ['broken', 'young', 'old'], leftOut: ['proxy'] });
    expect(chosen(pods, 1)).toEqual({ followed: ['broken'], leftOut: ['young', 'old', 'proxy'] });
    expect(chosen(pods, 4).leftOut).toEqual([]);
  });

  it('keeps who is followed, whoever comes', () => {
    const pods = [podOf('quiet'), podOf('broken', { ready: false })];
    expect(chosen(pods, 1, { quiet: 'followed' })).toEqual({ followed: ['quiet'], leftOut: ['broken'] });
  });

  it('leaves alone what has no log yet, and what was over before it was met', () => {
    const pods = [podOf('pending', { containers: [] }), podOf('job-old', { isOver: true }), podOf('job-ours', { isOver: true })];
    expect(chosen(pods, 9, { 'job-ours': 'ours' })).toEqual({ followed: ['job-ours'], leftOut: [] });
  });
});

describe('choosePodContainers', () => {
  const names = (containers: readonly LoggedContainer[], ours: string[] = []) =>
    choosePodContainers(podOf('web', { containers }), ({ name }) => ours.includes(name)).map(({ name }) => name);

  it('takes of those that prepare the pod the ones that run or failed, or that were seen to run', () => {
    const done: LoggedContainer = { ...main, name: 'migrate', init: true, isRunning: false, exitCode: 0 };
    expect(names([done, main])).toEqual(['main']);
    expect(names([done, main], ['migrate'])).toEqual(['migrate', 'main']);
    expect(names([{ ...done, exitCode: 2 }, main])).toEqual(['migrate', 'main']);
    expect(names([{ ...done, isRunning: true, exitCode: null }])).toEqual(['migrate']);
    expect(names([{ ...main, isRunning: false, exitCode: 0 }])).toEqual(['main']);
  });
});

describe('podSourceName', () => {
  it('names the container where there is a choice', () => {
    const proxy = { ...main, name: 'proxy' };
    const init = { ...main, name: 'migrate', init: true };
    expect(podSourceName(podOf('web'), main)).toBe('shop/web');
    expect(podSourceName(podOf('web', { containers: [init, main] }), main)).toBe('shop/web');
    expect(podSourceName(podOf('web', { containers: [init, main] }), init)).toBe('shop/web/migrate');
    expect(podSourceName(podOf('web', { containers: [main, proxy] }), proxy)).toBe('shop/web/proxy');
  });
});
