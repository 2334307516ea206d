import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { createPortChecks, type PortAnswer, tryTcpPort } from '../../../../../src-main/collectors/services/read-ports';

const never = new AbortController().signal;
const opened: PortAnswer = { state: 'open', tookMs: 3 };
const closed: PortAnswer = { state: 'closed', tookMs: null };
const silent: PortAnswer = { state: 'timeout', tookMs: null };

/** Checks over written answers of the two loopback addresses. */
function checksOver(answers: Readonly<Record<string, PortAnswer>>) {
  const tried: string[] = [];
  let monotonicMs = 0;
  const checks = createPortChecks({ nowMs: () => 777, monotonicMs: () => monotonicMs }, async (host, port) => {
    tried.push(`${host} ${port}`);
    return answers[`${host} ${port}`] ?? closed;
  });
  return {
    tried,
    read: (ports: readonly number[], laterMs = 0) => {
      monotonicMs += laterMs;
      return checks.read(
        ports.map((port) => ({ name: `p${port}`, port })),
        never,
      );
    },
  };
}

test('open on either address, a silence before a refusal', async () => {
  const { read } = checksOver({ '::1 1': opened, '127.0.0.1 2': silent });
  expect(await read([1, 2, 3])).toEqual([
    { name: 'p1', port: 1, state: 'open', tookMs: 3, checkedAtMs: 777 },
    { name: 'p2', port: 2, state: 'timeout', tookMs: null, checkedAtMs: 777 },
    { name: 'p3', port: 3, state: 'closed', tookMs: null, checkedAtMs: 777 },
  ]);
});

test('every 5 s, and at once when the list changes', async () => {
  const { read, tried } = checksOver({});
  await read([1]);
  await read([1], 4_000);
  expect(tried).toHaveLength(2);
  await read([1], 1_000);
  expect(tried).toHaveLength(4);
  await read([1, 2], 10);
  expect(tried).toHaveLength(8);
});

test('a real port: open while somebody listens, closed afterwards, and the connection is given back', async () => {
  const server = createServer();
  let connectionCount = 0;
  const ended = new Promise<void>((resolve) =>
    server.on('connection', (socket) => {
      connectionCount += 1;
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.resume();
    }),
  );
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  expect(await tryTcpPort('127.0.0.1', port, 500, never)).toEqual({ state: 'open', tookMs: expect.any(Number) });
  await ended;
  await new Promise((resolve) => server.close(resolve));
  expect(connectionCount).toBe(1);
  expect(await tryTcpPort('127.0.0.1', port, 500, never)).toEqual(closed);
});

test('an address that swallows everything is given up after the patience', async () => {
  // A listener whose queue is full drops what comes: the connect stays unanswered.
  const answer = await tryTcpPort('127.0.0.1', 1, 0.01, never);
  expect(['timeout', 'closed']).toContain(answer.state);
  expect(await tryTcpPort('no such host', 1, 500, never)).toEqual(closed);
});
