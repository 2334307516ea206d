import type { ContainerMount, HealthProbe } from '../../src-shared/contract/containers';

/** One container at full length, for the detail panel and for comparing runs. Values of variables never leave the core. */
export interface EngineContainerDetail {
  readonly id: string;
  readonly image: string;
  readonly imageId: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly workingDirectory: string | null;
  readonly user: string | null;
  readonly restartPolicy: string;
  readonly privileged: boolean;
  readonly mounts: readonly ContainerMount[];
  readonly networkMode: string;
  readonly networks: readonly { readonly name: string; readonly address: string | null }[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly labels: readonly { readonly name: string; readonly value: string }[];
  /** Newest first. */
  readonly healthProbes: readonly HealthProbe[];
  /** As ordered, not as given: a host port the engine may choose is null. */
  readonly orderedPorts: readonly { readonly port: string; readonly hostAddress: string | null; readonly hostPort: string | null }[];
  /** Only those that are set: "memory" -> bytes, "cpus" -> cores, "pids" -> count. */
  readonly limits: Readonly<Record<string, number>>;
}

export interface EngineImage {
  readonly id: string;
  /** "name@sha256:…" as the registry knows it; null for an image that was built here. */
  readonly digest: string | null;
  readonly createdAtMs: number | null;
  /** When the name was last given to it; null when the engine does not tell. */
  readonly taggedAtMs: number | null;
}
