import { describe, expect, test } from 'vitest';
import { bash, containerId, daemon, init, judge, shim, unit } from './judged-samples';

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
