import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFileHasher } from '../../src-main/platform/hash-file';
import { readProcessClients } from '../../src-main/platform/process-clients';
import { copyOfSleep, startWith } from '../helpers/process-evidence';
import { temporaryDirectory } from '../helpers/temporary-directory';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/processes-on-demand: it reads /proc; run it on Linux');

test.skipIf(!linux)('the hash of a running file, also once it is deleted', async () => {
  const path = copyOfSleep(join(temporaryDirectory(), 'tool'));
  const expected = createHash('sha256').update(readFileSync(path)).digest('hex');
  const { pid } = await startWith(path, ['1000']);
  const hasher = createFileHasher('/proc');
  expect(await hasher.hashOfProcess(pid)).toBe(expected);
  unlinkSync(path);
  expect(await createFileHasher('/proc').hashOfProcess(pid)).toBe(expected);
});

test.skipIf(!linux)('no hash of what is gone, nor when nobody waits any more', async () => {
  const { pid, child } = await startWith('/bin/sleep', ['1000']);
  const hasher = createFileHasher('/proc');
  await expect(hasher.hashOfProcess(pid, AbortSignal.abort())).rejects.toThrow();
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  expect(await hasher.hashOfProcess(pid)).toBeNull();
});

test.skipIf(!linux)('clients of a listening process, by address', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  const other = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(other, 'listening')]);
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    other.close();
  });
  const portOf = (one: typeof server) => (one.address() as { port: number }).port;
  for (const target of [server, server, other]) {
    const accepted = once(target, 'connection');
    const client = connect(portOf(target), '127.0.0.1');
    sockets.push(client);
    await once(client, 'connect');
    const [end] = await accepted;
    sockets.push(end);
  }
  const listening = [{ protocol: 'tcp', address: '127.0.0.1', port: portOf(server) }] as const;
  expect(await readProcessClients('/proc', process.pid, listening)).toEqual({ count: 2, addresses: [{ address: '127.0.0.1', count: 2 }] });
  expect(await readProcessClients('/proc', process.pid, [])).toEqual({ count: 0, addresses: [] });
  expect(await readProcessClients('/nonexistent', process.pid, listening)).toBeNull();
});
