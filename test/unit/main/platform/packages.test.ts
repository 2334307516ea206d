import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Exec } from '../../../../src-main/platform/exec';
import { createPackages } from '../../../../src-main/platform/packages';
import { createLineIndex } from '../../../../src-main/platform/packages-index';

/** A root with the given files. */
function rootWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'logscope-test-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const noExec: Exec = async () => ({ kind: 'not-found', exitCode: null, stdout: '', stderr: '' });

async function ownersOf(root: string, paths: readonly string[], exec: Exec = noExec) {
  const packages = createPackages({ root, exec, monotonicMs: () => 0 });
  expect(paths.map(packages.ownerOf)).toEqual(paths.map(() => 'pending'));
  await packages.settled();
  return paths.map(packages.ownerOf);
}

const stanza = (name: string, status: string, description: string) =>
  `Package: ${name}\nStatus: ${status}\nArchitecture: amd64\nDescription: ${description}\n more of it\n Package: trap\n\n`;
const dpkg = {
  'var/lib/dpkg/status':
    stanza('bash', 'install ok installed', 'GNU Bourne Again SHell') +
    stanza('old', 'deinstall ok config-files', 'is gone') +
    stanza('dash', 'install ok installed', 'POSIX shell') +
    stanza('held', 'hold ok installed', ''),
  'var/lib/dpkg/info/bash.list': '/.\n/bin\n/bin/bash\n/usr/bin\n/usr/bin/bashbug\n',
  'var/lib/dpkg/info/old.list': '/usr/bin/oldtool\n',
  'var/lib/dpkg/info/dash.list': '/.\n/bin/dash\n/bin/sh\n/usr/share/doc/dash/example',
  'var/lib/dpkg/info/held:amd64.list': '/opt/held/run',
  'var/lib/dpkg/info/bash.md5sums': '0 bin/bash\n',
  'var/lib/dpkg/diversions': '/bin/sh\n/bin/sh.distrib\ndash\n/opt/held/run\n/opt/held/run.real\n:\n',
};

describe('dpkg', () => {
  test('owner and summary; what is not owned, gone or only begins alike has none', async () => {
    const root = rootWith(dpkg);
    expect(await ownersOf(root, ['/usr/bin/bashbug', '/usr/bin/bashbu', '/usr/bin/oldtool', '/nowhere', 'relative'])).toEqual([
      { name: 'bash', summary: 'GNU Bourne Again SHell', manager: 'dpkg' },
      null,
      null,
      null,
      null,
    ]);
  });

  test('where /usr is merged a path may be listed by its old place', async () => {
    const merged = rootWith(dpkg);
    mkdirSync(join(merged, 'usr/bin'), { recursive: true });
    symlinkSync('usr/bin', join(merged, 'bin'));
    expect((await ownersOf(merged, ['/usr/bin/bash', '/bin/bash'])).map((one) => one !== null)).toEqual([true, true]);
    expect(await ownersOf(rootWith(dpkg), ['/usr/bin/bash'])).toEqual([null]);
  });

  test('a file that was moved aside keeps its owner, the one in its place is of who moved it', async () => {
    const root = rootWith({
      ...dpkg,
      'var/lib/dpkg/info/bash.list': '/bin/sh\n/bin/bash\n',
    });
    const names = (await ownersOf(root, ['/bin/sh', '/bin/sh.distrib', '/opt/held/run.real', '/opt/held/run'])).map((one) =>
      typeof one === 'object' ? (one?.name ?? null) : one,
    );
    expect(names).toEqual(['dash', 'bash', 'held', null]);
  });

  test('nothing is said of folders that are left out', async () => {
    expect(await ownersOf(rootWith(dpkg), ['/usr/share/doc/dash/example'])).toEqual(['unknown']);
  });

  test('after an installation it is asked again', async () => {
    const root = rootWith(dpkg);
    let nowMs = 0;
    const packages = createPackages({ root, exec: noExec, monotonicMs: () => nowMs });
    packages.ownerOf('/usr/bin/new');
    await packages.settled();
    expect(packages.ownerOf('/usr/bin/new')).toBeNull();
    writeFileSync(join(root, 'var/lib/dpkg/info/new.list'), '/usr/bin/new\n');
    writeFileSync(join(root, 'var/lib/dpkg/status'), stanza('new', 'install ok installed', 'x'));
    utimesSync(join(root, 'var/lib/dpkg/info'), 1, 1);
    expect(packages.ownerOf('/usr/bin/new')).toBeNull();
    nowMs = 61_000;
    packages.ownerOf('/usr/bin/new');
    await packages.settled();
    packages.ownerOf('/usr/bin/new');
    await packages.settled();
    expect(packages.ownerOf('/usr/bin/new')).toMatchObject({ name: 'new' });
  });

  test('many in one turn are one batch', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `/opt/big/file-${index}`);
    const root = rootWith({
      'var/lib/dpkg/status': stanza('big', 'install ok installed', 'x'),
      'var/lib/dpkg/info/big.list': lines.join('\n'),
    });
    const owners = await ownersOf(root, [...lines.filter((_, index) => index % 100 === 0), '/opt/big/file-x']);
    expect(owners.slice(0, -1).every((one) => typeof one === 'object' && one?.name === 'big')).toBe(true);
    expect(owners.at(-1)).toBeNull();
  });
});

test('apk', async () => {
  const installed =
    'C:Q1x\nP:busybox\nV:1\nT:Size optimized toolbox\nF:\nR:top\nF:bin\nR:busybox\na:0:0:755\n\nP:musl\nT:the C library\nF:lib\nR:ld.so\n\n';
  const root = rootWith({ 'lib/apk/db/installed': installed });
  expect(await ownersOf(root, ['/bin/busybox', '/lib/ld.so', '/top', '/bin/other'])).toEqual([
    { name: 'busybox', summary: 'Size optimized toolbox', manager: 'apk' },
    { name: 'musl', summary: 'the C library', manager: 'apk' },
    { name: 'busybox', summary: 'Size optimized toolbox', manager: 'apk' },
    null,
  ]);
});

test('pacman', async () => {
  const root = rootWith({
    'var/lib/pacman/local/ALPM_DB_VERSION': '9',
    'var/lib/pacman/local/bash-5.2-1/desc': '%NAME%\nbash\n\n%VERSION%\n5.2-1\n\n%DESC%\nThe GNU shell\n',
    'var/lib/pacman/local/bash-5.2-1/files': '%FILES%\nusr/\nusr/bin/\nusr/bin/bash\n',
  });
  expect(await ownersOf(root, ['/usr/bin/bash', '/usr/bin/zsh'])).toEqual([
    { name: 'bash', summary: 'The GNU shell', manager: 'pacman' },
    null,
  ]);
});

describe('rpm', () => {
  const root = () => rootWith({ 'var/lib/rpm/rpmdb.sqlite': '' });
  const border = 'file /proc/version is not owned by any package\n';

  test('is asked once for many paths, without a shell', async () => {
    const calls: (readonly string[])[] = [];
    const exec: Exec = async (file, args) => {
      calls.push([file, ...args]);
      const stdout = `bash\tThe shell\n${border}file /x is not owned by any package\n${border}a\tfirst\nb\tsecond\n${border}`;
      return { kind: 'exited', exitCode: 1, stdout, stderr: '' };
    };
    expect(await ownersOf(root(), ['/bin/bash', '/x', '/two'], exec)).toEqual([
      { name: 'bash', summary: 'The shell', manager: 'rpm' },
      null,
      { name: 'a', summary: 'first', manager: 'rpm' },
    ]);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.slice(0, 3)).toEqual(['rpm', '-qf', '--queryformat']);
  });

  test.each<[string, Awaited<ReturnType<Exec>>]>([
    ['is not there', { kind: 'not-found', exitCode: null, stdout: '', stderr: '' }],
    ['hangs', { kind: 'timeout', exitCode: null, stdout: '', stderr: '' }],
    ['answers something else', { kind: 'exited', exitCode: 0, stdout: 'bash\tx\n', stderr: '' }],
  ])('%s: unknown', async (_, result) => {
    expect(await ownersOf(root(), ['/bin/bash'], async () => result)).toEqual(['unknown']);
  });
});

test('no package manager: unknown', async () => {
  expect(await ownersOf(rootWith({ 'etc/passwd': '' }), ['/bin/bash'])).toEqual(['unknown']);
});

test('a damaged database is told and ends nothing', async () => {
  const root = rootWith({ ...dpkg });
  rmSync(join(root, 'var/lib/dpkg/info/dash.list'));
  mkdirSync(join(root, 'var/lib/dpkg/info/dash.list'));
  const packages = createPackages({ root, exec: noExec, monotonicMs: () => 0 });
  packages.ownerOf('/bin/dash');
  await packages.settled();
  expect(packages.ownerOf('/bin/dash')).toBe('unknown');
  expect(packages.problem()).toMatch(/package database/);
});

test('the index finds every line and grows', () => {
  const index = createLineIndex();
  const lines = Array.from({ length: 150_000 }, (_, number) => `/usr/lib/${number.toString(36)}/x`);
  const bytes = Buffer.from(lines.join('\n'));
  index.addLines(bytes, 0, bytes.length, 5);
  expect(lines.every((line) => index.candidates(line).includes(5))).toBe(true);
  expect(index.candidates('/usr/lib/nothing')).toEqual([]);
});
