import type { Unavailable, UnavailableReason } from '../../src-shared/reading';
import { type ContainerEngineClient, ContainerEngineError } from './container-engine';
import { connectContainerEngine } from './container-engine-client';
import { type EndpointSearch, findEngineEndpoints, isEngineInstalled } from './container-engine-endpoint';
import { judgeNoSocket } from './container-engine-errors';

export type EngineConnection = { readonly kind: 'connected'; readonly client: ContainerEngineClient } | Unavailable;

export interface EngineConnector {
  /** Opens a connection, or says why there is none. Throws only what is unexpected. */
  connect(signal: AbortSignal): Promise<EngineConnection>;
  /** The address named by flags or settings at this moment; when it changes, an open connection is out of date. */
  explicitAddress(): string | null;
}

/** The most telling of several failures: a socket that refuses says more than one that is not there. */
const weight: Readonly<Record<UnavailableReason, number>> = {
  'permission-denied': 4,
  'not-running': 3,
  starting: 3,
  unreachable: 3,
  'needs-consent': 2,
  'unsupported-platform': 2,
  'not-installed': 1,
  'not-configured': 1,
  disabled: 0,
};

/** Looks for an engine anew at each call, since DOCKER_HOST, settings and sockets change; the first that answers wins. */
export function createEngineConnector(search: () => EndpointSearch): EngineConnector {
  async function connect(signal: AbortSignal): Promise<EngineConnection> {
    const where = search();
    const found = findEngineEndpoints(where);
    if (found.kind !== 'found') return found;
    const installed = isEngineInstalled(where);
    let worst: Unavailable | null = null;
    for (const endpoint of found.candidates) {
      try {
        return { kind: 'connected', client: await connectContainerEngine({ endpoint, installed: installed || !found.named }, signal) };
      } catch (error) {
        if (!(error instanceof ContainerEngineError) || error.outage === null) throw error;
        if (worst === null || weight[error.outage.reason] > weight[worst.reason]) worst = error.outage;
      }
    }
    return worst ?? judgeNoSocket(installed);
  }

  return { connect, explicitAddress: () => search().explicit?.address ?? null };
}
