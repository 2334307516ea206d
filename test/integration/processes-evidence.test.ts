import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemRoots } from '../../src-main/platform/roots';
import { bundleEntry } from '../helpers/bundle-entry';
import { openEvidence, startPerl, startWith } from '../helpers/process-evidence';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/processes-evidence: it reads /proc; run it on Linux');
const root = process.getuid?.() === 0;
const asRoot = linux && root;
if (linux && !root) console.warn('SKIPPED parts of test/integration/processes-evidence: raw sockets, other users and containers need root');
const perl = linux && existsSync('/usr/bin/perl');
if (linux && !perl) console.warn('SKIPPED parts of test/integration/processes-evidence: they need perl (apt-get install perl-base)');
/** Numbers of system calls differ by processor. */
const calls = { x64: { ptrace: 101, memfdCreate: 319 }, arm64: { ptrace: 117, memfdCreate: 279 } }[process.arch as 'x64' | 'arm64'];
if (linux && calls === undefined)
  console.warn('SKIPPED parts of test/integration/processes-evidence: system calls are known for x64 and arm64');
const nobody = 65_534;

test.skipIf(!linux)('what every process tells: arguments, users, streams, files, folder', async () => {
  const folder = temporaryDirectory();
  const { pid } = await startWith('/bin/sleep', ['1000'], { cwd: folder, argv0: 'a b' });
  const evidence = await openEvidence().evidenceOf(pid);
  expect(evidence).toMatchObject({
    missing: ['package'],
    argumentList: ['a b', '1000'],
    realUid: process.getuid?.(),
    effectiveUid: process.geteuid?.(),
    tracerPid: null,
    loaderVariables: [],
    streams: ['null', 'null', 'null'],
    writableExecutableCount: 0,
    foreignLibraries: [],
    workingDirectory: folder,
    project: null,
    hostNamespaces: [],
    engineSocketMounted: false,
    rawSockets: [],
  });
  expect(evidence.openFileCount).toBe(readdirSync(`/proc/${pid}/fd`).length);
  expect(evidence.openFileLimit).toBe(Number(/Max open files\s+(\d+)/.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1]));
  const type = execFileSync('stat', ['-f', '-c', '%T', '/bin/sleep'], { encoding: 'utf8' }).trim();
  expect(evidence.file).toMatchObject({ ownerUid: 0, changeableAt: null, replacedAtMs: null });
  expect(type.startsWith((evidence.file?.fileSystem ?? 'none').slice(0, 3))).toBe(true);
});

test.skipIf(!asRoot)('capabilities of root, and none of another user', async () => {
  const evidence = openEvidence();
  const ofRoot = await startWith('/bin/sleep', ['1000']);
  const ofNobody = await startWith('/bin/sleep', ['1000'], { uid: nobody, gid: nobody });
  expect((await evidence.evidenceOf(ofRoot.pid)).strongCapabilities).toContain('cap_dac_override');
  expect(await evidence.evidenceOf(ofNobody.pid)).toMatchObject({ strongCapabilities: [], realUid: nobody, effectiveUid: nobody });
});

test.skipIf(!asRoot || !perl)('a program that acts as another user than its own', async () => {
  const { pid } = await startPerl(`$>=${nobody};print 1;sleep 1000`);
  expect(await openEvidence().evidenceOf(pid)).toMatchObject({ realUid: 0, effectiveUid: nobody, strongCapabilities: [] });
});

test.skipIf(!linux || !perl || calls === undefined)('who traces it', async () => {
  const { pid } = await startPerl(`syscall(${calls?.ptrace},0,0,0,0);print 1;sleep 1000`);
  expect((await openEvidence().evidenceOf(pid)).tracerPid).toBe(process.pid);
});

test.skipIf(!linux)('loader variables by name and files; no other value of the environment is kept', async () => {
  const env = { ...process.env, LD_PRELOAD: '/nonexistent/a.so:/nonexistent/b.so', LOGSCOPE_TEST_SECRET: 'hunter2-in-the-environment' };
  const { pid } = await startWith('/bin/sleep', ['1000'], { env });
  const evidence = openEvidence();
  const found = await evidence.evidenceOf(pid);
  expect(found.loaderVariables).toEqual([{ name: 'LD_PRELOAD', files: ['/nonexistent/a.so', '/nonexistent/b.so'] }]);
  expect(JSON.stringify(await evidence.look())).not.toContain('hunter2-in-the-environment');
});

test.skipIf(!linux)('standard streams: an internet connection, a local socket, a pipe, a file', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const client = connect((server.address() as { port: number }).port, '127.0.0.1');
  await once(client, 'connect');
  const [other] = await accepted;
  onTestFinished(() => {
    client.destroy();
    other.destroy();
  });
  const wired = await startWith('/bin/sleep', ['1000'], { stdio: [client, client, client] });
  // Node's own pipes between processes are pairs of unix sockets.
  const piped = await startWith('/bin/sleep', ['1000'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const path = join(temporaryDirectory(), 'out');
  const shell = await startWith('/bin/sh', ['-c', `true | exec sleep 1000 > "$1" 2>&-`, 'sh', path], {});
  const evidence = openEvidence();
  expect((await evidence.evidenceOf(wired.pid)).streams).toEqual(['network', 'network', 'network']);
  expect((await evidence.evidenceOf(piped.pid)).streams).toEqual(['socket', 'null', 'null']);
  const sleeping = await waitFor(
    async () => (await evidence.look()).processes.find((one) => one.ppid === shell.pid && one.name === 'sleep' && one.evidence !== null),
    { timeoutMs: 10_000, what: 'the sleeping end of the pipe' },
  );
  onTestFinished(() => {
    process.kill(sleeping.pid, 'SIGKILL');
  });
  expect(sleeping.evidence?.streams).toEqual(['pipe', 'file', 'closed']);
});

test.skipIf(!linux || spawnSync('script', ['--version']).status !== 0)('a terminal, in the row and in the streams', async () => {
  const { pid } = await startWith('script', ['-qfc', 'exec sleep 1000', '/dev/null'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const evidence = openEvidence();
  const inside = await waitFor(
    async () => (await evidence.look()).processes.find((one) => one.ppid === pid && one.name === 'sleep' && one.evidence !== null),
    { timeoutMs: 10_000, what: 'the program in the terminal' },
  );
  expect(inside.terminal).toMatch(/^pts\/\d+$/);
  expect(inside.sessionId).toBe(inside.pid);
  expect(inside.evidence?.streams).toEqual(['terminal', 'terminal', 'terminal']);
});

test.skipIf(!linux)('a shell that gets other streams while it is watched', async () => {
  const { pid, child } = await startWith(
    '/bin/sh',
    ['-c', 'read line; exec < /dev/null; echo done; while :; do wait; sleep 1000 & wait; done'],
    {
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
    },
  );
  onTestFinished(() => {
    // The group is this test's own: the shell was started as its leader.
    process.kill(-pid, 'SIGKILL');
  });
  const evidence = openEvidence();
  expect((await evidence.evidenceOf(pid)).streams?.[0]).toBe('socket');
  child.stdin?.write('go\n');
  await once(child.stdout ?? child, 'data');
  // Looked at every ten seconds or so; on a busy machine the budget may put it off to a later sample.
  await evidence.look(14_000);
  await waitFor(async () => (await evidence.rowOf(pid)).evidence?.streams?.[0] === 'null', { timeoutMs: 20_000, what: 'the other stream' });
});

test.skipIf(!linux)('memory that may be written and executed: an engine that compiles while it runs', async () => {
  const { pid, child } = await startWith(process.execPath, ['-e', 'console.log(1);setInterval(()=>{},1e6)'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout ?? child, 'data');
  expect((await openEvidence().evidenceOf(pid)).writableExecutableCount).toBeGreaterThan(0);
});

test.skipIf(!asRoot || !perl)('raw and packet sockets, of one that was there and one that comes', async () => {
  const evidence = openEvidence();
  const raw = await startPerl('use Socket;socket(my $s,AF_INET,SOCK_RAW,1) or die;print 1;sleep 1000');
  expect((await evidence.evidenceOf(raw.pid)).rawSockets).toEqual(['raw']);
  // Protocol 0: it receives nothing.
  const packet = await startPerl('socket(my $s,17,3,0) or die;print 1;sleep 1000');
  await evidence.evidenceOf(packet.pid);
  expect((await evidence.rowOf(packet.pid, 11_000)).evidence?.rawSockets).toEqual(['packet']);
  expect((await evidence.rowOf(raw.pid)).evidence?.rawSockets).toEqual(['raw']);
});

test.skipIf(!linux || spawnSync('git', ['--version']).status !== 0)(
  'the project: git root, branch, a second work tree, a detached head',
  async () => {
    const folder = temporaryDirectory();
    const git = (at: string, ...args: string[]) =>
      execFileSync('git', ['-C', at, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { stdio: 'pipe', encoding: 'utf8' });
    const shop = join(folder, 'shop');
    mkdirSync(join(shop, 'packages/web'), { recursive: true });
    git(shop, 'init', '-q', '-b', 'feature/pay');
    git(shop, 'commit', '-q', '--allow-empty', '-m', 'one');
    git(shop, 'pack-refs', '--all');
    const tree = join(folder, 'tree');
    git(shop, 'worktree', 'add', '-q', '-b', 'other', tree);
    const detached = join(folder, 'detached');
    git(shop, 'worktree', 'add', '-q', '--detach', detached);
    const evidence = openEvidence();
    const projectIn = async (cwd: string) => (await evidence.evidenceOf((await startWith('/bin/sleep', ['1000'], { cwd })).pid)).project;
    expect(await projectIn(join(shop, 'packages/web'))).toEqual({ root: shop, name: 'shop', branch: 'feature/pay' });
    expect(await projectIn(tree)).toEqual({ root: tree, name: 'tree', branch: 'other' });
    expect((await projectIn(detached))?.branch).toBe(git(shop, 'rev-parse', 'HEAD').slice(0, 7));
  },
);

test.skipIf(!asRoot)('another user sees its own, and says of the others what is missing', async () => {
  const script = await bundleEntry('test/helpers/evidence-as-other-user.ts', 'evidence-as-other-user');
  const { pid } = await startWith('/bin/sleep', ['1000']);
  const { own, others, hiddenCount, otherCount } = JSON.parse(execFileSync(process.execPath, [script, String(pid)], { encoding: 'utf8' }));
  expect(own).toMatchObject({ missing: ['package'], effectiveUid: nobody, workingDirectory: '/' });
  expect(own.file).toMatchObject({ ownerUid: 0 });
  expect(others).toMatchObject({
    missing: ['environment', 'memory-map', 'open-files', 'file', 'namespaces', 'working-directory', 'package'],
    argumentList: ['/bin/sleep', '1000'],
    effectiveUid: 0,
    streams: null,
    writableExecutableCount: null,
    foreignLibraries: null,
    file: null,
  });
  expect(hiddenCount).toBe(otherCount);
});

test.skipIf(!linux)('libraries that are forced into every program', async () => {
  const etc = temporaryDirectory();
  writeFileSync(join(etc, 'passwd'), '');
  const evidence = openEvidence({ roots: { ...systemRoots, etc } });
  expect((await evidence.look()).preloadedLibraries).toEqual([]);
  writeFileSync(join(etc, 'ld.so.preload'), '/lib/evil.so\n');
  const { preloadedLibraries } = await evidence.look();
  expect(preloadedLibraries).toEqual(['/lib/evil.so']);
  expect((await evidence.look()).preloadedLibraries).toBe(preloadedLibraries);
});

test.skipIf(!linux)('rows stay the same objects once everything is settled', async () => {
  const { pid } = await startWith('/bin/sleep', ['1000']);
  const evidence = openEvidence();
  await evidence.evidenceOf(pid);
  await evidence.rowOf(pid);
  const before = await evidence.rowOf(pid);
  expect(await evidence.rowOf(pid)).toBe(before);
  // A quarter of an hour: everything is read again in them.
  for (let look = 0; look < 160; look++) expect(await evidence.rowOf(pid, 6_000)).toBe(before);
});

test.skipIf(!asRoot || spawnSync('unshare', ['--pid', '--fork', 'true']).status !== 0)(
  'a stopped and an ended process are told since when',
  async () => {
    const { pid, child } = await startWith('/bin/sleep', ['1000']);
    const evidence = openEvidence();
    expect((await evidence.rowOf(pid)).heldStateSinceMs).toBeNull();
    child.kill('SIGSTOP');
    const stopped = await waitFor(
      async () => {
        const row = await evidence.rowOf(pid);
        return row.state === 'T' ? row : null;
      },
      { timeoutMs: 10_000, what: 'it is stopped' },
    );
    expect(stopped.heldStateSinceMs).toBe(evidence.nowMs());
    expect((await evidence.rowOf(pid)).heldStateSinceMs).toBe(stopped.heldStateSinceMs);
  },
);
