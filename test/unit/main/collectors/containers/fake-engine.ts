import {
  type ContainerEngineClient,
  ContainerEngineError,
  type EngineContainer,
  type EngineEvent,
  type EngineStats,
  type MalformedMessage,
} from '../../../../../src-main/platform/container-engine';
import type { EngineConnector } from '../../../../../src-main/platform/container-engine-connect';
import type { EngineEndpoint, FoundEndpoint } from '../../../../../src-main/platform/container-engine-endpoint';
import { judgeConnectionError, judgeNoSocket } from '../../../../../src-main/platform/container-engine-errors';

export const hexId = (letter: string) => letter.repeat(64);

export function engineContainer(change: Partial<EngineContainer> & Pick<EngineContainer, 'id'>): EngineContainer {
  return {
    name: `name-${change.id.slice(0, 4)}`,
    image: 'sha256:0',
    command: 'sleep',
    state: 'running',
    health: 'none',
    createdAtMs: 1,
    startedAtMs: 2,
    finishedAtMs: null,
    exitCode: 0,
    oomKilled: false,
    restartCount: 0,
    labels: {},
    ports: [],
    tty: false,
    pid: 4_000_000,
    cpuLimitCores: null,
    memoryLimitBytes: null,
    networkMode: 'none',
    imageId: '',
    lastProbe: null,
    binds: [],
    ...change,
  };
}

/** A stream that a test feeds, ends or breaks. */
export class FedStream<T> {
  private readonly ready: T[] = [];
  private wake: (() => void) | null = null;
  private end: { readonly error: unknown } | null = null;
  isAborted = false;

  push(...items: readonly T[]): void {
    this.ready.push(...items);
    this.wake?.();
  }

  close(error: unknown = null): void {
    this.end ??= { error };
    this.wake?.();
  }

  read(signal: AbortSignal): AsyncIterable<T> {
    signal.addEventListener('abort', () => {
      this.isAborted = true;
      this.close();
    });
    return this.iterate();
  }

  private async *iterate(): AsyncGenerator<T, void> {
    for (;;) {
      yield* this.ready.splice(0);
      if (this.end !== null) {
        if (this.end.error !== null) throw this.end.error;
        return;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}

/** One engine in memory; every connection to it sees the same containers. */
export class FakeEngine {
  containers: EngineContainer[] = [];
  /** An errno, or 'hang': a connection is never answered, which the real connector bounds. */
  trouble: string | null = null;
  connectCount = 0;
  diskUseCount = 0;
  diskUse: () => ReturnType<ContainerEngineClient['diskUse']> = async () => null;
  storageChangeCount = 0;
  pingCount = 0;
  /** Happens between the moment that a list is of and its arrival. */
  whileListing: () => Promise<void> = async () => undefined;
  listCount = 0;
  readonly clients: FakeClient[] = [];

  constructor(readonly uniqueId: string | null) {}

  /** The daemon goes away: streams end, and calls fail. */
  stop(code = 'ECONNREFUSED'): void {
    this.trouble = code;
    for (const client of this.clients) client.events_.close();
  }

  errorAt(endpoint: EngineEndpoint, code: string): ContainerEngineError {
    return new ContainerEngineError(code, null, judgeConnectionError(code, endpoint, true), code);
  }
}

export class FakeClient {
  readonly events_ = new FedStream<EngineEvent | MalformedMessage>();
  readonly stats_ = new Map<string, FedStream<EngineStats | MalformedMessage>>();
  statsOpenedCount = 0;
  /** What the last subscription to events asked for. */
  eventsSinceMs: number | null = null;
  isClosed = false;

  constructor(
    private readonly engine: FakeEngine,
    private readonly endpoint: EngineEndpoint,
  ) {}

  port(): ContainerEngineClient {
    const { engine, endpoint } = this;
    const fail = () => {
      if (engine.trouble !== null) throw engine.errorAt(endpoint, engine.trouble);
    };
    const unused = () => Promise.reject(new Error('not part of these tests'));
    return {
      identity: { name: 'docker', version: '20', apiVersion: '1.41', endpoint: endpoint.text, origin: endpoint.origin },
      isLocalSocket: false,
      machine: { coreCount: 2, memoryTotalBytes: 100 },
      about: { uniqueId: engine.uniqueId, rootDirectory: '/nonexistent', kernelRelease: null },
      get storageChangeCount() {
        return engine.storageChangeCount;
      },
      logFile: unused,
      logBound: unused,
      keptLogs: unused,
      ping: async () => {
        engine.pingCount += 1;
        fail();
      },
      diskUse: async () => {
        engine.diskUseCount += 1;
        return engine.diskUse();
      },
      list: async () => {
        engine.listCount += 1;
        fail();
        const list = engine.containers.map(({ id, name, state }) => ({ id, name, state, status: '' }));
        await engine.whileListing();
        return list;
      },
      inspect: async (id) => {
        fail();
        return engine.containers.find((container) => container.id === id) ?? null;
      },
      inspectDetail: unused,
      inspectImage: async () => null,
      act: unused,
      events: async (sinceMs, signal) => {
        fail();
        this.eventsSinceMs = sinceMs;
        return this.events_.read(signal);
      },
      stats: async (id, signal) => {
        const stream = new FedStream<EngineStats | MalformedMessage>();
        this.stats_.set(id, stream);
        this.statsOpenedCount += 1;
        return stream.read(signal);
      },
      logs: async (id) => oneChunk(`${endpoint.text} ${id}`),
      close: () => {
        this.isClosed = true;
      },
    };
  }
}

async function* oneChunk(text: string): AsyncGenerator<Buffer, void> {
  yield Buffer.from(text);
}

/** A machine with engines at addresses. Change `found`, `seen` and the engines' `trouble` as things happen. */
export class FakeMachine {
  readonly engines = new Map<string, FakeEngine>();
  found: FoundEndpoint[] = [];
  isExclusive = false;
  /** What a look at an address gives; 'there' unless set. */
  readonly seen = new Map<string, string | 'nothing' | null>();

  add(text: string, engine: FakeEngine | null, named = false): void {
    const isTcp = text.startsWith('tcp:');
    const address = isTcp ? ({ kind: 'tcp', host: text, port: 1, tls: null } as const) : ({ kind: 'socket', path: text } as const);
    this.found.push({ kind: 'usable', named, endpoint: { address, text, origin: `origin of ${text}` } });
    if (engine !== null) this.engines.set(text, engine);
    else this.seen.set(text, 'nothing');
  }

  readonly connector: EngineConnector = {
    find: () => ({ endpoints: this.found, isExclusive: this.isExclusive }),
    look: (endpoint) => this.seen.get(endpoint.text) ?? 'there',
    judgeAbsent: (endpoint) => judgeConnectionError('ENOENT', endpoint, true),
    judgeNone: () => judgeNoSocket(true),
    connect: async (endpoint) => {
      const engine = this.engines.get(endpoint.text);
      if (engine === undefined) throw new Error(`nothing at ${endpoint.text}`);
      engine.connectCount += 1;
      if (engine.trouble === 'hang') return new Promise(() => undefined);
      if (engine.trouble !== null) throw engine.errorAt(endpoint, engine.trouble);
      const client = new FakeClient(engine, endpoint);
      engine.clients.push(client);
      return client.port();
    },
  };
}
