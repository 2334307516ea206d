import type { PodContainer, PodFacts } from '../../../src-shared/snapshots/pods';
import { deriveStatus } from './derive-status';
import { parseQuantity } from './parse-quantity';
import { isSidecar, podSchema, type RawContainer, type RawContainerStatus, type RawPod } from './pod-json';

/** A pod as the watch keeps it: what is shown, and what only finding its owner and its logs needs. */
export interface WatchedPod {
  readonly facts: PodFacts;
  readonly resourceVersion: string | null;
  /** Every name under which events may speak of it: its own, its ReplicaSet's, its Deployment's. */
  readonly relatives: readonly { readonly kind: string; readonly name: string }[];
  /** By its containers' names, as their runtime calls them: "docker://<64 hex>". */
  readonly containerIds: ReadonlyMap<string, string>;
}

/** Null when it is no pod at all. CPU and memory are still unknown. */
export function parsePod(json: unknown): WatchedPod | null {
  const parsed = podSchema.safeParse(json);
  if (!parsed.success) return null;
  const pod = parsed.data;
  const { metadata, spec, status } = pod;
  const containers = parseContainers(pod);
  const ordinary = containers.filter(({ init }) => !init);
  const controller = controllerOf(pod);
  const deployment = deploymentOf(controller, metadata.labels?.['pod-template-hash']);
  const unscheduled = (status?.conditions ?? []).find(
    ({ type, status: state, reason }) => type === 'PodScheduled' && state === 'False' && reason,
  );
  const facts: PodFacts = {
    uid: metadata.uid,
    namespace: metadata.namespace,
    name: metadata.name,
    ...deriveStatus(pod),
    phase: parsePhase(status?.phase),
    reason: status?.reason || unscheduled?.reason || null,
    message: status?.message || unscheduled?.message || null,
    ready: (status?.conditions ?? []).some((one) => one.type === 'Ready' && one.status === 'True'),
    node: spec?.nodeName || null,
    owner: deployment ?? controller,
    createdAtMs: parseTime(metadata.creationTimestamp) ?? 0,
    startedAtMs: parseTime(status?.startTime),
    deletingSinceMs: deletingSince(metadata),
    containers,
    cpuCores: null,
    memoryBytes: null,
    cpuLimitCores: sumOrNull(ordinary.map((one) => one.cpuLimitCores)),
    memoryLimitBytes: sumOrNull(ordinary.map((one) => one.memoryLimitBytes)),
  };
  const relatives = [{ kind: 'Pod', name: metadata.name }, controller, deployment].filter((one) => one !== null);
  return { facts, resourceVersion: metadata.resourceVersion ?? null, relatives, containerIds: containerIdsOf(pod) };
}

function containerIdsOf({ status }: RawPod): ReadonlyMap<string, string> {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return new Map(all.flatMap(({ name, containerID }) => (containerID ? [[name, containerID] as const] : [])));
}

/** The sum; null when one is unknown or there are none. */
export function sumOrNull(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return values.length === 0 ? null : sum;
}

/** Epoch milliseconds of an RFC 3339 stamp; null for none. */
export function parseTime(stamp: string | null | undefined): number | null {
  if (!stamp) return null;
  const ms = Date.parse(stamp);
  return Number.isNaN(ms) ? null : ms;
}

function parseContainers({ spec, status }: RawPod): readonly PodContainer[] {
  const statuses = new Map([...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].map((one) => [one.name, one]));
  const inits = (spec?.initContainers ?? []).map((one) => parseContainer(one, statuses.get(one.name), !isSidecar(one)));
  return [...inits, ...(spec?.containers ?? []).map((one) => parseContainer(one, statuses.get(one.name), false))];
}

function parseContainer(spec: RawContainer, status: RawContainerStatus | undefined, init: boolean): PodContainer {
  const { waiting, running, terminated } = status?.state ?? {};
  const last = status?.lastState?.terminated ?? null;
  return {
    name: spec.name,
    image: spec.image,
    init,
    ready: status?.ready ?? false,
    state: terminated ? 'terminated' : running ? 'running' : waiting ? 'waiting' : 'unknown',
    reason: terminated?.reason || waiting?.reason || null,
    message: terminated?.message || waiting?.message || null,
    exitCode: terminated?.exitCode ?? null,
    startedAtMs: parseTime(running?.startedAt ?? terminated?.startedAt),
    finishedAtMs: parseTime(terminated?.finishedAt),
    restartCount: status?.restartCount ?? 0,
    lastRun: last && { exitCode: last.exitCode ?? null, reason: last.reason || null, finishedAtMs: parseTime(last.finishedAt) },
    cpuCores: null,
    memoryBytes: null,
    cpuLimitCores: parseQuantity(spec.resources?.limits?.cpu),
    memoryLimitBytes: parseQuantity(spec.resources?.limits?.memory),
  };
}

function parsePhase(phase: string | null | undefined): PodFacts['phase'] {
  return phase === 'Pending' || phase === 'Running' || phase === 'Succeeded' || phase === 'Failed' ? phase : 'Unknown';
}

function controllerOf({ metadata }: RawPod): PodFacts['owner'] {
  const owners = metadata.ownerReferences ?? [];
  const owner = owners.find(({ controller }) => controller === true) ?? owners[0];
  return owner === undefined ? null : { kind: owner.kind, name: owner.name };
}

/** A Deployment names its ReplicaSets "<deployment>-<pod-template-hash>". */
function deploymentOf(controller: PodFacts['owner'], hash: string | undefined): PodFacts['owner'] {
  if (controller?.kind !== 'ReplicaSet' || !hash || !controller.name.endsWith(`-${hash}`)) return null;
  return { kind: 'Deployment', name: controller.name.slice(0, -hash.length - 1) };
}

/** The stamp of a deletion is the time by which the pod must be gone. */
function deletingSince(metadata: RawPod['metadata']): number | null {
  const dueAtMs = parseTime(metadata.deletionTimestamp);
  return dueAtMs === null ? null : dueAtMs - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
}
