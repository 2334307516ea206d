import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { temporaryDirectory } from './temporary-directory';

type State = 'created' | 'running' | 'exited';

interface StandInContainer {
  readonly id: string;
  readonly name: string;
  state: State;
  startedAtMs: number | null;
  finishedAtMs: number | null;
  /** Answers that follow its log and are still open. */
  readonly followers: Set<ServerResponse>;
}

export interface EngineStandIn {
  readonly socketPath: string;
  readonly endpoint: string;
  create(name: string): string;
  start(id: string): void;
  /** Ends by itself, with the code. */
  end(id: string): void;
  remove(id: string): void;
  /** As `docker ps -a --no-trunc` lists them. */
  list(): readonly string[];
  /** Answers that are still being written: event streams and logs that are followed. */
  openStreamCount(): number;
  stop(): Promise<void>;
}

/**
 * As much of an engine's HTTP API as `docker ps` and our client ask for, without what makes a real one slow: containers start and end as
 * fast as a test wants. That `docker` itself is content with it is tested where it is used.
 */
export async function startEngineStandIn(): Promise<EngineStandIn> {
  const socketPath = join(temporaryDirectory(), 'engine.sock');
  const containers = new Map<string, StandInContainer>();
  const listeners = new Set<ServerResponse>();

  function tell(action: string, { id, name }: StandInContainer): void {
    const atMs = Date.now();
    const attributes = { name, image: 'stand-in', ...(action === 'die' ? { exitCode: '1' } : {}) };
    const event = { Type: 'container', Action: action, status: action, id, Actor: { ID: id, Attributes: attributes } };
    const line = JSON.stringify({ ...event, scope: 'local', time: Math.floor(atMs / 1000), timeNano: atMs * 1_000_000 });
    for (const listener of listeners) listener.write(`${line}\n`);
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL((request.url ?? '/').replace(/^\/v1\.\d+/, ''), 'http://engine');
    const [, kind = '', id = '', part = ''] = url.pathname.split('/');
    response.setHeader('Api-Version', '1.41');
    if (kind === '_ping') response.end('OK');
    else if (kind === 'version')
      send(response, { Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12', Os: 'linux', Arch: 'amd64' });
    else if (kind === 'info')
      send(response, { ID: 'stand-in', Name: 'stand-in', ServerVersion: '20.10.24', OSType: 'linux', CgroupVersion: '1' });
    else if (kind === 'events') follow(response, listeners);
    else if (kind === 'containers' && id === 'json') send(response, [...containers.values()].map(listed));
    else answerOne(containers.get(id), part, url, response);
  }

  function answerOne(one: StandInContainer | undefined, part: string, url: URL, response: ServerResponse): void {
    if (one === undefined) send(response, { message: 'No such container' }, 404);
    else if (part === 'json') send(response, inspected(one));
    else if (part === 'logs') answerLog(one, ['1', 'true'].includes(url.searchParams.get('follow') ?? ''), response);
    else send(response, { message: 'page not found' }, 404);
  }

  function answerLog(one: StandInContainer, isFollowed: boolean, response: ServerResponse): void {
    response.setHeader('Content-Type', 'application/vnd.docker.raw-stream');
    response.write(frame(`${new Date(one.startedAtMs ?? 0).toISOString()} error of ${one.name}\n`));
    if (isFollowed && one.state === 'running') follow(response, one.followers);
    else response.end();
  }

  const server = createServer(answer);
  server.listen(socketPath);
  await once(server, 'listening');

  function found(id: string): StandInContainer {
    const one = containers.get(id);
    if (one === undefined) throw new Error(`the stand-in has no container ${id}`);
    return one;
  }

  return {
    socketPath,
    endpoint: `unix://${socketPath}`,
    create(name) {
      const one: StandInContainer = {
        id: randomBytes(32).toString('hex'),
        name,
        state: 'created',
        startedAtMs: null,
        finishedAtMs: null,
        followers: new Set(),
      };
      containers.set(one.id, one);
      tell('create', one);
      return one.id;
    },
    start(id) {
      const one = found(id);
      Object.assign(one, { state: 'running', startedAtMs: Date.now() });
      tell('start', one);
    },
    end(id) {
      const one = found(id);
      Object.assign(one, { state: 'exited', finishedAtMs: Date.now() });
      for (const follower of one.followers) follower.end();
      tell('die', one);
    },
    remove(id) {
      const one = found(id);
      for (const follower of one.followers) follower.end();
      containers.delete(id);
      tell('destroy', one);
    },
    list: () => [...containers.values()].map(({ id, state, name }) => `${id} ${state} ${name}`).sort(),
    openStreamCount: () => [...containers.values()].reduce((sum, { followers }) => sum + followers.size, listeners.size),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, json: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(json));
}

function follow(response: ServerResponse, among: Set<ServerResponse>): void {
  response.flushHeaders();
  among.add(response);
  response.once('close', () => among.delete(response));
}

/** One part of a log as the engine frames it: stream, length, bytes. */
function frame(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

function listed({ id, name, state }: StandInContainer) {
  const common = { Image: 'stand-in', ImageID: 'sha256:0', Command: 'worker', Created: 1_700_000_000, Ports: [], Labels: {}, Mounts: [] };
  return { Id: id, Names: [`/${name}`], State: state, Status: state, ...common };
}

function inspected({ id, name, state, startedAtMs, finishedAtMs }: StandInContainer) {
  const time = (atMs: number | null) => (atMs === null ? '0001-01-01T00:00:00Z' : new Date(atMs).toISOString());
  return {
    Id: id,
    Name: `/${name}`,
    Created: '2026-01-01T00:00:00Z',
    Path: 'worker',
    Args: [],
    Image: 'sha256:0',
    RestartCount: 0,
    State: {
      Status: state,
      OOMKilled: false,
      Pid: 0,
      ExitCode: state === 'exited' ? 1 : 0,
      StartedAt: time(startedAtMs),
      FinishedAt: time(finishedAtMs),
    },
    Config: { Image: 'stand-in', Tty: false, Labels: {} },
    HostConfig: {},
    Mounts: [],
    NetworkSettings: { Ports: {} },
  };
}
