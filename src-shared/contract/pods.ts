import { z } from 'zod';
import type { KubernetesContext } from '../snapshots/pods';
import { nothing, request } from './request';

const kubernetesName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[a-z0-9.-]+$/);

export const podRequests = {
  /** Events of the namespace that concern this pod and its owners, newest first. */
  'pods.events': request<PodEvents>()(z.object({ namespace: kubernetesName, name: kubernetesName }).strict()),
  /** The contexts of the kubeconfigs, also while the chosen one cannot be reached. */
  'pods.contexts': request<KubernetesContexts>()(nothing),
} as const;

export interface KubernetesContexts {
  readonly contexts: readonly KubernetesContext[];
  /** The kubeconfig's own current one; null when it names none. */
  readonly current: string | null;
  /** The programs that they get their credentials from, each once. */
  readonly programs: readonly KubernetesProgram[];
}

/** A program that a kubeconfig wants to have run. */
export interface KubernetesProgram {
  /** What the settings keep when a person agreed to it: a hash of all that would be run. */
  readonly key: string;
  /** As it would be typed; values that are secret by their name are covered. */
  readonly command: readonly string[];
  /** Names of the contexts that use it. */
  readonly contexts: readonly string[];
}

export interface PodEvents {
  readonly events: readonly PodEvent[];
  /** Why there are none; null when they were read. */
  readonly unreadable: string | null;
}

export interface PodEvent {
  readonly atMs: number | null;
  readonly type: 'Normal' | 'Warning' | string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** "Pod web-1", "ReplicaSet web-7d4b". */
  readonly object: string;
}
