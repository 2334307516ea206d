import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { ZodError } from 'zod';
import type { ContainerEngine } from '../../src-shared/snapshots/containers';
import {
  type ContainerEngineClient,
  ContainerEngineError,
  type EngineContainer,
  type EngineEvent,
  type EngineListEntry,
  type EngineMachine,
  type EngineStats,
  type LogStart,
  type MalformedMessage,
} from './container-engine';
import type { EngineEndpoint } from './container-engine-endpoint';
import { judgeConnectionError, toEngineError } from './container-engine-errors';
import { parseEvent, parseInfo, parseInspect, parseList, parseStats, parseVersion } from './container-engine-json';
import { LineSplitter } from './line-splitter';

/** No single call may hang on an engine that accepts and never answers. */
const callTimeoutMs = 4_000;
const maxMessageBytes = 1024 * 1024;

export interface ConnectOptions {
  readonly endpoint: EngineEndpoint;
  /** Decides between "not installed" and "not running" when the socket is missing. */
  readonly installed: boolean;
}

/** Connects and asks who answers. Throws ContainerEngineError. The driver is loaded on first use: importing it costs 200 ms. */
export async function connectContainerEngine(options: ConnectOptions, signal: AbortSignal): Promise<ContainerEngineClient> {
  const { endpoint, installed } = options;
  const { default: Driver } = await import('dockerode');
  const agent = createAgent(endpoint);
  try {
    const driver = createDriver(Driver, endpoint, agent);
    const version = parseVersion(await withDeadline(() => driver.version(), signal, endpoint, installed));
    if (version === null) throw new ContainerEngineError(`${endpoint.text} does not speak the Docker API`, null, brokenApi(endpoint));
    const machine = parseInfo(await withDeadline(() => driver.info(), signal, endpoint, installed));
    return new DockerodeClient(driver, agent, options, { ...version, endpoint: endpoint.text, origin: endpoint.origin }, machine);
  } catch (error) {
    agent.destroy();
    throw toEngineError(error, endpoint, installed);
  }
}

class DockerodeClient implements ContainerEngineClient {
  readonly isLocalSocket: boolean;
  private readonly open = new Set<AbortController>();

  constructor(
    private readonly driver: Dockerode,
    private readonly agent: HttpAgent | HttpsAgent,
    private readonly options: ConnectOptions,
    readonly identity: ContainerEngine,
    readonly machine: EngineMachine,
  ) {
    this.isLocalSocket = options.endpoint.address.kind === 'socket';
  }

  async list(signal: AbortSignal): Promise<readonly EngineListEntry[]> {
    const json = await this.call((abortSignal) => this.driver.listContainers({ all: true, abortSignal }), signal);
    return parseList(json).entries;
  }

  async inspect(id: string, signal: AbortSignal): Promise<EngineContainer | null> {
    try {
      return parseInspect(await this.call((abortSignal) => this.driver.getContainer(id).inspect({ abortSignal }), signal));
    } catch (error) {
      if (error instanceof ContainerEngineError && error.statusCode === 404) return null;
      if (error instanceof ZodError) return null;
      throw error;
    }
  }

  async events(sinceMs: number, signal: AbortSignal): Promise<AsyncIterable<EngineEvent | MalformedMessage>> {
    const bytes = await this.stream(
      (abortSignal) =>
        this.driver.getEvents({
          since: Math.floor(sinceMs) / 1000,
          filters: { type: ['container'] },
          abortSignal,
        } as Dockerode.GetEventsOptions),
      signal,
    );
    return parseMessages(bytes, parseEvent);
  }

  async stats(id: string, signal: AbortSignal): Promise<AsyncIterable<EngineStats | MalformedMessage>> {
    const bytes = await this.stream(
      // The types do not know that the driver takes a signal here too.
      (abortSignal) => this.driver.getContainer(id).stats({ stream: true, abortSignal } as { stream: true }),
      signal,
    );
    return parseMessages(bytes, parseStats);
  }

  logs(id: string, from: LogStart, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const options = { follow: true, stdout: true, stderr: true, timestamps: true, ...from } as const;
    return this.stream((abortSignal) => this.driver.getContainer(id).logs({ ...options, abortSignal }), signal);
  }

  close(): void {
    for (const controller of this.open) controller.abort();
    this.open.clear();
    this.agent.destroy();
  }

  private call<T>(run: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    return withDeadline(run, signal, this.options.endpoint, this.options.installed);
  }

  private async stream(
    start: (signal: AbortSignal) => Promise<NodeJS.ReadableStream>,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<Buffer, void>> {
    const { endpoint, installed } = this.options;
    const controller = new AbortController();
    const abort = () => controller.abort();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    this.open.add(controller);
    const release = () => {
      signal.removeEventListener('abort', abort);
      this.open.delete(controller);
    };
    try {
      const source = (await withDeadline(() => start(controller.signal), controller.signal, endpoint, installed)) as Readable;
      const failure: { error: unknown } = { error: null };
      // Without a listener of its own a break between opening and the first read would be an uncaught exception.
      source.on('error', (error) => {
        failure.error = error;
      });
      controller.signal.addEventListener('abort', () => source.destroy(), { once: true });
      return readAll(source, controller, (error) => toEngineError(failure.error ?? error, endpoint, installed), release);
    } catch (error) {
      controller.abort();
      release();
      throw error;
    }
  }
}

async function* readAll(
  source: Readable,
  controller: AbortController,
  toError: (error: unknown) => ContainerEngineError,
  release: () => void,
): AsyncGenerator<Buffer, void> {
  try {
    for await (const chunk of source) yield chunk as Buffer;
  } catch (error) {
    if (!controller.signal.aborted) throw toError(error);
  } finally {
    controller.abort();
    source.destroy();
    release();
  }
}

/** One JSON message a line; what cannot be read becomes a count, the stream goes on. */
async function* parseMessages<T>(
  bytes: AsyncIterable<Buffer>,
  parse: (json: unknown) => T | null,
): AsyncGenerator<T | MalformedMessage, void> {
  const ready: (T | MalformedMessage)[] = [];
  const splitter = new LineSplitter(maxMessageBytes, (line, cutBytes) => {
    if (line.length === 0) return;
    ready.push((cutBytes === 0 ? parse(parseJson(line)) : null) ?? { kind: 'malformed' });
  });
  for await (const chunk of bytes) {
    splitter.write(chunk);
    yield* ready.splice(0);
  }
}

function parseJson(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Settles in bounded time whatever the engine does: the driver never settles when an answer breaks off in its middle
 * (docker-modem 5.0.6 listens for "end" only).
 */
function withDeadline<T>(
  run: (signal: AbortSignal) => Promise<T>,
  outer: AbortSignal,
  endpoint: EngineEndpoint,
  installed: boolean,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const controller = new AbortController();
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      outer.removeEventListener('abort', onAbort);
      settle();
    };
    const giveUp = (code: string) =>
      finish(() => {
        controller.abort();
        reject(new ContainerEngineError(`No answer from ${endpoint.text}`, null, judgeConnectionError(code, endpoint, installed)));
      });
    const onAbort = () => giveUp('ECANCELED');
    const timer = setTimeout(() => giveUp('ETIMEDOUT'), callTimeoutMs);
    outer.addEventListener('abort', onAbort, { once: true });
    if (outer.aborted) return onAbort();
    run(controller.signal).then(
      (value) => finish(() => resolve(value)),
      (error: unknown) => finish(() => reject(toEngineError(error, endpoint, installed))),
    );
  });
}

function createAgent(endpoint: EngineEndpoint): HttpAgent | HttpsAgent {
  // No kept connections: calls are rare, and a socket the engine closed meanwhile would fail the next one.
  const options: AgentOptions = { keepAlive: false };
  const { address } = endpoint;
  return address.kind === 'tcp' && address.tls !== null
    ? new HttpsAgent({ ...options, rejectUnauthorized: address.tls.verify })
    : new HttpAgent(options);
}

function createDriver(Driver: typeof Dockerode, endpoint: EngineEndpoint, agent: HttpAgent): Dockerode {
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

function brokenApi(endpoint: EngineEndpoint) {
  return judgeConnectionError('EPROTO', endpoint, true);
}
