import { describe, expect, test } from 'vitest';
import { aKin, nowMs } from '../role/sample-process';
import {
  bash,
  container,
  containerId,
  cron,
  daemon,
  hour,
  init,
  judge,
  kin,
  policy,
  shim,
  sshd,
  unit,
  userManager,
} from './judged-samples';
import { type Case, never } from './never-cases';

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
