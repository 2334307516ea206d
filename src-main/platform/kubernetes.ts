import type { Unavailable } from '../../src-shared/reading';
import type { KubernetesContext } from '../../src-shared/snapshots/pods';

/**
 * The port to a cluster: reads only, by construction there is no other verb than GET. Paths and queries are the cluster's
 * own ("/api/v1/pods"); what comes back is hostile until parsed.
 */
export interface KubernetesClient {
  readonly context: KubernetesContext;
  /** Address of the cluster as shown to people. */
  readonly server: string;
  /** One answer as JSON. Throws KubernetesError. */
  getJson(path: string, query: KubernetesQuery, signal: AbortSignal): Promise<unknown>;
  /** Bytes until the cluster ends them. Rejects, and later breaks, with KubernetesError. `silenceMs`: longest pause; null for any. */
  stream(path: string, query: KubernetesQuery, silenceMs: number | null, signal: AbortSignal): Promise<AsyncIterable<Buffer>>;
  /** Ends every open request and socket. Idempotent. */
  close(): void;
}

export type KubernetesQuery = Readonly<Record<string, string | number | boolean>>;

/**
 * Everything a request can end in other than an answer. `statusCode` is the cluster's (null: it did not answer at all);
 * `outage` is what the user is told when nothing can be read because of it.
 */
export class KubernetesError extends Error {
  constructor(
    message: string,
    readonly statusCode: number | null,
    readonly outage: Unavailable | null,
  ) {
    super(message);
    this.name = 'KubernetesError';
  }
}

/** Names go into request paths: one path segment each, whatever they hold. Throws KubernetesError for what cannot be a segment. */
export function pathOf(...segments: readonly string[]): string {
  // URLs take ".." and "%2e%2e" alike for a step up.
  const odd = segments.find((segment) => segment === '' || segment === '.' || segment === '..');
  if (odd !== undefined) throw new KubernetesError(`"${odd}" is no name`, 400, null);
  return `/${segments.map(encodeURIComponent).join('/')}`;
}
