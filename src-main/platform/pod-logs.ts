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
