import { describe, expect, it } from 'vitest';
import { nowMs } from '../sample-facts';
import { evidence, executableFile, genuineKin, kin, packaged, roleEntry, type SubjectOver, unknownRole, verdictOf } from './risk-samples';

const engine = roleEntry({ id: 'containerd-shim', names: ['containerd-shim-runc-v2'], category: 'container' });
const testRunner = roleEntry({ id: 'go', names: ['go'], category: 'developer', developerTool: true });
const replaced = { ...executableFile, replacedAtMs: nowMs };
const withFile = (over: Partial<typeof executableFile>) => evidence({ file: { ...executableFile, ...over } });

describe('origin', () => {
  it.each<[string, SubjectOver, string]>([
    ['from memory', { process: { exe: '/memfd:x', exeDeleted: true } }, '65/0/0 exe-memory-only:65'],
    [
      'a container runtime that copied itself into memory',
      {
        process: { exe: '/memfd:runc_cloned:/proc/self/exe', exeDeleted: true, name: 'runc' },
        entry: null,
        context: { parent: kin({ name: 'runc', exe: '/memfd:runc_cloned:/proc/self/exe', parent: genuineKin(engine) }) },
      },
      '10/0/0 exe-memory-only:10',
    ],
    [
      'the name alone is no excuse',
      { process: { exe: '/memfd:runc_cloned:/proc/self/exe', exeDeleted: true, name: 'runc' }, entry: null, context: { parent: kin() } },
      '65/0/0 exe-memory-only:65',
    ],
    ['deleted', { process: { exeDeleted: true } }, '30/0/0 exe-deleted:30'],
    [
      'deleted by an upgrade',
      { process: { exeDeleted: true, evidence: evidence({ file: replaced, package: packaged }) } },
      '5/0/0 exe-updated:5',
    ],
    ['deleted by a fresh build', { process: { exeDeleted: true, evidence: withFile({ replacedAtMs: nowMs }) } }, '10/0/0 exe-updated:10'],
    ['a program mounted as a single file, replaced', { process: { exe: '/', exeDeleted: true } }, '5/0/0 exe-updated:5'],
    ['deleted, not looked at yet', { process: { exeDeleted: true, evidence: null } }, '5/0/0 exe-updated:5'],
    ['shared memory', { process: { exe: '/dev/shm/x' } }, '50/0/0 exe-temporary:50'],
    ['/tmp', { process: { exe: '/tmp/build/x' } }, '35/0/0 exe-temporary:35'],
    ['not /tmpfoo', { process: { exe: '/tmpfoo/x' } }, '0/0/0'],
    [
      'a test runner in /tmp',
      { process: { exe: '/tmp/go-build1/b001/x.test' }, entry: null, context: { parent: genuineKin(testRunner) } },
      '20/0/0 exe-temporary:20',
    ],
    [
      'a parent that only claims to be one',
      {
        process: { exe: '/tmp/go-build1/b001/x.test' },
        entry: null,
        context: { parent: genuineKin(testRunner, { role: { ...unknownRole, claimed: true } }) },
      },
      '35/0/0 exe-temporary:35',
    ],
    [
      'an AppImage',
      { process: { exe: '/tmp/.mount_AppXyz/usr/bin/app', evidence: withFile({ fileSystem: 'fuse.App.AppImage' }) } },
      '5/0/0 exe-temporary:5',
    ],
    [
      'a folder named like one',
      { process: { exe: '/tmp/.mount_AppXyz/usr/bin/app', evidence: withFile({ fileSystem: 'ext4' }) } },
      '35/0/0 exe-temporary:35',
    ],
    ['downloads', { process: { exe: '/home/dev/Downloads/app' } }, '15/0/0 exe-downloads:15'],
    [
      'Windows temp',
      { process: { exe: 'C:\\Users\\dev\\AppData\\Local\\Temp\\x.exe' }, context: { platform: 'win32' } },
      '35/0/0 exe-temporary:35',
    ],
    [
      'code from a temporary place',
      { process: { evidence: evidence({ foreignLibraries: [{ path: '/tmp/x.so', deleted: false }] }) } },
      '30/0/0 foreign-code:30',
    ],
    [
      'libraries of a program that is from there itself',
      {
        process: {
          exe: '/tmp/root/usr/bin/dpkg',
          evidence: evidence({ foreignLibraries: [{ path: '/tmp/root/lib/x.so', deleted: false }] }),
        },
        entry: null,
      },
      '35/0/0 exe-temporary:35',
    ],
    [
      'a bundle of a Python program',
      { process: { evidence: evidence({ foreignLibraries: [{ path: '/tmp/_MEIabc/libpython3.so', deleted: false }] }) } },
      '10/0/0 foreign-code:10',
    ],
    [
      'memory with the name of a file',
      {
        process: {
          evidence: evidence({
            foreignLibraries: [
              { path: '/anon_hugepage', deleted: true },
              { path: '/dev/zero', deleted: true },
            ],
          }),
        },
      },
      '0/0/0',
    ],
    [
      'an unknown piece of memory',
      { process: { evidence: evidence({ foreignLibraries: [{ path: '/memfd:x', deleted: true }] }) } },
      '15/0/0 foreign-code:15',
    ],
    [
      'a library replaced by an upgrade',
      { process: { evidence: evidence({ foreignLibraries: [{ path: '/usr/lib/x86_64-linux-gnu/libc.so.6', deleted: true }] }) } },
      '5/0/0 code-updated:5',
    ],
    [
      'what Java unpacks',
      {
        process: { evidence: evidence({ foreignLibraries: [{ path: '/tmp/libnetty.so', deleted: true }] }) },
        entry: roleEntry({ makesCode: true }),
        claimed: true,
      },
      '5/0/0 code-updated:5',
    ],
    ['no package put it there', { process: { exe: '/usr/bin/thing', evidence: evidence({ package: null }) } }, '10/0/0 unpackaged:10'],
    ['no package, but not looked at', { process: { exe: '/usr/bin/thing', evidence: evidence({ missing: ['package'] }) } }, '0/0/0'],
    ['no package in /usr/local', { process: { exe: '/usr/local/bin/thing' } }, '0/0/0'],
    ['no package of the machine in a container', { process: { exe: '/usr/bin/thing', container: 'c1' } }, '0/0/0'],
  ])('%s', (_name, over, expected) => {
    expect(verdictOf(over)).toBe(expected);
  });
});

describe('identity', () => {
  const service = roleEntry({ id: 'sshd', names: ['sshd'], category: 'remote-access' });
  it.each<[string, SubjectOver, string]>([
    ['a kernel name', { process: { name: 'kworker/0:1', command: './x' } }, '70/0/0 kernel-name:70'],
    ['brackets in the command line', { process: { name: '5', command: '[kworker/u8:2]' } }, '70/0/0 kernel-name:70'],
    ['another bracketed thread', { process: { command: '[nfsd]' } }, '70/0/0 kernel-name:70'],
    ['a bracketed title that is no kernel thread', { process: { command: '[celeryd: w1@host:MainProcess]' } }, '0/0/0'],
    ['a name of the kernel that programs bear too', { process: { name: 'nfsd', command: './nfsd' } }, '0/0/0'],
    ['what the kernel is just starting', { process: { ppid: 2, name: 'kworker/0:1', command: '' } }, '0/0/0'],
    ['a name alone, nothing else visible', { process: { exe: null, name: 'kworker/0:1', command: '' } }, '0/0/0'],
    ['in the wrong place', { process: { exe: '/home/dev/sshd', name: 'sshd' }, entry: service, claimed: true }, '45/0/0 wrong-place:45'],
    ['a version put into /opt', { process: { exe: '/opt/ssh/sbin/sshd', name: 'sshd' }, entry: service, claimed: true }, '0/0/0'],
    ['in a container', { process: { exe: '/x/sshd', name: 'sshd', container: 'c1' }, entry: service, claimed: true }, '0/0/0'],
    [
      'a tool somebody built',
      { process: { exe: '/home/dev/jq/jq', name: 'jq' }, entry: roleEntry({ names: ['jq'], category: 'developer' }), claimed: true },
      '10/0/0 wrong-place:10',
    ],
    [
      'svchost outside the system folder',
      {
        process: { exe: 'C:\\Users\\dev\\svchost.exe', name: 'svchost.exe', evidence: null },
        entry: roleEntry({ platform: 'win32', names: ['svchost.exe'], category: 'init' }),
        claimed: true,
        context: { platform: 'win32' },
      },
      '65/0/0 wrong-place:65',
    ],
    [
      'a service name as title',
      { process: { command: '/usr/sbin/sshd -D', exe: '/usr/bin/perl5', name: 'perl' }, entry: null },
      '55/0/0 false-title:45 unpackaged:10',
    ],
    [
      'a title of its own',
      { process: { command: 'sshd: dev@pts/0', exe: '/usr/sbin/sshd', evidence: evidence({ package: packaged }) } },
      '0/0/0',
    ],
    [
      'one file with many names',
      { process: { command: 'crond -f', exe: '/bin/busybox', evidence: evidence({ package: packaged }) }, entry: null },
      '0/0/0',
    ],
    [
      'init that is systemd',
      { process: { command: '/sbin/init', exe: '/usr/lib/systemd/systemd', evidence: evidence({ package: packaged }) } },
      '0/0/0',
    ],
    [
      'a hidden folder',
      { process: { exe: '/usr/lib/.x/thing', evidence: evidence({ package: packaged }) }, entry: null },
      '25/0/0 hidden-path:25',
    ],
    ['three dots', { process: { exe: '/var/lib/.../thing' } }, '25/0/0 hidden-path:25'],
    ['tools of a person', { process: { exe: '/home/dev/.nvm/versions/node/v20/bin/thing' } }, '0/0/0'],
    ['data of a service', { process: { exe: '/var/lib/jenkins/.cache/thing' } }, '0/0/0'],
    ['a blank at the end of a file name', { process: { exe: '/home/dev/sshd ' }, entry: null }, '25/0/0 deceptive-name:25'],
    ['a title the kernel cut behind a blank', { process: { name: 'npm exec biome ' } }, '0/0/0'],
    ['a letter turned around', { process: { name: 'ssh\u202ed' } }, '25/0/0 deceptive-name:25'],
    ['a look-alike letter', { process: { name: 'sshd', exe: '/home/dev/sy\u0455temd' } }, '25/0/0 deceptive-name:25'],
    ['a name in another script', { process: { name: '\u043f\u0440\u043e\u0435\u043a\u0442-v2' } }, '0/0/0'],
    ['a Korean name', { process: { name: '\ud55c\uae00\ud504\ub85c\uadf8\ub7a8' } }, '0/0/0'],
    [
      'a service host started by another',
      {
        process: { name: 'svchost.exe', exe: null, evidence: null },
        entry: null,
        context: { platform: 'win32', parent: kin({ name: 'cmd.exe' }) },
      },
      '65/0/0 wrong-parent:65',
    ],
    [
      'a service host started by the service manager',
      {
        process: { name: 'svchost.exe', exe: null, evidence: null },
        entry: null,
        context: { platform: 'win32', parent: kin({ name: 'services.exe' }) },
      },
      '0/0/0',
    ],
    [
      'a daemon of macOS that launchd did not start',
      {
        process: { name: 'configd', ppid: 40, exe: null, evidence: null },
        entry: null,
        context: { platform: 'darwin', parent: kin({ name: 'zsh' }) },
      },
      '65/0/0 wrong-parent:65',
    ],
  ])('%s', (_name, over, expected) => {
    expect(verdictOf(over)).toBe(expected);
  });
});
