import { type Level, worstLevel } from '../../../src-shared/level';
import type { Container } from '../../../src-shared/snapshots';

/** What containers belong to: a compose project, a pod, or nothing. */
export interface ContainerGroup {
  /** Stable over time: `compose/<engine>/<project>`, `pod/<engine>/<namespace>/<name>`, `none`. */
  readonly key: string;
  readonly kind: 'compose' | 'pod' | 'none';
  /** Empty for `none`. */
  readonly name: string;
  readonly containers: readonly Container[];
  readonly level: Level;
  readonly runningCount: number;
  /** Sums over those that have a figure; null when none has. */
  readonly cpuCores: number | null;
  readonly cpuHostRatio: number | null;
  readonly memoryUsedBytes: number | null;
}

export function groupKey({ composeProject, pod, engineId }: Pick<Container, 'composeProject' | 'pod' | 'engineId'>): string {
  if (pod !== null) return `pod/${engineId}/${pod.namespace}/${pod.name}`;
  return composeProject === null ? 'none' : `compose/${engineId}/${composeProject}`;
}

/** In order of first appearance. */
export function groupContainers(containers: readonly Container[]): readonly ContainerGroup[] {
  const members = new Map<string, Container[]>();
  for (const container of containers) {
    const key = groupKey(container);
    const there = members.get(key);
    if (there) there.push(container);
    else members.set(key, [container]);
  }
  return [...members].map(([key, own]) => ({
    key,
    ...nameOf(own[0]),
    containers: own,
    level: worstLevel(own.map((one) => one.level)),
    runningCount: own.filter((one) => one.state === 'running').length,
    cpuCores: sum(own, (one) => one.cpuCores),
    cpuHostRatio: sum(own, (one) => one.cpuHostRatio),
    memoryUsedBytes: sum(own, (one) => one.memoryUsedBytes),
  }));
}

function nameOf(first: Container | undefined): Pick<ContainerGroup, 'kind' | 'name'> {
  if (first?.pod) return { kind: 'pod', name: `${first.pod.namespace}/${first.pod.name}` };
  if (first?.composeProject) return { kind: 'compose', name: first.composeProject };
  return { kind: 'none', name: '' };
}

function sum(containers: readonly Container[], figure: (container: Container) => number | null): number | null {
  return containers.reduce<number | null>((total, one) => {
    const value = figure(one);
    return value === null ? total : (total ?? 0) + value;
  }, null);
}

/** One line of the list. */
export type ListEntry = { readonly kind: 'group'; readonly key: string } | { readonly kind: 'container'; readonly id: string };

/** Groups and containers as one list, in the given orders; a folded group shows its heading only. */
export function listEntries(
  groupKeys: readonly string[],
  containerIds: readonly string[],
  groupOf: ReadonlyMap<string, string>,
  isOpen: (key: string) => boolean,
): readonly ListEntry[] {
  const members = new Map<string, string[]>();
  for (const id of containerIds) {
    const key = groupOf.get(id);
    if (key === undefined) continue;
    const there = members.get(key);
    if (there) there.push(id);
    else members.set(key, [id]);
  }
  return groupKeys.flatMap((key): readonly ListEntry[] => [
    { kind: 'group', key },
    ...(isOpen(key) ? (members.get(key) ?? []).map((id) => ({ kind: 'container' as const, id })) : []),
  ]);
}
