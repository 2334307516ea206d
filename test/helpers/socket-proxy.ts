import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';

/** What happens to connections through the proxy from now on. */
export type ProxyMode = 'pass' | 'stall';

export interface SocketProxy {
  readonly socketPath: string;
  readonly endpoint: string;
  connectCount(): number;
  openCount(): number;
  /** 'stall': connections are accepted and nothing goes through, in those that are open neither. */
  setMode(mode: ProxyMode): void;
  /** Ends every open connection. */
  cut(): void;
  /**
   * Hands what the engine sends on connections whose request holds `path` to `change`, until it gives back a function no
   * more: for frames and messages that are not what they should be.
   */
  corrupt(path: string, change: (chunk: Buffer) => Buffer): void;
  /** Closes the socket, as an engine that stops does. */
  stop(): Promise<void>;
}

/** A door in front of an engine's socket that can break in all the ways engines and networks do. */
export async function startSocketProxy(target: string, socketPath: string): Promise<SocketProxy> {
  const pairs = new Set<Pair>();
  const corruptions: { readonly path: string; readonly change: (chunk: Buffer) => Buffer }[] = [];
  let mode: ProxyMode = 'pass';
  let connectCount = 0;

  const server = createServer((client) => {
    connectCount += 1;
    const pair: Pair = { client, upstream: createConnection(target), request: '' };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      pair.upstream.destroy();
    };
    for (const side of [client, pair.upstream]) side.on('error', end).on('close', end);
    client.on('data', (chunk) => {
      pair.request += pair.request.length < 2_000 ? chunk.toString('latin1') : '';
      pair.upstream.write(chunk);
    });
    pair.upstream.on('data', (chunk) => {
      const corruption = corruptions.find(({ path }) => pair.request.includes(path));
      client.write(corruption === undefined ? chunk : corruption.change(chunk));
    });
    client.on('end', () => pair.upstream.end());
    pair.upstream.on('end', () => client.end());
    if (mode === 'stall') hold(pair);
  });
  await listen(server, socketPath);

  return {
    socketPath,
    endpoint: `unix://${socketPath}`,
    connectCount: () => connectCount,
    openCount: () => pairs.size,
    setMode(next) {
      mode = next;
      for (const pair of pairs) if (next === 'stall') hold(pair);
      if (next === 'pass') for (const { client, upstream } of pairs) for (const side of [client, upstream]) side.resume();
    },
    cut() {
      for (const { client, upstream } of pairs) for (const side of [client, upstream]) side.destroy();
    },
    corrupt(path, change) {
      corruptions.push({ path, change });
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const { client, upstream } of pairs) for (const side of [client, upstream]) side.destroy();
      await closed;
    },
  };
}

/** Proxies in front of one socket, each at a path of its own beside it. */
export function createSocketProxies(target: string) {
  const proxies: SocketProxy[] = [];
  let count = 0;
  return {
    async open(): Promise<SocketProxy> {
      count += 1;
      const proxy = await startSocketProxy(target, join(dirname(target), `proxy-${process.pid}-${count}.sock`));
      proxies.push(proxy);
      return proxy;
    },
    async stop(): Promise<void> {
      for (const proxy of proxies.splice(0)) await proxy.stop();
    },
  };
}

interface Pair {
  readonly client: Socket;
  readonly upstream: Socket;
  request: string;
}

function hold({ client, upstream }: Pair): void {
  client.pause();
  upstream.pause();
}

function listen(server: Server, socketPath: string): Promise<AddressInfo | string | null> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => resolve(server.address()));
  });
}
