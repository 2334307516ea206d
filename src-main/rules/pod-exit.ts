import { formatBytes } from '../../src-shared/format';
import type { Reason } from '../../src-shared/judgement';
import type { PodContainer } from '../../src-shared/snapshots';
import { exitReasons } from './container-exit';
import { reason } from './reason';

/** How a run of a container ended; null fields are what the cluster does not say. */
export interface PodRunEnd {
  readonly exitCode: number | null;
  readonly reason: string | null;
  readonly finishedAtMs: number | null;
}

export function isOutOfMemory(end: PodRunEnd): boolean {
  return end.reason === 'OOMKilled';
}

/** Neither a success nor a plain request to end. */
export function isBadEnd(end: PodRunEnd): boolean {
  return isOutOfMemory(end) || (end.exitCode !== null && end.exitCode !== 0 && end.exitCode !== 143);
}

/**
 * What the end means and what helps. Codes mean what they mean in any container, but in a pod it is usually the kubelet
 * that sends the signals; `previous`: the log of that run is the one before the present.
 */
export function podExitReasons(container: PodContainer, end: PodRunEnd, previous: boolean): readonly Reason[] {
  const logs = reason(previous ? 'pod-remedy-previous-logs' : 'pod-remedy-logs');
  if (isOutOfMemory(end)) {
    if (container.memoryLimitBytes === null) return [reason('pod-remedy-memory-node')];
    return [reason('pod-remedy-memory', { container: container.name, limit: formatBytes(container.memoryLimitBytes) })];
  }
  if (end.exitCode === 137) return [reason('pod-exit-killed'), reason('pod-remedy-killed')];
  if (end.exitCode === 143) return [reason('pod-exit-terminated'), reason('pod-remedy-killed')];
  if (end.exitCode === 0) return [reason('pod-exit-finished'), reason('pod-remedy-finished')];
  const [meaning, remedy] = exitReasons({ exitCode: end.exitCode, oomKilled: false, stopRequested: null, memoryLimited: true }, {});
  // "Its last log lines" of a container that is restarted over and over are those of the run before.
  return [meaning, remedy === undefined || remedy.rule === 'container-remedy-logs' ? logs : remedy];
}
