/**
 * How log streams read pods without knowing who watches the cluster. The pods collector gives one; its connection (context,
 * credentials) is the one that the pods are watched through.
 */
export interface PodLogs {
  /**
   * Raw log bytes, each line led by an RFC 3339 stamp with nanoseconds and a space. Follows until the container ends, except
   * with `previous`, which ends by itself. Rejects with PodLogError; breaks with PodLogError when the connection does.
   */
  open(request: PodLogRequest, signal: AbortSignal): Promise<AsyncIterable<Buffer>>;
  /**
   * The pods that belong to this owner now, in the order of their names; cheap enough to ask again every second.
   * A Deployment's pods belong to its ReplicaSets: they are found by the name that the pod-template-hash leaves over.
   */
  podsOf(namespace: string, ownerKind: string, ownerName: string): readonly PodLogSource[];
}

export interface PodLogRequest {
  readonly namespace: string;
  readonly name: string;
  /** Null: its first container that is no init container. */
  readonly container: string | null;
  /** The run before the present one. */
  readonly previous: boolean;
  /** Newest lines to begin with, or everything from a stamp (inclusive, RFC 3339, cut to whole seconds by the cluster). */
  readonly from: { readonly tail: number } | { readonly since: string };
}

/** The pods that are watched, for those who follow all of their logs. */
export interface PodFeed {
  /** As the watch has them now; the same object while nothing changed, cheap enough to ask every second. Null: no cluster is connected. */
  watched(): WatchedPods | null;
}

export interface WatchedPods {
  /** Changes when another watch begins, of this cluster or of another: what its first list holds was there before. */
  readonly watch: number;
  readonly pods: readonly LoggedPod[];
}

export interface LoggedPod {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly ready: boolean;
  /** It ended for good: nothing of it will be started again. */
  readonly isOver: boolean;
  /** Those that run or ran, in order. */
  readonly containers: readonly LoggedContainer[];
}

export interface LoggedContainer {
  readonly name: string;
  /** Runs before the others and ends. */
  readonly init: boolean;
  readonly isRunning: boolean;
  /** Of the present run or the last one; null: unknown, or it runs. */
  readonly exitCode: number | null;
  /** Rises with each new run. */
  readonly restartCount: number;
  /** When the run ended whose log the cluster gives as `previous`; null: there is none. */
  readonly previousEndedAtMs: number | null;
  /** As its runtime calls it, "docker://<64 hex>"; null: not known. */
  readonly containerId: string | null;
}

export interface PodLogSource {
  readonly namespace: string;
  readonly name: string;
  /** Changes when a pod of the same name is made anew. */
  readonly uid: string;
  /** Its containers in order, without init containers. */
  readonly containers: readonly string[];
}

/** Everything a log request can end in other than lines. */
export class PodLogError extends Error {
  constructor(
    /** In the cluster's own words where it said any. */
    message: string,
    /** 400 no such container or no previous run, 403 forbidden, 404 the pod is gone; null: the connection broke or none is there. */
    readonly statusCode: number | null,
  ) {
    super(message);
    this.name = 'PodLogError';
  }
}
