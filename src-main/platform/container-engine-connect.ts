import { type Unavailable, unavailable } from '../../src-shared/reading';
import { say } from '../../src-shared/sentence';
import type { ContainerEngineClient } from './container-engine';
import { connectContainerEngine } from './container-engine-client';
import {
  type EndpointSearch,
  type EngineEndpoint,
  type FoundEndpoint,
  findEngineEndpoints,
  isEngineInstalled,
  lookAtEndpoint,
} from './container-engine-endpoint';
import { judgeConnectionError, judgeNoSocket } from './container-engine-errors';

/** How the collector reaches engines: an adapter that a test replaces as a whole. */
export interface EngineConnector {
  /** Where engines are or may be at this moment; DOCKER_HOST, contexts, settings and sockets change. */
  find(): FoundEngines;
  /** Throws ContainerEngineError when there is none that can be used. */
  connect(endpoint: EngineEndpoint, signal: AbortSignal): Promise<ContainerEngineClient>;
  /** See lookAtEndpoint. */
  look(endpoint: EngineEndpoint): string | 'nothing' | null;
  /** What is told when nothing stands at a socket's place, without a try to connect. */
  judgeAbsent(endpoint: EngineEndpoint, named: boolean): Unavailable;
  /** What is told when there is no endpoint at all. */
  judgeNone(): Unavailable;
}

export interface FoundEngines {
  readonly endpoints: readonly FoundEndpoint[];
  /** An address of LogScope's own settings or flags is the only one: whatever else was watched before is let go. */
  readonly isExclusive: boolean;
}

/** The connector to real engines; `search` is asked at each call. */
export function createEngineConnector(search: () => EndpointSearch): EngineConnector {
  return {
    find() {
      const where = search();
      return { endpoints: findEngineEndpoints(where), isExclusive: (where.explicit?.address ?? '') !== '' };
    },
    connect: (endpoint, signal) => connectContainerEngine({ endpoint, installed: isEngineInstalled(search()) }, signal),
    look: (endpoint) => lookAtEndpoint(endpoint.address),
    judgeAbsent: (endpoint, named) => judgeConnectionError('ENOENT', endpoint, !named || isEngineInstalled(search())),
    judgeNone: () => judgeNoSocket(isEngineInstalled(search())),
  };
}

/** Of an engine that accepts connections and, just started, does not answer yet. */
export function judgeStarting(endpoint: EngineEndpoint): Unavailable {
  return unavailable('starting', say('engine.why.starting', { place: `${endpoint.text} (${endpoint.origin})` }), say('engine.remedy.wait'));
}
