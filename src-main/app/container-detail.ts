import type { ContainerDetail, ContainerEvent, RunChanges } from '../../src-shared/contract/containers';
import type { EngineContainerDetail, EngineImage } from '../platform/container-engine-detail';

export interface DetailInput {
  readonly detail: EngineContainerDetail;
  readonly image: EngineImage | null;
  readonly events: readonly ContainerEvent[];
  readonly changes: RunChanges | null;
}

/** What the window is told: of variables the names, never the values. Pure. */
export function toContainerDetail({ detail, image, events, changes }: DetailInput): ContainerDetail {
  const { id, imageId, entrypoint, command, workingDirectory, user, restartPolicy, privileged, mounts, networks, labels, healthProbes } =
    detail;
  return {
    id,
    imageId,
    imageDigest: image?.digest ?? null,
    imageCreatedAtMs: image?.createdAtMs ?? null,
    entrypoint,
    command,
    workingDirectory,
    user,
    restartPolicy,
    privileged,
    mounts,
    networks,
    environmentNames: detail.environment.map(({ name }) => name).sort(),
    labels: [...labels].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    healthProbes,
    events,
    changes,
  };
}
