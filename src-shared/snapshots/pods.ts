import type { Reason } from '../judgement';
import type { Level } from '../level';

export interface KubernetesContext {
  readonly name: string;
  readonly cluster: string;
  readonly server: string | null;
  readonly user: string;
  readonly namespace: string | null;
}

export interface PodContainer {
  readonly name: string;
  readonly image: string;
  /** Runs before the others and ends; a sidecar (an init container that stays) counts as an ordinary one. */
  readonly init: boolean;
  readonly ready: boolean;
  readonly state: 'waiting' | 'running' | 'terminated' | 'unknown';
  /** The cluster's word for waiting or terminated: CrashLoopBackOff, OOMKilled. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly exitCode: number | null;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly restartCount: number;
  /** How the run before this one ended. */
  readonly lastRun: { readonly exitCode: number | null; readonly reason: string | null; readonly finishedAtMs: number | null } | null;
  /** From metrics-server; null without it. */
  readonly cpuCores: number | null;
  readonly memoryBytes: number | null;
  readonly cpuLimitCores: number | null;
  readonly memoryLimitBytes: number | null;
}

export interface PodFacts {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** In a word or two what `kubectl get pods` shows under STATUS: CrashLoopBackOff, Init:1/2, Terminating, Running, Completed. */
  readonly status: string;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  /** The pod's own reason (Evicted, NodeLost) or its scheduling condition's (Unschedulable). */
  readonly reason: string | null;
  readonly message: string | null;
  readonly ready: boolean;
  readonly node: string | null;
  readonly owner: { readonly kind: string; readonly name: string } | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  /** Set while it is being deleted. */
  readonly deletingSinceMs: number | null;
  readonly restartCount: number;
  readonly containers: readonly PodContainer[];
  readonly cpuCores: number | null;
  readonly memoryBytes: number | null;
  /** Sums over containers; null when one of them has none. */
  readonly cpuLimitCores: number | null;
  readonly memoryLimitBytes: number | null;
}

export interface PodsFacts {
  readonly contexts: readonly KubernetesContext[];
  readonly context: string;
  readonly serverVersion: string | null;
  /** Null: all of them. */
  readonly namespace: string | null;
  /** Null when these rights cannot list them. */
  readonly namespaces: readonly string[] | null;
  /** Why pods have no CPU and memory; null when metrics-server answers. */
  readonly metricsUnavailable: string | null;
  /** `resuming`: the watch broke and is being taken up again; the pods are as last seen. */
  readonly watch: 'live' | 'resuming';
  /** Since when and why the watch is being taken up again; null while it is live. */
  readonly broken: { readonly sinceMs: number; readonly detail: string } | null;
  readonly pods: readonly PodFacts[];
}

export interface Pod extends PodFacts {
  readonly cpuRatio: number | null;
  readonly memoryRatio: number | null;
  readonly level: Level;
  readonly reasons: readonly Reason[];
}

export interface PodsSnapshot extends Omit<PodsFacts, 'pods'> {
  readonly pods: readonly Pod[];
  readonly level: Level;
}
