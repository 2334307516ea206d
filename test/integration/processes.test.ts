import { execFileSync, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, copyFileSync, readdirSync, renameSync, unlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createProcessesCollector } from '../../src-main/collectors/processes/collector';
import { systemClock } from '../../src-main/platform/clock';
import { systemRoots } from '../../src-main/platform/roots';
import type { ProcessesFacts, ProcessFacts } from '../../src-shared/snapshots/processes';
import { bundleEntry } from '../helpers/bundle-entry';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { pidOf, startReadyVictim, startVictim } from '../helpers/victim-processes';
import { waitFor } from '../helpers/wait-for';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/processes: it reads /proc; run it on Linux');

const rights = new AbortController().signal;

function openCollector() {
  const collector = createProcessesCollector({ roots: systemRoots, clock: systemClock });
  onTestFinished(() => collector.close?.());
  return async (): Promise<ProcessesFacts> => {
    const outcome = await collector.collect(rights);
    if (outcome.kind !== 'ok') throw new Error(outcome.detail);
    return outcome.data;
  };
}

function find(facts: ProcessesFacts, pid: number): ProcessFacts {
  const found = facts.processes.find((one) => one.pid === pid);
  if (found === undefined) throw new Error(`process ${pid} is not in the list`);
  return found;
}

const node = process.execPath;
/** Listens, says where, and stays. */
const listener = (address: string) =>
  `const s=require('net').createServer();s.listen(0,'${address}',()=>console.log(s.address().port));setInterval(()=>{},1e6)`;

test.skipIf(!linux)('facts of this very process', async () => {
  const collect = openCollector();
  await collect();
  const used = process.cpuUsage();
  const started = performance.now();
  while (performance.now() - started < 300) Math.sqrt(started);
  const self = find(await collect(), process.pid);
  expect(self).toMatchObject({
    ppid: process.ppid,
    exe: process.execPath,
    exeDeleted: false,
    uid: process.getuid?.(),
    kernelThread: false,
  });
  expect(self.threadCount).toBeGreaterThan(4);
  // About one core, as much of it as a busy machine gave.
  const { user, system } = process.cpuUsage(used);
  const cores = (user + system) / 1000 / (performance.now() - started);
  expect(self.cpuCores).toBeGreaterThan(cores * 0.6);
  expect(self.cpuCores).toBeLessThan(cores * 1.6);
  expect(self.rssBytes).toBeGreaterThan(0.5 * process.memoryUsage.rss());
  expect(self.rssBytes).toBeLessThan(2 * process.memoryUsage.rss());
  const startedAtMs = Date.now() - process.uptime() * 1000;
  expect(Math.abs((self.startedAtMs ?? 0) - startedAtMs)).toBeLessThan(3_000);
});

test.skipIf(!linux)('no processor share before the second sample', async () => {
  const collect = openCollector();
  expect(find(await collect(), process.pid).cpuCores).toBeNull();
});

test.skipIf(!linux)('the memory, cores and kernel threads of the machine', async () => {
  const { memoryTotalBytes, coreCount, processes } = await openCollector()();
  expect(memoryTotalBytes).toBeGreaterThan(100 * 1024 * 1024);
  expect(coreCount).toBeGreaterThan(0);
  const kernel = processes.filter((one) => one.kernelThread);
  expect(kernel.every((one) => one.exe === null && one.command === '')).toBe(true);
});

test.skipIf(!linux)('a name with parentheses, blanks, terminal codes and direction marks stays what it is', async () => {
  const name = 'a) R 1 (\x1b[31m\u202e';
  const path = join(temporaryDirectory(), name);
  copyFileSync('/bin/sleep', path);
  chmodSync(path, 0o755);
  const child = await startVictim(path, ['1000']);
  const facts = await openCollector()();
  const found = find(facts, pidOf(child));
  expect(found.ppid).toBe(process.pid);
  expect(found.state).toMatch(/^[RSD]$/);
  expect(found.exe).toBe(path);
  expect(found.command).toBe(`${path} 1000`);
  // 15 bytes end inside the direction mark: the whole name comes from the arguments, or the cut one is kept.
  expect(found.name.startsWith('a) R 1 (\x1b[31m')).toBe(true);
});

test.skipIf(!linux)('a cut name is made whole', async () => {
  const path = join(temporaryDirectory(), 'a-name-of-more-than-fifteen-bytes');
  copyFileSync('/bin/sleep', path);
  chmodSync(path, 0o755);
  const child = await startVictim(path, ['1000']);
  expect(find(await openCollector()(), pidOf(child)).name).toBe('a-name-of-more-than-fifteen-bytes');
});

test.skipIf(!linux)('an executable that is deleted, and one that is only called so', async () => {
  const directory = temporaryDirectory();
  const [gone, kept] = [join(directory, 'gone'), join(directory, 'kept')];
  for (const path of [gone, kept]) {
    copyFileSync('/bin/sleep', path);
    chmodSync(path, 0o755);
  }
  const oddName = join(directory, 'odd (deleted)');
  copyFileSync('/bin/sleep', oddName);
  chmodSync(oddName, 0o755);
  const victims = await Promise.all([gone, kept, oddName].map((path) => startVictim(path, ['1000'])));
  unlinkSync(gone);
  renameSync(kept, `${kept}-moved`);
  const facts = await openCollector()();
  expect(victims.map((child) => find(facts, pidOf(child))).map(({ exe, exeDeleted }) => ({ exe, exeDeleted }))).toEqual([
    { exe: gone, exeDeleted: true },
    { exe: `${kept}-moved`, exeDeleted: false },
    { exe: oddName, exeDeleted: false },
  ]);
});

test.skipIf(!linux)('an executable deleted while it is watched is noticed', async () => {
  const path = join(temporaryDirectory(), 'upgraded');
  copyFileSync('/bin/sleep', path);
  chmodSync(path, 0o755);
  const child = await startVictim(path, ['1000']);
  let nowMs = 0;
  const collector = createProcessesCollector({ roots: systemRoots, clock: { nowMs: Date.now, monotonicMs: () => nowMs } });
  onTestFinished(() => collector.close?.());
  const deleted = async () => {
    const outcome = await collector.collect(rights);
    return outcome.kind === 'ok' ? find(outcome.data, pidOf(child)).exeDeleted : null;
  };
  expect(await deleted()).toBe(false);
  unlinkSync(path);
  nowMs += 15_000;
  expect(await deleted()).toBe(true);
});

test.skipIf(!linux)('another program in the same process (exec) has its own name and command', async () => {
  const collect = openCollector();
  const { child } = await startReadyVictim('/bin/sh', ['-c', 'echo ready; read line; exec sleep 1000']);
  expect(find(await collect(), pidOf(child)).command).toContain('read line');
  child.stdin?.write('go\n');
  const found = await waitFor(
    async () => {
      const now = find(await collect(), pidOf(child));
      return now.name === 'sleep' ? now : null;
    },
    { timeoutMs: 10_000, what: 'the name after exec' },
  );
  expect(found.command).toBe('sleep 1000');
});

test.skipIf(!linux).each([
  ['127.0.0.1', '127.0.0.1'],
  ['0.0.0.0', '0.0.0.0'],
])('the owner of a listener on %s, opened before and after the first sample', async (address, shown) => {
  const before = await startReadyVictim(node, ['-e', listener(address)]);
  const collect = openCollector();
  expect(find(await collect(), pidOf(before.child)).listening).toEqual([{ protocol: 'tcp', address: shown, port: Number(before.line) }]);
  const after = await startReadyVictim(node, ['-e', listener(address)]);
  const facts = await collect();
  expect(find(facts, pidOf(after.child)).listening).toEqual([{ protocol: 'tcp', address: shown, port: Number(after.line) }]);
  expect(find(facts, pidOf(before.child)).listening).toHaveLength(1);
});

const ownNetwork = linux && process.getuid?.() === 0 && spawnSync('unshare', ['--net', 'true']).status === 0;
if (linux && !ownNetwork) {
  console.warn(
    'SKIPPED: that a socket is seen in the very next sample needs a network namespace of its own (unshare of util-linux, as root)',
  );
}

test.skipIf(!ownNetwork)('where nothing else happens, a socket is seen in the very next sample, and gone in the very next', async () => {
  const script = await bundleEntry('test/helpers/listeners-in-own-network.ts', 'listeners-in-own-network');
  const output = execFileSync('unshare', ['--net', process.execPath, script, '5'], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual(Array.from({ length: 5 }, () => ({ opened: true, closed: true })));
});

test.skipIf(!linux)('a socket opened and closed by a process that was there before', async () => {
  const collect = openCollector();
  await collect();
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const listens = (facts: ProcessesFacts) => find(facts, process.pid).listening.some((socket) => socket.port === port);
  // At once, unless another socket of the machine closed in the same moment: then with the next whole look.
  const promised = { timeoutMs: 11_000, what: 'the next look at the table' };
  await waitFor(async () => listens(await collect()), promised);
  server.close();
  await once(server, 'close');
  await waitFor(async () => !listens(await collect()), promised);
});

test.skipIf(!linux)('a UDP socket is found when it is still there in the next sample', async () => {
  const collect = openCollector();
  await collect();
  const socket = createSocket('udp4');
  onTestFinished(() => {
    socket.close();
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await collect();
  expect(find(await collect(), process.pid).listening).toContainEqual({ protocol: 'udp', address: '127.0.0.1', port });
});

test.skipIf(!linux)('40 listeners in one process, more than one page of the table', async () => {
  const count = 40;
  const script = `let n=0;for(let i=0;i<${count};i++)require('net').createServer().listen(0,'127.0.0.1',()=>{if(++n===${count})console.log('ready')});setInterval(()=>{},1e6)`;
  const { child } = await startReadyVictim(node, ['-e', script]);
  expect(find(await openCollector()(), pidOf(child)).listening).toHaveLength(count);
});

test.skipIf(!linux)('a worker that inherits the socket stands beside its parent', async () => {
  const script =
    "const s=require('net').createServer();s.listen(0,'127.0.0.1',()=>{const c=require('child_process').spawn('sleep',['1000'],{stdio:['ignore','ignore','ignore',s._handle.fd]});console.log(c.pid);process.on('exit',()=>c.kill('SIGKILL'))});process.on('SIGTERM',()=>process.exit(0));setInterval(()=>{},1e6)";
  // This process owns a socket too: its new child is looked at first, and what that hands on must be seen as well.
  const own = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => {
    own.close();
  });
  await once(own, 'listening');
  const collect = openCollector();
  await collect();
  const { child, line } = await startReadyVictim(node, ['-e', script]);
  const exited = once(child, 'exit');
  const facts = await waitFor(
    async () => {
      const now = await collect();
      return find(now, pidOf(child)).listening.length === 1 ? now : null;
    },
    { timeoutMs: 11_000, what: 'the next look at the table' },
  );
  expect(find(facts, Number(line)).listening).toEqual(find(facts, pidOf(child)).listening);
  // Ends its worker on the way out.
  child.kill('SIGTERM');
  await exited;
});

test.skipIf(!linux)('processes that come and go during a hundred samples leave no descriptor behind', async () => {
  const descriptors = () => readdirSync('/proc/self/fd').length;
  const before = descriptors();
  const collector = createProcessesCollector({ roots: systemRoots, clock: systemClock });
  const exits: Promise<unknown>[] = [];
  for (let round = 0; round < 100; round++) {
    const child = await startVictim('/bin/true', []);
    exits.push(once(child, 'exit'));
    const outcome = await collector.collect(rights);
    expect(outcome.kind).toBe('ok');
  }
  await Promise.all(exits);
  await collector.close?.();
  await waitFor(() => descriptors() <= before + 1, { timeoutMs: 10_000, what: 'descriptors are given back' });
});

test.skipIf(!linux)('no /proc is an absence, not an error', async () => {
  const collector = createProcessesCollector({ roots: { ...systemRoots, proc: join(temporaryDirectory(), 'none') }, clock: systemClock });
  expect(await collector.collect(rights)).toMatchObject({ kind: 'unavailable', reason: 'unsupported-platform' });
});
