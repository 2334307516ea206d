import type { Clock } from '../../platform/clock';
import type { PodLogRequest, PodLogs } from '../../platform/pod-logs';
import { ContainerTail } from './container';
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
    openLogs: (_id: string, from: { readonly tail: number } | { readonly since: string }, signal: AbortSignal) =>
      podLogs.open({ ...request, from: 'since' in from ? { since: wholeSeconds(from.since) } : from }, signal),
  };
  const container = { id: name, name, tty: true, startedAtMs: 0, startedWhileWatching: false };
  const stream = new ContainerTail(container, feed, clock, { onLine: listener.onLine }, { linesOnAttach: tail, onState: listener.onState });
  // A run that is over will not be started again.
  if (request.previous) stream.update(null);
  return stream;
}

/** "1732158891.561520378", as engines take it, to the RFC 3339 that clusters take; they know whole seconds only. */
function wholeSeconds(since: string): string {
  return `${new Date(Number.parseInt(since, 10) * 1000).toISOString().slice(0, 19)}Z`;
}
