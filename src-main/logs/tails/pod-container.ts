import type { Clock } from '../../platform/clock';
import type { LogStart } from '../../platform/container-engine';
import type { PodLogRequest, PodLogs } from '../../platform/pod-logs';
import { ContainerTail } from './container';
import { podLogStart } from './pod-log-start';
import type { TailLine } from './tail';

export interface PodContainerListener {
  readonly onLine: (line: TailLine) => void;
  readonly onState: () => void;
}

/**
 * One container of a pod, read like any other container: the cluster stamps lines as an engine does, as plain text.
 */
export function openPodContainer(
  request: Omit<PodLogRequest, 'from'>,
  tail: number,
  podLogs: PodLogs,
  clock: Clock,
  listener: PodContainerListener,
): ContainerTail {
  const name = `${request.namespace}/${request.name}`;
  const feed = {
    openLogs: (_id: string, from: LogStart, signal: AbortSignal) => podLogs.open({ ...request, from: podLogStart(from) }, signal),
  };
  const container = { id: name, name, tty: true, startedAtMs: 0, startedWhileWatching: false };
  const stream = new ContainerTail(container, feed, clock, { onLine: listener.onLine }, { linesOnAttach: tail, onState: listener.onState });
  // A run that is over will not be started again.
  if (request.previous) stream.update(null);
  return stream;
}
