import type { PodContainer, PodFacts } from '../../../src-shared/snapshots/pods';
import { sumOrNull } from './parse';
import type { ContainerUsage } from './parse-metrics';

/**
 * The pod with the figures of metrics-server. The same object when it has none. A pod's figure is the sum over those of its
 * containers that have one: ended ones have none.
 */
export function withUsage(pod: PodFacts, usage: ReadonlyMap<string, ContainerUsage> | undefined): PodFacts {
  if (usage === undefined || usage.size === 0) return pod;
  const containers = pod.containers.map((container): PodContainer => ({ ...container, ...usage.get(container.name) }));
  const measured = containers.filter(({ name }) => usage.has(name));
  return {
    ...pod,
    containers,
    cpuCores: sumOrNull(measured.map(({ cpuCores }) => cpuCores)),
    memoryBytes: sumOrNull(measured.map(({ memoryBytes }) => memoryBytes)),
  };
}
