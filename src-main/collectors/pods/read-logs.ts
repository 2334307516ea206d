import type { PodEvents } from '../../../src-shared/contract/pods';
import { type KubernetesClient, KubernetesError, pathOf } from '../../platform/kubernetes';
import { PodLogError, type PodLogRequest, type PodLogSource } from '../../platform/pod-logs';
import type { WatchedPod } from './parse';
import { newestFirst, parseEvents } from './parse-events';

const maxEventCount = 100;

/** Follows one container's log. Rejects and breaks with PodLogError. */
export async function openPodLog(
  client: KubernetesClient,
  container: string | null,
  request: PodLogRequest,
  signal: AbortSignal,
): Promise<AsyncIterable<Buffer>> {
  const { namespace, name, previous, from } = request;
  const query = {
    timestamps: true,
    ...(container === null ? {} : { container }),
    ...(previous ? { previous: true } : { follow: true }),
    ...('tail' in from ? { tailLines: from.tail } : { sinceTime: from.since }),
  };
  try {
    return withLogErrors(await client.stream(`/api/v1${pathOf('namespaces', namespace, 'pods', name, 'log')}`, query, null, signal));
  } catch (error) {
    throw toLogError(error);
  }
}

async function* withLogErrors(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  try {
    yield* pieces;
  } catch (error) {
    throw toLogError(error);
  }
}

function toLogError(error: unknown): unknown {
  return error instanceof KubernetesError ? new PodLogError(error.outage?.detail ?? error.message, error.statusCode) : error;
}

/** The pods of this owner, by name. */
export function podsOfOwner(pods: Iterable<WatchedPod>, namespace: string, ownerKind: string, ownerName: string): readonly PodLogSource[] {
  return [...pods]
    .filter(
      ({ facts, relatives }) =>
        facts.namespace === namespace && relatives.some(({ kind, name }) => kind === ownerKind && name === ownerName),
    )
    .map(({ facts }) => ({
      namespace,
      name: facts.name,
      uid: facts.uid,
      containers: facts.containers.filter(({ init }) => !init).map(({ name }) => name),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Events about the pod and its owners: one request for each. */
export async function readPodEvents(
  client: KubernetesClient,
  namespace: string,
  relatives: WatchedPod['relatives'],
  signal: AbortSignal,
): Promise<PodEvents> {
  try {
    const path = `/api/v1${pathOf('namespaces', namespace, 'events')}`;
    const lists = await Promise.all(
      relatives.map(async ({ kind, name }) => {
        const fieldSelector = `involvedObject.kind=${kind},involvedObject.name=${name}`;
        return parseEvents(await client.getJson(path, { fieldSelector, limit: 500 }, signal));
      }),
    );
    return { events: newestFirst(lists.flat()).slice(0, maxEventCount), unreadable: null };
  } catch (error) {
    if (!(error instanceof KubernetesError)) throw error;
    return { events: [], unreadable: error.outage?.detail ?? error.message };
  }
}
