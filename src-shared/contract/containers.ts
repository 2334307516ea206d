import { z } from 'zod';
import { type ActionResult, request } from './request';

const containerId = z.string().regex(/^[0-9a-f]{12,64}$/);

export const containerActions = ['start', 'stop', 'restart', 'pause', 'unpause', 'remove'] as const;
export type ContainerAction = (typeof containerActions)[number];

export const containerRequests = {
  /** What the detail panel shows beyond the row of the snapshot. */
  'containers.detail': request<ContainerDetail>()(z.object({ id: containerId }).strict()),
  /** `remove` is refused for a container that runs. */
  'containers.act': request<ActionResult>()(z.object({ id: containerId, action: z.enum(containerActions) }).strict(), {
    destructive: true,
  }),
  /** Opens a shell inside the container in the user's own terminal, on the machine LogScope runs on. */
  'containers.shell': request<ShellResult>()(z.object({ id: containerId }).strict(), { destructive: true }),
} as const;

export interface ShellResult {
  readonly outcome: 'started' | 'no-terminal' | 'no-client' | 'not-running' | 'failed';
  /** What a person can type instead; argument by argument. */
  readonly command: readonly string[];
  readonly text: string;
}

export interface ContainerDetail {
  readonly id: string;
  readonly imageId: string;
  readonly imageDigest: string | null;
  readonly imageCreatedAtMs: number | null;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly workingDirectory: string | null;
  readonly user: string | null;
  readonly restartPolicy: string;
  readonly privileged: boolean;
  readonly mounts: readonly ContainerMount[];
  readonly networks: readonly { readonly name: string; readonly address: string | null }[];
  /** Names only; values never leave the engine. */
  readonly environmentNames: readonly string[];
  readonly labels: readonly { readonly name: string; readonly value: string }[];
  /** Newest first; the last runs of its health check. */
  readonly healthProbes: readonly HealthProbe[];
  /** Newest first: what happened to it since LogScope watches, at most 50. */
  readonly events: readonly ContainerEvent[];
  /** Against its last run that went well; null when none is remembered. */
  readonly changes: RunChanges | null;
}

export interface ContainerMount {
  readonly kind: string;
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface HealthProbe {
  readonly endedAtMs: number | null;
  readonly exitCode: number;
  /** At most 4 KiB, hostile text. */
  readonly output: string;
}

export interface ContainerEvent {
  readonly atMs: number;
  readonly action: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** What is different now from the last run that went well. Values of environment variables are compared by hash and never told. */
export interface RunChanges {
  readonly goodRunStartedAtMs: number;
  readonly goodRunLastedMs: number;
  readonly changes: readonly RunChange[];
}

export interface RunChange {
  readonly what: 'image' | 'image-content' | 'command' | 'environment' | 'port' | 'mount' | 'limit' | 'user' | 'network';
  readonly kind: 'added' | 'removed' | 'changed';
  /** The variable's name, the port, the mount's target; empty when there is only one. */
  readonly name: string;
  /** Null where values are secret or there is none on that side. */
  readonly before: string | null;
  readonly after: string | null;
}
