import type { TrafficInput } from '../../src-shared/contract';
import type { ContainerFeed } from '../platform/container-engine';
import type { PodLogs } from '../platform/pod-logs';

/** The log of a pod's container, asked for as an engine is. */
export function podFeed(input: Extract<TrafficInput, { kind: 'pod' }>, podLogs: PodLogs): Pick<ContainerFeed, 'openLogs'> {
  const { namespace, name, container } = input;
  return {
    openLogs: (_id, from, signal) =>
      podLogs.open(
        { namespace, name, container, previous: false, from: 'since' in from ? { since: wholeSeconds(from.since) } : from },
        signal,
      ),
  };
}

/** "1732158891.561520378", as engines take it, to the RFC 3339 that clusters take; they know whole seconds only. */
function wholeSeconds(since: string): string {
  return `${new Date(Number.parseInt(since, 10) * 1000).toISOString().slice(0, 19)}Z`;
}
