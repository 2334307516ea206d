import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src-main/app/create-app';
import type { LocalPort, OutputOf, RequestName } from '../../src-shared/contract';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { pidOf, startReadyVictim } from '../helpers/victim-processes';
import { waitFor } from '../helpers/wait-for';
import { testCoreOptions } from '../helpers/web-core-options';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/ports: projects and owners of ports are read on Linux only');

/** A web server of a project: prints its port when it listens. */
const server = `
  const http = require('node:http');
  const one = http.createServer((_, response) => response.end('<title>My &amp; shop</title>'));
  one.listen(0, '127.0.0.1', () => console.log(one.address().port));
`;

async function openApp() {
  // A root of its own tree that is not the tests' own: what they start must not count as LogScope itself.
  const stranger = await startReadyVictim('/bin/sh', ['-c', 'echo ready; exec sleep 1000']);
  const core = await createApp(testCoreOptions(temporaryDirectory(), { selfPid: pidOf(stranger.child) }));
  onTestFinished(() => core.stop());
  return async <N extends RequestName>(name: N, input: unknown): Promise<OutputOf<N>> => {
    const reply = await core.handle(name, input, { actionsAllowed: false });
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value as OutputOf<N>;
  };
}

test.skipIf(!linux)('a web server is told with its page, its project and its branch; who has its port, and which one is free', async () => {
  const project = join(temporaryDirectory(), 'shop');
  mkdirSync(join(project, '.git'), { recursive: true });
  writeFileSync(join(project, '.git', 'HEAD'), 'ref: refs/heads/feature/cart\n');
  const { child, line } = await startReadyVictim(process.execPath, ['-e', server], { cwd: project });
  const port = Number(line);
  const ask = await openApp();
  await ask('readings.refresh', { source: 'processes' });

  const listed = (await ask('ports.list', { pages: true })).filter((one) => one.port === port);
  const expected: Partial<LocalPort> = {
    protocol: 'tcp',
    addresses: ['127.0.0.1'],
    reach: 'loopback',
    processCount: 1,
    container: null,
    speaks: { name: 'HTTP', by: 'answer' },
    url: `http://localhost:${port}/`,
  };
  expect(listed).toHaveLength(1);
  expect(listed[0]).toMatchObject({ ...expected, process: { pid: pidOf(child), name: 'node' }, page: { status: 200, title: 'My & shop' } });

  // Evidence is read within a budget, and after the database of packages: the project may come some looks later.
  const answer = await waitFor(
    async () => {
      await ask('readings.refresh', { source: 'processes' });
      const given = await ask('ports.who', { port });
      return given.holders[0]?.project ? given : null;
    },
    { timeoutMs: 20_000, what: 'the project behind the port' },
  );
  expect(answer.holders[0]?.project).toEqual({ name: 'shop', root: project, branch: 'feature/cart' });
  expect(answer.betterAction).toMatchObject({ kind: 'stop-process', pid: pidOf(child) });
  expect(answer.nextFreePort).toBeGreaterThan(port);
});

test.skipIf(!linux)('nobody holds a free port, and nothing can be done about it', async () => {
  const ask = await openApp();
  await ask('readings.refresh', { source: 'processes' });
  const free = (await ask('ports.who', { port: 40_000 })).nextFreePort ?? 0;
  expect(await ask('ports.who', { port: free })).toMatchObject({ port: free, holders: [], betterAction: null, complaints: [] });
});
