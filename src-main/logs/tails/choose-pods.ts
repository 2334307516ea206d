import type { LoggedContainer, LoggedPod } from '../../platform/pod-logs';

/** What is known of a pod besides what the cluster says. */
export interface PodStanding {
  /** A log of it is being followed. */
  readonly isFollowed: boolean;
  /** It began while LogScope watched, or was read by an earlier run of LogScope: then its end is read too if it is over by now. */
  readonly isOurs: boolean;
}

export interface ChosenPods {
  readonly followed: readonly LoggedPod[];
  /** Of those that still run or will: beyond the limit. In the order in which they would be followed. */
  readonly leftOut: readonly LoggedPod[];
}

/**
 * Which pods are followed: who is, stays; the others by what a developer most likely looks for. Those that were over before LogScope
 * met them are none of it, as exited containers of an engine are not.
 */
export function choosePods(pods: readonly LoggedPod[], limit: number, standingOf: (pod: LoggedPod) => PodStanding): ChosenPods {
  const candidates = pods
    .map((pod) => ({ pod, ...standingOf(pod) }))
    .filter(({ pod, isFollowed, isOurs }) => pod.containers.length > 0 && (!pod.isOver || isFollowed || isOurs));
  candidates.sort((one, other) => Number(other.isFollowed) - Number(one.isFollowed) || compareByInterest(one.pod, other.pod));
  const ordered = candidates.map(({ pod }) => pod);
  return { followed: ordered.slice(0, limit), leftOut: ordered.slice(limit) };
}

/** Its containers whose logs are worth a stream: of those that only prepare the pod, the ones that are at it, or failed. */
export function choosePodContainers(
  { containers }: LoggedPod,
  isOurs: (container: LoggedContainer) => boolean,
): readonly LoggedContainer[] {
  return containers.filter((one) => !one.init || one.isRunning || (one.exitCode ?? 0) !== 0 || isOurs(one));
}

/** "namespace/pod"; with the container's name where it is not the only one that stays. */
export function podSourceName({ namespace, name, containers }: LoggedPod, container: Pick<LoggedContainer, 'name' | 'init'>): string {
  const isOnlyOne = !container.init && containers.filter(({ init }) => !init).length === 1;
  return isOnlyOne ? `${namespace}/${name}` : `${namespace}/${name}/${container.name}`;
}

/** What runs before what is over, own pods before the cluster's, those in trouble before the others, the younger first. */
function compareByInterest(one: LoggedPod, other: LoggedPod): number {
  return (
    Number(one.isOver) - Number(other.isOver) ||
    Number(isOfCluster(one)) - Number(isOfCluster(other)) ||
    Number(one.ready) - Number(other.ready) ||
    other.createdAtMs - one.createdAtMs ||
    (one.name < other.name ? -1 : 1)
  );
}

function isOfCluster({ namespace }: LoggedPod): boolean {
  return namespace.startsWith('kube-');
}
