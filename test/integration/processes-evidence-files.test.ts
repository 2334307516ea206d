import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createMountReader } from '../../src-main/collectors/processes/evidence/read-mounts';
import { systemExec } from '../../src-main/platform/exec';
import { createPackages } from '../../src-main/platform/packages';
import { systemRoots } from '../../src-main/platform/roots';
import { copyOfSleep, openEvidence, startPerl, startWith } from '../helpers/process-evidence';
import { temporaryDirectory } from '../helpers/temporary-directory';
import { waitFor } from '../helpers/wait-for';

const linux = process.platform === 'linux';
if (!linux) console.warn('SKIPPED test/integration/processes-evidence-files: it reads /proc; run it on Linux');
const root = process.getuid?.() === 0;
const asRoot = linux && root;
if (linux && !root)
  console.warn('SKIPPED parts of test/integration/processes-evidence-files: raw sockets, other users and containers need root');
const perl = linux && existsSync('/usr/bin/perl');
if (linux && !perl) console.warn('SKIPPED parts of test/integration/processes-evidence-files: they need perl (apt-get install perl-base)');
/** Numbers of system calls differ by processor. */
const calls = { x64: { ptrace: 101, memfdCreate: 319 }, arm64: { ptrace: 117, memfdCreate: 279 } }[process.arch as 'x64' | 'arm64'];
if (linux && calls === undefined)
  console.warn('SKIPPED parts of test/integration/processes-evidence-files: system calls are known for x64 and arm64');
const nobody = 65_534;

test.skipIf(!linux)('a deleted program, and another file in its place', async () => {
  const folder = temporaryDirectory();
  const [gone, updated] = [copyOfSleep(join(folder, 'gone')), copyOfSleep(join(folder, 'updated'))];
  const [first, second] = [await startWith(gone, ['1000']), await startWith(updated, ['1000'])];
  unlinkSync(gone);
  const before = Date.now();
  // As a package manager does it: the new file keeps the time at which it was built.
  renameSync(copyOfSleep(join(folder, 'updated.new')), updated);
  execFileSync('touch', ['-d', '2020-01-01', updated]);
  const evidence = openEvidence();
  expect((await evidence.evidenceOf(first.pid)).file).toMatchObject({ replacedAtMs: null, changeableAt: null });
  const replacedAtMs = (await evidence.evidenceOf(second.pid)).file?.replacedAtMs ?? 0;
  expect(Math.abs(replacedAtMs - before)).toBeLessThan(60_000);
});

test.skipIf(!linux || !perl || calls === undefined)('a program in memory', async () => {
  const script = `my $n="fixture";my $fd=syscall(${calls?.memfdCreate},$n,0);open(my $o,">&=",$fd);open(my $i,"<","/bin/sleep");binmode $o;binmode $i;{local $/;my $b=<$i>;print $o $b;}$o->flush;print STDOUT 1;exec {"/proc/self/fd/$fd"} "[kworker/u:1]","1000";`;
  const { pid } = await startPerl(script);
  const evidence = openEvidence();
  const row = await waitFor(
    async () => {
      const now = await evidence.rowOf(pid);
      return now.exe?.startsWith('/memfd:') === true && now.evidence !== null ? now : null;
    },
    { timeoutMs: 10_000, what: 'the program in memory' },
  );
  expect(row).toMatchObject({ exe: '/memfd:fixture', exeDeleted: true });
  expect(row.evidence).toMatchObject({ argumentList: ['[kworker/u:1]', '1000'], package: null, missing: [] });
  expect(row.evidence?.file).toMatchObject({ fileSystem: null, changeableAt: null, replacedAtMs: null });
});

test.skipIf(!linux)('who may change the file: it, a folder above it, nobody', async () => {
  const folder = temporaryDirectory();
  const open = join(folder, 'open');
  mkdirSync(open);
  chmodSync(open, 0o777);
  const sticky = join(folder, 'sticky');
  mkdirSync(sticky);
  chmodSync(sticky, 0o1777);
  const paths = [
    copyOfSleep(join(folder, 'writable'), 0o777),
    copyOfSleep(join(open, 'inside')),
    copyOfSleep(join(sticky, 'inside')),
    copyOfSleep(join(folder, 'own')),
  ];
  const evidence = openEvidence();
  const found: (string | null | undefined)[] = [];
  for (const path of paths) found.push((await evidence.evidenceOf((await startWith(path, ['1000'])).pid)).file?.changeableAt);
  expect(found).toEqual([paths[0], open, null, null]);
});

test.skipIf(!asRoot)("root runs a file in another user's folder", async () => {
  const folder = temporaryDirectory();
  const path = copyOfSleep(join(folder, 'tool'));
  chownSync(folder, nobody, nobody);
  const { pid } = await startWith(path, ['1000']);
  expect((await openEvidence().evidenceOf(pid)).file).toMatchObject({ ownerUid: 0, changeableAt: folder });
});

test.skipIf(!linux)('code of a library in an open folder, then of a deleted one', async () => {
  const library = /(\/\S*\/libm[.-]\S*so\S*)$/m.exec(readFileSync('/proc/self/maps', 'utf8'))?.[1];
  if (library === undefined) throw new Error('this Node does not use a shared libm');
  const copy = join(temporaryDirectory(), 'injected.so');
  copyFileSync(library, copy);
  const { pid } = await startWith('/bin/sleep', ['1000'], { env: { ...process.env, LD_PRELOAD: copy } });
  const evidence = openEvidence();
  expect((await evidence.evidenceOf(pid)).foreignLibraries).toEqual([{ path: copy, deleted: false }]);
  unlinkSync(copy);
  // Maps are read again after twelve minutes.
  const again = await waitFor(async () => (await evidence.rowOf(pid, 120_000)).evidence?.foreignLibraries?.find((one) => one.deleted), {
    timeoutMs: 20_000,
    what: 'the deleted library',
  });
  expect(again.path).toBe(copy);
});

test.skipIf(!linux || !existsSync('/var/lib/dpkg/status'))('the package that owns the program, and none of a copy of it', async () => {
  const packages = createPackages({ root: '/', exec: systemExec, monotonicMs: () => performance.now() });
  const evidence = openEvidence({ packages });
  const copy = copyOfSleep(join(temporaryDirectory(), 'copy'));
  // The clock of these tests runs ahead of the real one: the database must not have to be read within its half minute.
  for (const path of [realpathSync('/bin/sleep'), copy]) packages.ownerOf(path);
  await packages.settled();
  const owned = await startWith('/bin/sleep', ['1000']);
  const copied = await startWith(copy, ['1000']);
  expect(await evidence.evidenceOf(owned.pid)).toMatchObject({ package: { name: 'coreutils', manager: 'dpkg' }, missing: [] });
  expect(await evidence.evidenceOf(copied.pid)).toMatchObject({ package: null, missing: [] });
});

test.skipIf(!asRoot)('a container: which namespaces of the machine it shares, and whether it sees an engine', async () => {
  const cgroup = containerGroup();
  if (cgroup === null) {
    console.warn('SKIPPED: no control group may be made here');
    return;
  }
  const inGroup = (script: string) => `echo $$ > "${cgroup}/cgroup.procs"; ${script}`;
  const socketPath = join(temporaryDirectory(), 'engine');
  const server = createServer().listen(socketPath);
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  const place = join(temporaryDirectory(), 'docker.sock');
  writeFileSync(place, '');
  const shares = await startWith('/bin/sh', ['-c', inGroup('exec sleep 1000')]);
  const apart = await startWith('unshare', [
    '--net',
    '--mount',
    'sh',
    '-c',
    inGroup(`mount --bind "${socketPath}" "${place}"; exec sleep 1000`),
  ]);
  const evidence = openEvidence();
  const settled = (pid: number) =>
    waitFor(
      async () => {
        const row = await evidence.rowOf(pid);
        return row.name === 'sleep' && row.container !== null && row.evidence !== null ? row : null;
      },
      { timeoutMs: 10_000, what: `${pid} in its container` },
    );
  expect(await settled(shares.pid)).toMatchObject({
    container: 'c0ffee'.repeat(10).padEnd(64, '0'),
    evidence: { hostNamespaces: ['pid', 'network'], engineSocketMounted: false, project: null, package: null, missing: ['package'] },
  });
  expect((await settled(apart.pid)).evidence).toMatchObject({ hostNamespaces: ['pid'], engineSocketMounted: true });
});

/** A control group named as that of a container; gone when the test ends. Null: none may be made. */
function containerGroup(): string | null {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
  const base =
    /^\d+ \d+ \S+ \S+ (\S+) .* - cgroup \S+ \S*name=systemd/m.exec(mounts)?.[1] ??
    /^\d+ \d+ \S+ \S+ (\S+) .* - cgroup2 /m.exec(mounts)?.[1];
  if (base === undefined) return null;
  const path = join(base, `docker-${'c0ffee'.repeat(10).padEnd(64, '0')}.scope`);
  if (spawnSync('mkdir', [path]).status !== 0) return null;
  // Ended processes leave it a moment after their parent heard of it.
  onTestFinished(async () => {
    await waitFor(() => spawnSync('rmdir', [path]).status === 0, { timeoutMs: 10_000, what: 'the control group is empty' });
  });
  return path;
}

/** Mounts are read once for all processes of a namespace: by whose eyes matters. */
test.skipIf(!asRoot || !perl)('a process in a root directory of its own does not tell the others where they stand', async () => {
  const jailed = await startPerl(`chroot ${JSON.stringify(temporaryDirectory())} or die; chdir "/"; print "ready\\n"; sleep 1000`);
  const mounts = createMountReader(systemRoots);
  expect(mounts.of(`/proc/${jailed.pid}`, 0, 'known')?.mounts.find(({ mountPoint }) => mountPoint === '/')).toBeUndefined();
  const own = mounts.of(`/proc/${process.pid}`, 1, 'known')?.mounts;
  expect(own?.find(({ mountPoint }) => mountPoint === '/')).toBeDefined();
  // Long after: what is known is read again, by whoever comes first.
  expect(mounts.of(`/proc/${jailed.pid}`, 1_000_000, 'known')?.mounts).toBe(own);
});
