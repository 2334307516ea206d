import type { TrafficInput } from '../../src-shared/contract';
import { podLogStart } from '../logs/tails/pod-log-start';
import type { ContainerFeed } from '../platform/container-engine';
import type { PodLogs } from '../platform/pod-logs';

/** The log of a pod's container, asked for as an engine is. */
export function podFeed(input: Extract<TrafficInput, { kind: 'pod' }>, podLogs: PodLogs): Pick<ContainerFeed, 'openLogs'> {
  const { namespace, name, container } = input;
  return {
    openLogs: (_id, from, signal) => podLogs.open({ namespace, name, container, previous: false, from: podLogStart(from) }, signal),
  };
}
