import { type Context, daemon, init, type Over, unit } from './judged-samples';

/** What it is, how it differs from the sample, what stands around it, and class and rule. */
export type Case = readonly [what: string, over: Over, context: Context, expected: string];

/** What a kill of is never offered. */
export const never: readonly Case[] = [
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
