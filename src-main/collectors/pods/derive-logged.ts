import type { PodContainer } from '../../../src-shared/snapshots/pods';
import type { LoggedContainer, LoggedPod } from '../../platform/pod-logs';
import type { WatchedPod } from './parse';

/** What of a pod those need who follow its logs. */
export function deriveLogged({ facts, containerIds }: WatchedPod): LoggedPod {
  const { uid, namespace, name, createdAtMs, ready, phase } = facts;
  const containers = facts.containers.filter(hasRun).map((container) => toLogged(container, containerIds.get(container.name) ?? null));
  return { uid, namespace, name, createdAtMs, ready, isOver: phase === 'Succeeded' || phase === 'Failed', containers };
}

/** Between two runs a container waits; before its first one it has no log. */
function hasRun({ state, lastRun }: PodContainer): boolean {
  return state === 'running' || state === 'terminated' || lastRun !== null;
}

function toLogged({ name, init, state, exitCode, restartCount, lastRun }: PodContainer, containerId: string | null): LoggedContainer {
  // Of one that waits the cluster gives the last run as the present one (validateContainerLogStatus of the kubelet).
  const previous = state === 'waiting' ? null : lastRun;
  return {
    name,
    init,
    isRunning: state === 'running',
    exitCode: state === 'waiting' ? (lastRun?.exitCode ?? null) : exitCode,
    restartCount,
    previousEndedAtMs: previous === null ? null : (previous.finishedAtMs ?? 0),
    containerId,
  };
}
