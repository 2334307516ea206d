import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type Dockerode from 'dockerode';
import type { EngineEndpoint } from './container-engine-endpoint';

/** The connections of one client; destroying it ends them all. */
export function createAgent(endpoint: EngineEndpoint): HttpAgent | HttpsAgent {
  // No kept connections: calls are rare, and a socket the engine closed meanwhile would fail the next one.
  const options: AgentOptions = { keepAlive: false };
  const { address } = endpoint;
  if (address.kind === 'tcp' && address.tls !== null) return new HttpsAgent({ ...options, rejectUnauthorized: address.tls.verify });
  return new HttpAgent(options);
}

/** A driver of one endpoint and no other. */
export function createDriver(Driver: typeof Dockerode, endpoint: EngineEndpoint, agent: HttpAgent): Dockerode {
  const { address } = endpoint;
  // Every option is given: the driver fills what is missing from DOCKER_HOST and its kin, which have been weighed already.
  const options = {
    socketPath: address.kind === 'socket' ? address.path : undefined,
    host: address.kind === 'tcp' ? address.host : undefined,
    port: address.kind === 'tcp' ? address.port : undefined,
    protocol: address.kind === 'tcp' && address.tls !== null ? 'https' : 'http',
    ca: address.kind === 'tcp' ? (address.tls?.ca ?? undefined) : undefined,
    cert: address.kind === 'tcp' ? (address.tls?.cert ?? undefined) : undefined,
    key: address.kind === 'tcp' ? (address.tls?.key ?? undefined) : undefined,
    pathPrefix: '/',
    timeout: undefined,
    agent,
  };
  return new Driver(options as Dockerode.DockerOptions);
}
