import type { Agent as HttpAgent, IncomingMessage } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { release } from 'node:os';
import { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { ZodError } from 'zod';
import type { ContainerAction } from '../../src-shared/contract/containers';
import type { ContainerEngine } from '../../src-shared/snapshots/containers';
import { onceAborted } from './abort-fan-out';
import {
  type ContainerEngineClient,
  ContainerEngineError,
  type EngineAbout,
  type EngineContainer,
  type EngineDiskUseFigures,
  type EngineEvent,
  type EngineListEntry,
  type EngineLogBound,
  type EngineLogFile,
  type EngineMachine,
  type EngineStats,
  type KeptLogs,
  type LogStart,
  type MalformedMessage,
} from './container-engine';
import { parseMessages, readAll, withDeadline } from './container-engine-calls';
import type { EngineContainerDetail, EngineImage } from './container-engine-detail';
import { parseDetail, parseImage } from './container-engine-detail-json';
import { parseDiskUse } from './container-engine-disk-use';
import { createAgent, createDriver } from './container-engine-driver';
import type { EngineEndpoint } from './container-engine-endpoint';
import { judgeConnectionError, toEngineError } from './container-engine-errors';
import { type OtherEvent, parseAbout, parseAnyEvent, parseInfo, parseInspect, parseList, parseVersion } from './container-engine-json';
import { parseLogBound, parseLogFile } from './container-engine-log-file';
import { parseStats } from './container-engine-stats-json';
import { openEngineLogStream } from './engine-log-stream';

/** It walks through the files of every container and volume. */
const diskUseTimeoutMs = 60_000;
/** A stop waits for the container's own grace time, 10 s unless it is set otherwise. */
const actionTimeoutMs = 60_000;
const keepAliveAfterMs = 10_000;

type WithSignal = (options: { readonly abortSignal: AbortSignal }) => Promise<unknown>;

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
    if (version === null)
      throw new ContainerEngineError(
        `${endpoint.text} does not speak the Docker API`,
        null,
        judgeConnectionError('EPROTO', endpoint, true),
      );
    const info = await withDeadline(() => driver.info(), signal, endpoint, installed);
    const identity = { ...version, endpoint: endpoint.text, origin: endpoint.origin };
    return new DockerodeClient(driver, agent, options, identity, parseInfo(info), parseAbout(info));
  } catch (error) {
    agent.destroy();
    throw toEngineError(error, endpoint, installed);
  }
}

class DockerodeClient implements ContainerEngineClient {
  readonly isLocalSocket: boolean;
  private readonly open = new Set<AbortController>();
  private storageChanges = 0;

  constructor(
    private readonly driver: Dockerode,
    private readonly agent: HttpAgent | HttpsAgent,
    private readonly options: ConnectOptions,
    readonly identity: ContainerEngine,
    readonly machine: EngineMachine,
    readonly about: EngineAbout,
  ) {
    this.isLocalSocket = options.endpoint.address.kind === 'socket';
  }

  get storageChangeCount(): number {
    return this.storageChanges;
  }

  async ping(signal: AbortSignal): Promise<void> {
    // The types do not know that the driver takes a signal here.
    const { ping } = this.driver as unknown as { ping: WithSignal };
    await this.call((abortSignal) => ping.call(this.driver, { abortSignal }), signal);
  }

  async diskUse(signal: AbortSignal): Promise<EngineDiskUseFigures | null> {
    const { endpoint, installed } = this.options;
    const { df } = this.driver as unknown as { df: WithSignal };
    const ask = (abortSignal: AbortSignal) => df.call(this.driver, { abortSignal });
    return parseDiskUse(await withDeadline(ask, signal, endpoint, installed, diskUseTimeoutMs));
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

  async inspectDetail(id: string, signal: AbortSignal): Promise<EngineContainerDetail | null> {
    try {
      return parseDetail(await this.call((abortSignal) => this.driver.getContainer(id).inspect({ abortSignal }), signal));
    } catch (error) {
      if (error instanceof ContainerEngineError && error.statusCode === 404) return null;
      if (error instanceof ZodError) return null;
      throw error;
    }
  }

  async inspectImage(reference: string, signal: AbortSignal): Promise<EngineImage | null> {
    // It becomes part of a path as it is.
    if (!/^[a-zA-Z0-9][\w./:@-]{0,300}$/.test(reference) || reference.includes('..')) return null;
    try {
      return parseImage(await this.call(() => this.driver.getImage(reference).inspect(), signal));
    } catch (error) {
      if (error instanceof ContainerEngineError && error.statusCode !== null) return null;
      throw error;
    }
  }

  async act(id: string, action: ContainerAction, signal: AbortSignal): Promise<'done' | 'unchanged'> {
    const container = this.driver.getContainer(id);
    try {
      await withDeadline(
        // The types do not know that the driver takes a signal with every action.
        (abortSignal) =>
          (container[action] as (options: { readonly abortSignal: AbortSignal }) => Promise<unknown>).call(container, { abortSignal }),
        signal,
        this.options.endpoint,
        this.options.installed,
        actionTimeoutMs,
      );
      return 'done';
    } catch (error) {
      if (error instanceof ContainerEngineError && error.statusCode === 304) return 'unchanged';
      throw error;
    }
  }

  async events(sinceMs: number, signal: AbortSignal): Promise<AsyncIterable<EngineEvent | MalformedMessage>> {
    const bytes = await this.stream(
      (abortSignal) =>
        this.driver.getEvents({
          since: Math.floor(sinceMs) / 1000,
          filters: { type: ['container', 'image', 'volume', 'builder', 'network'] },
          abortSignal,
        } as Dockerode.GetEventsOptions),
      signal,
    );
    return this.onlyContainers(parseMessages(bytes, parseAnyEvent));
  }

  private async *onlyContainers(
    events: AsyncIterable<EngineEvent | OtherEvent | MalformedMessage>,
  ): AsyncGenerator<EngineEvent | MalformedMessage, void> {
    for await (const event of events) {
      const changesStorage = event.kind === 'other' ? event.changesStorage : event.kind === 'event' && event.action === 'destroy';
      if (changesStorage) this.storageChanges += 1;
      if (event.kind !== 'other') yield event;
    }
  }

  async stats(id: string, signal: AbortSignal): Promise<AsyncIterable<EngineStats | MalformedMessage>> {
    const bytes = await this.stream(
      // The types do not know that the driver takes a signal here too.
      (abortSignal) => this.driver.getContainer(id).stats({ stream: true, abortSignal } as { stream: true }),
      signal,
    );
    return parseMessages(bytes, parseStats);
  }

  async logFile(id: string, signal: AbortSignal): Promise<EngineLogFile | null> {
    // A virtual machine's paths are not ours.
    if (!this.isLocalSocket || this.about.kernelRelease !== release()) return null;
    return parseLogFile(await this.call((abortSignal) => this.driver.getContainer(id).inspect({ abortSignal }), signal), id);
  }

  async logBound(id: string, signal: AbortSignal): Promise<EngineLogBound | null> {
    return parseLogBound(await this.call((abortSignal) => this.driver.getContainer(id).inspect({ abortSignal }), signal));
  }

  async keptLogs(id: string, { since, newest }: KeptLogs, signal: AbortSignal): Promise<AsyncIterable<Buffer> | null> {
    // The driver would give it as one piece, however long it is.
    if (!this.readsOwnStreams) return null;
    const from = `follow=0&since=${since}&tail=${newest ?? 'all'}`;
    // Where it is refused there are no lines: whoever then follows it the ordinary way is told why.
    return this.stream(async (abortSignal) => (await this.ownLogs(id, from, abortSignal)) ?? Readable.from([]), signal);
  }

  logs(id: string, from: LogStart, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const options = { follow: true, stdout: true, stderr: true, timestamps: true, ...from } as const;
    const start = `follow=1&${'since' in from ? `since=${from.since}` : `tail=${from.tail}`}`;
    return this.stream(
      async (abortSignal) => (await this.ownLogs(id, start, abortSignal)) ?? this.driver.getContainer(id).logs({ ...options, abortSignal }),
      signal,
    );
  }

  private get readsOwnStreams(): boolean {
    return this.options.endpoint.address.kind === 'socket' && process.platform !== 'win32';
  }

  /** Null: not over this way, or it was refused. */
  private ownLogs(id: string, query: string, signal: AbortSignal): Promise<AsyncIterable<Buffer> | null> {
    const { address } = this.options.endpoint;
    if (address.kind !== 'socket' || !this.readsOwnStreams) return Promise.resolve(null);
    return openEngineLogStream(address.path, `/containers/${id}/logs?stdout=1&stderr=1&timestamps=1&${query}`, signal);
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
    start: (signal: AbortSignal) => Promise<NodeJS.ReadableStream | AsyncIterable<Buffer>>,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<Buffer, void>> {
    const { endpoint, installed } = this.options;
    const controller = new AbortController();
    const forget = onceAborted(signal, () => controller.abort());
    if (signal.aborted) controller.abort();
    this.open.add(controller);
    const release = () => {
      forget();
      this.open.delete(controller);
    };
    try {
      const source = await withDeadline(() => start(controller.signal), controller.signal, endpoint, installed);
      const failure: { error: unknown } = { error: null };
      if (source instanceof Readable) {
        // A machine that vanished without a word (a cable, a sleeping laptop) would leave the stream silent for ever.
        if (endpoint.address.kind === 'tcp') (source as IncomingMessage).socket.setKeepAlive(true, keepAliveAfterMs);
        // Without a listener of its own a break between opening and the first read would be an uncaught exception.
        source.on('error', (error) => {
          failure.error = error;
        });
        controller.signal.addEventListener('abort', () => source.destroy(), { once: true });
      }
      return readAll(
        source as AsyncIterable<Buffer>,
        controller,
        (error) => toEngineError(failure.error ?? error, endpoint, installed),
        release,
      );
    } catch (error) {
      controller.abort();
      release();
      throw error;
    }
  }
}
