import { createServer } from 'node:net';

/** How many ports are tried before it is given up. */
const mostTries = 200;

/**
 * The first TCP port above `port` that is free: not in `taken`, and the kernel lets it be opened at all addresses and at loopback
 * (a listener these rights or this namespace cannot see still stands in the way). Null when none of the next 200 is.
 */
export async function nextFreePort(port: number, taken: ReadonlySet<number>): Promise<number | null> {
  for (let next = port + 1; next <= Math.min(65_535, port + mostTries); next += 1) {
    if (!taken.has(next) && (await canListen(next, undefined)) && (await canListen(next, '127.0.0.1'))) return next;
  }
  return null;
}

/** Opens the port and closes it again at once. */
function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
