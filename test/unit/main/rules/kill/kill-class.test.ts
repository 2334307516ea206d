import { describe, expect, test } from 'vitest';
import { judgeKillClass } from '../../../../../src-main/rules/kill/kill-class';
import type { KillVerdict } from '../../../../../src-main/rules/kill/kill-verdict';
import { judgeClassRefusal, judgeStopRefusal } from '../../../../../src-main/rules/kill/stop-refusal';
import type { ContainerContext, Kin, ProcessContext, UnitContext } from '../../../../../src-main/rules/process-context';
import { explainRole } from '../../../../../src-main/rules/role/explain-role';
import { curatedRoleBase } from '../../../../../src-main/rules/role/role-base';
import type { Policy } from '../../../../../src-shared/contract';
import type { ProcessFacts, RiskLevel } from '../../../../../src-shared/snapshots';
import { aKin, aProcess, noSurroundings, nowMs } from '../role/sample-process';

const base = curatedRoleBase();
const hour = 3_600_000;

type Over = Partial<ProcessFacts>;
type Context = Partial<ProcessContext>;

function judge(over: Over, context: Context = {}, riskLevel: RiskLevel = 'ordinary'): KillVerdict {
  const process = aProcess({ startedAtMs: nowMs - 10_000, ...over });
  const whole = { ...noSurroundings, ...context };
  return judgeKillClass(process, whole, { role: explainRole(process, whole, base), riskLevel }, base);
}

/** A kin whose role is what the base says of it. */
function kin(over: Partial<Kin>, parent: Kin | null = null, command = ''): Kin {
  const bare = aKin({ ...over, parent });
  const process = aProcess({ pid: bare.pid, exe: bare.exe, name: bare.name, command, user: bare.user, terminal: bare.terminal });
  const role = explainRole(process, { ...noSurroundings, parent }, base);
  return { ...bare, role, entry: role.entry === null ? null : base.entryOf(role.entry) };
}

const init = kin({ pid: 1, name: 'systemd', exe: '/usr/lib/systemd/systemd', user: 'root' });
const userManager = kin({ pid: 900, name: 'systemd', exe: '/usr/lib/systemd/systemd', user: 'dev' }, init, '/lib/systemd/systemd --user');
const sshd = kin({ pid: 700, name: 'sshd', exe: '/usr/sbin/sshd', user: 'root' }, init, '/usr/sbin/sshd -D');
const cron = kin({ pid: 710, name: 'cron', exe: '/usr/sbin/cron', user: 'root' }, init, '/usr/sbin/cron -f');
const bash = kin({ pid: 800, name: 'bash', exe: '/usr/bin/bash', user: 'dev', terminal: 'pts/1' }, sshd, '-bash');

const daemon = { ppid: 1, uid: 0, user: 'root' } as const;
const shim = kin({ pid: 750, name: 'containerd-shim', exe: '/usr/bin/containerd-shim-runc-v2', user: 'root' }, init);
const containerId = 'c'.repeat(64);
const container: ContainerContext = {
  id: containerId,
  name: 'shop-db',
  image: 'postgres:16',
  restartPolicy: 'always',
  mainPid: 500,
  pod: null,
  recentStartCount: null,
  memoryLimitBytes: null,
  publishedPorts: [],
  privileged: false,
};

function unit(name: string, over: Partial<UnitContext> = {}): UnitContext {
  return {
    unit: name,
    scope: 'system',
    description: name,
    restartPolicy: null,
    mainPid: null,
    triggers: [],
    recentStartCount: null,
    ...over,
  };
}

function policy(verdict: Policy['verdict']): Policy {
  return {
    exe: '/usr/bin/thing',
    sha256: null,
    name: 'thing',
    role: null,
    category: null,
    verdict,
    note: '',
    author: 'dev',
    expectedRules: [],
    updatedAtMs: 0,
  };
}

type Case = readonly [what: string, over: Over, context: Context, expected: string];

const never: readonly Case[] = [
  ['systemd as the first process', { pid: 1, ppid: 0, exe: '/usr/lib/systemd/systemd', name: 'systemd', ...{ uid: 0 } }, {}, 'K0 init'],
  ['another first process', { pid: 1, ppid: 0, exe: null, name: 'my-init' }, {}, 'K0 init'],
  ['the number that means "my group"', { pid: 0 }, {}, 'K0 init'],
  ['the number that means "everything"', { pid: -1 }, {}, 'K0 init'],
  ['no number', { pid: Number.NaN }, {}, 'K0 init'],
  ['a kernel thread', { ppid: 2, kernelThread: true, name: 'kworker/0:1', exe: null }, {}, 'K0 kernel-thread'],
  ['LogScope', {}, { ownTree: 'self' }, 'K0 self'],
  ['the shell LogScope was started from', { exe: '/usr/bin/bash', name: 'bash' }, { ownTree: 'above' }, 'K0 ancestor'],
  [
    'the system bus',
    {
      ppid: 1,
      exe: '/usr/bin/dbus-daemon',
      name: 'dbus-daemon',
      user: 'messagebus',
      uid: 101,
      unit: 'dbus.service',
      command: '/usr/bin/dbus-daemon --system',
    },
    { parent: init, unit: unit('dbus.service') },
    'K0 system-core',
  ],
  [
    'dbus-broker',
    { ppid: 1, exe: '/usr/bin/dbus-broker-launch', name: 'dbus-broker-lau', user: 'dbus', uid: 81, unit: 'dbus-broker.service' },
    { parent: init },
    'K0 system-core',
  ],
  [
    'the journal',
    { ...daemon, exe: '/usr/lib/systemd/systemd-journald', name: 'systemd-journal', unit: 'systemd-journald.service' },
    { parent: init },
    'K0 system-core',
  ],
  [
    'the journal on a merged /lib',
    { ...daemon, exe: '/lib/systemd/systemd-journald', name: 'systemd-journal' },
    { parent: init },
    'K0 system-core',
  ],
  [
    'devices',
    { ...daemon, exe: '/usr/bin/udevadm', name: 'systemd-udevd', command: '/lib/systemd/systemd-udevd', unit: 'systemd-udevd.service' },
    { parent: init },
    'K0 system-core',
  ],
  [
    'logins',
    { ...daemon, exe: '/usr/lib/systemd/systemd-logind', name: 'systemd-logind', unit: 'systemd-logind.service' },
    { parent: init },
    'K0 system-core',
  ],
  [
    'logins, the file not visible',
    { ...daemon, exe: null, name: 'systemd-logind', unit: 'systemd-logind.service' },
    { parent: init },
    'K0 system-core',
  ],
  [
    'the journal after an update',
    { ...daemon, exe: '/usr/lib/systemd/systemd-journald', exeDeleted: true, name: 'systemd-journal', unit: 'systemd-journald.service' },
    { parent: init },
    'K0 system-core',
  ],
  ['the kernel of Windows', { pid: 4, ppid: 0, exe: null, name: 'System' }, { platform: 'win32' }, 'K0 system-core'],
  ['lsass', { exe: 'C:\\Windows\\System32\\lsass.exe', name: 'lsass.exe' }, { platform: 'win32' }, 'K0 system-core'],
  [
    'WindowServer',
    { exe: '/System/Library/PrivateFrameworks/SkyLight.framework/Resources/WindowServer', name: 'WindowServer' },
    { platform: 'darwin' },
    'K0 system-core',
  ],
];

const cutsOff: readonly Case[] = [
  [
    'the manager of a login',
    { ppid: 1, exe: '/usr/lib/systemd/systemd', name: 'systemd', command: '/lib/systemd/systemd --user', unit: 'init.scope' },
    { parent: init },
    'K1 user-manager',
  ],
  [
    "the manager of root's own login",
    { ...daemon, exe: '/usr/lib/systemd/systemd', name: 'systemd', command: '/lib/systemd/systemd --user', unit: 'init.scope' },
    { parent: init },
    'K1 user-manager',
  ],
  [
    'sshd',
    { ...daemon, exe: '/usr/sbin/sshd', name: 'sshd', command: 'sshd: /usr/sbin/sshd -D [listener]', unit: 'ssh.service' },
    { parent: init, unit: unit('ssh.service') },
    'K1 remote-access',
  ],
  [
    'GNOME Shell',
    { exe: '/usr/bin/gnome-shell', name: 'gnome-shell', unit: 'org.gnome.Shell@wayland.service' },
    { parent: userManager, unit: unit('org.gnome.Shell@wayland.service', { scope: 'user' }) },
    'K1 session',
  ],
  ['Xorg', { ppid: 950, uid: 0, user: 'root', exe: '/usr/lib/xorg/Xorg', name: 'Xorg' }, {}, 'K1 session'],
  [
    'NetworkManager',
    { ...daemon, exe: '/usr/sbin/NetworkManager', name: 'NetworkManager', unit: 'NetworkManager.service' },
    { parent: init, unit: unit('NetworkManager.service') },
    'K1 network',
  ],
  [
    'resolved',
    {
      ...daemon,
      uid: 102,
      user: 'systemd-resolve',
      exe: '/usr/lib/systemd/systemd-resolved',
      name: 'systemd-resolve',
      unit: 'systemd-resolved.service',
    },
    { parent: init },
    'K1 network',
  ],
  [
    'wpa_supplicant',
    { ...daemon, exe: '/usr/sbin/wpa_supplicant', name: 'wpa_supplicant', unit: 'wpa_supplicant.service' },
    { parent: init },
    'K1 network',
  ],
  ['tmux', { exe: '/usr/bin/tmux', name: 'tmux: server' }, { parent: userManager }, 'K1 session'],
  ['the desktop of Windows', { exe: 'C:\\Windows\\System32\\dwm.exe', name: 'dwm.exe' }, { platform: 'win32' }, 'K1 session'],
];

const throughManager: readonly Case[] = [
  ['nginx as a service', { ...daemon, exe: '/usr/sbin/nginx', name: 'nginx', unit: 'nginx.service' }, { parent: init }, 'K2 unit'],
  [
    'a worker of it',
    { ppid: 600, exe: '/usr/sbin/nginx', name: 'nginx', unit: 'nginx.service', user: 'www-data', uid: 33 },
    { parent: kin({ pid: 600, exe: '/usr/sbin/nginx', name: 'nginx' }, init) },
    'K2 unit',
  ],
  ['an own program as a service', { exe: '/srv/shop/shop', name: 'shop', unit: 'shop.service', ppid: 1 }, { parent: init }, 'K2 unit'],
  [
    'a service of the login',
    { exe: '/usr/bin/syncthing', name: 'syncthing', unit: 'syncthing.service' },
    { parent: userManager, unit: unit('syncthing.service', { scope: 'user' }) },
    'K2 unit',
  ],
  ['PostgreSQL by hand', { exe: '/usr/lib/postgresql/15/bin/postgres', name: 'postgres' }, { parent: bash }, 'K2 database'],
  ['redis by hand', { exe: '/usr/bin/redis-server', name: 'redis-server' }, { parent: bash }, 'K2 database'],
  ['dockerd by hand', { uid: 0, exe: '/usr/bin/dockerd', name: 'dockerd' }, { parent: bash }, 'K2 engine'],
  ['containerd by hand', { uid: 0, exe: '/usr/bin/containerd', name: 'containerd' }, { parent: bash }, 'K2 engine'],
  ['dpkg at work', { uid: 0, exe: '/usr/bin/dpkg', name: 'dpkg' }, { parent: bash }, 'K2 package-manager'],
  [
    'in a container',
    { exe: '/usr/local/bin/postgres', name: 'postgres', container: containerId },
    { container, parent: shim },
    'K2 container',
  ],
  [
    'in a container of an engine that is not reached',
    { exe: '/srv/x', name: 'x', container: containerId },
    { parent: shim },
    'K2 container',
  ],
  [
    'below the first process of a container',
    { pid: 501, container: containerId },
    { container, parent: aKin({ pid: 500, parent: shim }) },
    'K2 container',
  ],
  ['in a pod', { exe: '/srv/x', name: 'x', container: containerId, pod: 'uid-1' }, { container }, 'K2 pod'],
  [
    'systemd-timesyncd',
    {
      ...daemon,
      uid: 103,
      user: 'systemd-timesync',
      exe: '/usr/lib/systemd/systemd-timesyncd',
      name: 'systemd-timesyn',
      unit: 'systemd-timesyncd.service',
    },
    { parent: init },
    'K2 unit',
  ],
];

const dpkg = kin({ pid: 820, name: 'dpkg', exe: '/usr/bin/dpkg', user: 'root' }, bash);
const vite = kin({ pid: 830, name: 'node', exe: '/usr/bin/node' }, init, 'node /a/node_modules/.bin/vite');

const nodeTool = { exe: '/usr/bin/node', name: 'node', command: 'node /home/dev/shop/node_modules/.bin/vite --host' } as const;
const old = { startedAtMs: nowMs - 5 * hour, ppid: 1 } as const;

const recommended: readonly Case[] = [
  ['a development server whose terminal and parent are gone', { ...nodeTool, ...old }, { parent: init }, 'K4 leftover'],
  ['the same below the manager of the login', { ...nodeTool, ...old, ppid: 900 }, { parent: userManager }, 'K4 leftover'],
  ['a program that a note recommends to end', {}, { policy: policy('end') }, 'K4 policy-end'],
];

const ordinary: readonly Case[] = [
  ['an editor', { exe: '/usr/bin/vim', name: 'vim', terminal: 'pts/1' }, { parent: bash }, 'K3 ordinary'],
  ['an unknown program', { exe: '/home/dev/x', name: 'x' }, { parent: bash }, 'K3 ordinary'],
  [
    'a development server in its terminal',
    { ...nodeTool, startedAtMs: nowMs - 5 * hour, terminal: 'pts/1' },
    { parent: bash },
    'K3 ordinary',
  ],
  ['a young one without', { ...nodeTool, ppid: 1, startedAtMs: nowMs - hour / 2 }, { parent: init }, 'K3 ordinary'],
  [
    'a program of the desktop in its own scope',
    { exe: '/usr/bin/gedit', name: 'gedit', unit: 'app-gnome-gedit-12.scope' },
    { parent: userManager },
    'K3 ordinary',
  ],
  [
    'the same as a service of the desktop',
    { exe: '/usr/bin/kate', name: 'kate', unit: 'app-org.kde.kate@1.service' },
    { parent: userManager },
    'K3 ordinary',
  ],
  [
    'what a login through sshd started',
    { exe: '/usr/bin/make', name: 'make', unit: 'ssh.service', terminal: 'pts/1' },
    { parent: bash, unit: unit('ssh.service') },
    'K3 ordinary',
  ],
  [
    'a job of cron',
    { exe: '/home/dev/backup', name: 'backup', unit: 'cron.service' },
    { parent: cron, unit: unit('cron.service') },
    'K3 ordinary',
  ],
  ['an unknown helper of a package manager', { uid: 0, user: 'root', exe: '/opt/x/x', name: 'x' }, { parent: dpkg }, 'K3 ordinary'],
  [
    'an unknown helper of a development server',
    { exe: '/opt/x/x', name: 'x', startedAtMs: nowMs - 5 * hour },
    { parent: vite },
    'K3 ordinary',
  ],
  [
    'a script of root',
    { uid: 0, exe: '/usr/bin/python3.11', name: 'python3', command: '/usr/bin/python3 /srv/x.py' },
    { parent: bash },
    'K3 ordinary',
  ],
  [
    "somebody's login",
    { ppid: 700, exe: '/usr/sbin/sshd', name: 'sshd', command: 'sshd: dev@pts/1' },
    { parent: sshd },
    'K3 login-session',
  ],
  [
    'what was started in a container by hand',
    { pid: 510, container: containerId, exe: '/bin/sh', name: 'sh' },
    { container, parent: shim },
    'K3 container-exec',
  ],
  ['a zombie', { state: 'Z' }, { parent: bash }, 'K3 zombie'],
  ['a zombie of a service', { state: 'Z', unit: 'nginx.service', exe: null }, { parent: init }, 'K3 zombie'],
  ['one that waits for a disk', { state: 'D', heldStateSinceMs: nowMs - 60_000 }, { parent: bash }, 'K3 waits-for-storage'],
  ['one that reads from a disk', { state: 'D', heldStateSinceMs: nowMs - 500 }, { parent: bash }, 'K3 ordinary'],
  [
    'a second journal, started by a test',
    { ppid: 800, uid: 0, exe: '/usr/lib/systemd/systemd-journald', name: 'systemd-journal' },
    { parent: bash },
    'K3 ordinary',
  ],
  ['one that a note says never to end', {}, { policy: policy('never-end') }, 'K3 policy-never-end'],
];

const tables = { never, cutsOff, throughManager, recommended, ordinary };

test('the table is as long as promised', () => {
  expect(Object.values(tables).flat().length).toBeGreaterThanOrEqual(60);
});

for (const [topic, cases] of Object.entries(tables)) {
  describe(topic, () => {
    test.each(cases)('%s', (_, over, context, expected) => {
      const { killClass, reason } = judge(over, context);
      expect(`${killClass} ${reason.rule}`).toBe(expected);
      expect(reason.text).not.toMatch(/\{\{|kill\.because/);
    });
  });
}

describe('a name never protects', () => {
  const names = [
    ...[
      'systemd',
      'init',
      'kthreadd',
      '[kworker/0:1]',
      'dbus-daemon',
      'systemd-journald',
      'systemd-logind',
      'systemd-udevd',
      'sshd',
      'sshd-session',
    ],
    ...['Xorg', 'gnome-shell', 'NetworkManager', 'wpa_supplicant', 'gdm3', 'login', 'agetty', 'tmux', 'screen', 'dockerd', 'containerd'],
    ...['postgres', 'mysqld', 'redis-server', 'dpkg', 'apt', 'kubelet', 'LogScope', 'logscope', 'lsass.exe', 'WindowServer'],
  ];
  const places = ['/tmp', '/dev/shm', '/home/dev', '/var/tmp/.x', '/home/dev/usr/bin', '/usr/bin/../../tmp', '/run/user/1000'];
  const commands = ['', ' --system', ' --user', ': /usr/sbin/sshd -D [listener]'];
  const hostile = names.flatMap((name) =>
    places.map((place, at) => ({ name, exe: `${place}/${name}`, command: `${name}${commands[at % commands.length]}` })),
  );

  test(`${hostile.length} names in places anyone may write to, as any user, orphaned, in a unit of a login named like a core one`, () => {
    expect(hostile.length).toBeGreaterThanOrEqual(100);
    const gained: string[] = [];
    for (const one of hostile) {
      for (const account of [
        { uid: 1000, user: 'dev' },
        { uid: 0, user: 'root' },
      ]) {
        for (const around of [{ unit: null }, { unit: 'app-x-1.scope' }]) {
          const { killClass } = judge({ ...one, ...account, ...around, ppid: 1 }, { parent: init });
          if (killClass !== 'K3') gained.push(`${one.exe} ${account.user} ${around.unit}: ${killClass}`);
        }
      }
    }
    expect(gained).toEqual([]);
  });

  test('the genuine program run by an ordinary user is not the system', () => {
    for (const [exe, command] of [
      ['/usr/bin/dbus-daemon', '/usr/bin/dbus-daemon --system'],
      ['/usr/lib/systemd/systemd-journald', 'systemd-journald'],
      ['/usr/lib/systemd/systemd-logind', 'systemd-logind'],
    ] as const) {
      const { killClass } = judge({ ppid: 1, exe, command, name: exe.split('/').at(-1) ?? '' }, { parent: init });
      expect(killClass).not.toBe('K0');
    }
  });

  test('a unit of a login with the name of a core one protects nothing', () => {
    const own = { ppid: 1, uid: 1000, exe: '/home/dev/x', name: 'x', unit: 'systemd-journald.service' };
    expect(judge(own, { parent: init, unit: unit('systemd-journald.service', { scope: 'user' }) }).killClass).toBe('K2');
    const container = { ...own, uid: 0, user: 'root', exe: '/usr/lib/systemd/systemd-journald', container: containerId };
    expect(judge(container, { parent: shim }).killClass).toBe('K2');
  });

  test('where the threat is high, the file protects only what the system cannot do without', () => {
    expect(judge({ exe: '/usr/bin/tmux', name: 'tmux' }, {}, 'high')).toMatchObject({ killClass: 'K4', reason: { rule: 'threat-high' } });
    expect(judge({ exe: '/usr/lib/postgresql/15/bin/postgres', name: 'postgres' }, { parent: bash }, 'high').killClass).toBe('K4');
    const journal = { ...daemon, exe: '/usr/lib/systemd/systemd-journald', name: 'systemd-journal', unit: 'systemd-journald.service' };
    expect(judge(journal, { parent: init }, 'high').killClass).toBe('K0');
  });
});

describe('what is refused', () => {
  test('nothing makes a kill of class K0 possible', () => {
    for (const verdict of [null, 'end', 'expected', 'watch'] as const) {
      for (const [, over, context] of never) {
        for (const riskLevel of ['ordinary', 'high'] as const) {
          const judged = judge(over, { ...context, policy: verdict === null ? null : policy(verdict) }, riskLevel);
          expect(judged.killClass).toBe('K0');
          expect(judgeClassRefusal({ killClass: judged.killClass, verdict, expertActions: true })).toBe('never');
        }
      }
    }
  });

  test.each([
    ['K1', null, false, 'session'],
    ['K1', null, true, null],
    ['K1', 'never-end', true, 'policy'],
    ['K2', null, false, null],
    ['K3', 'never-end', false, 'policy'],
    ['K4', 'end', false, null],
  ] as const)('%s, note %s, expert %s: %s', (killClass, verdict, expertActions, refusal) => {
    expect(judgeClassRefusal({ killClass, verdict, expertActions })).toBe(refusal);
  });

  test('both ways of refusing agree on the first process, the kernel and LogScope', () => {
    const all = [
      { pid: 1, ppid: 0 },
      { pid: 100, ppid: 1 },
      { pid: 200, ppid: 100 },
      { pid: 300, ppid: 200 },
    ];
    for (const [pid, ppid] of all.map((one) => [one.pid, one.ppid] as const)) {
      const ownTree = pid === 300 || pid === 200 ? 'self' : 'above';
      expect(judgeStopRefusal(aProcess({ pid, ppid }), all, 200)).not.toBeNull();
      expect(judge({ pid, ppid }, { ownTree }).killClass).toBe('K0');
    }
  });
});
