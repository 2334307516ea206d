import { describe, expect, test } from 'vitest';
import {
  countCpuList,
  parseBootedAtMs,
  parseCommandLine,
  parseExecutableLink,
  parseMemoryTotalBytes,
  parsePasswd,
  parseProcHidesOthers,
  processName,
} from '../../../../../src-main/collectors/processes/parse';

describe('parseCommandLine', () => {
  test('joins the arguments by blanks', () => {
    expect(parseCommandLine(Buffer.from('/usr/bin/node\0--port\x0080\0'))).toEqual({
      command: '/usr/bin/node --port 80',
      firstArgument: '/usr/bin/node',
    });
  });

  test('keeps a title that was written over the arguments, and its control characters', () => {
    expect(parseCommandLine(Buffer.from('nginx: worker \x1b[31mprocess\0\0\0')).command).toBe('nginx: worker \x1b[31mprocess');
  });

  test('has nothing for a kernel thread, and marks for bytes that are no text', () => {
    expect(parseCommandLine(Buffer.alloc(0))).toEqual({ command: '', firstArgument: '' });
    expect(parseCommandLine(Buffer.from([0x61, 0xff, 0x00])).command).toBe('a\ufffd');
  });
});

describe('processName', () => {
  test.each([
    ['bash', '/usr/bin/other', null, 'bash'],
    ['systemd-journal', '/lib/systemd/systemd-journald', null, 'systemd-journald'],
    ['systemd-journal', 'unrelated', '/lib/systemd/systemd-journald', 'systemd-journald'],
    ['fifteen-letters', '/bin/fifteen-letters', null, 'fifteen-letters'],
    ['fifteen-letters', '', null, 'fifteen-letters'],
  ])('%s run as %j', (comm, argument, exe, name) => {
    expect(processName(comm, argument, exe)).toBe(name);
  });
});

test('a deleted executable is told by the mark of the kernel', () => {
  expect(parseExecutableLink('/tmp/x (deleted)')).toEqual({ exe: '/tmp/x', exeDeleted: true });
  expect(parseExecutableLink('/memfd:run (deleted)')).toEqual({ exe: '/memfd:run', exeDeleted: true });
  expect(parseExecutableLink('/usr/bin/(deleted) tool')).toEqual({ exe: '/usr/bin/(deleted) tool', exeDeleted: false });
});

test('users come from passwd, the first of a number wins', () => {
  const text = 'root:x:0:0::/root:/bin/sh\ntoor:x:0:0::/:\n\n# note\n+@netgroup\nbad:x:abc:\nann:x:1000:1000:Ann,,,:/home/ann:\n';
  expect(parsePasswd(text)).toEqual(
    new Map([
      [0, 'root'],
      [1000, 'ann'],
    ]),
  );
});

test('counts processors of a kernel list', () => {
  expect(['0\n', '0-1\n', '0-3,8,10-11', '', 'x'].map(countCpuList)).toEqual([1, 2, 7, null, null]);
});

test('machine figures', () => {
  expect(parseMemoryTotalBytes('MemTotal:       24684092 kB\nMemFree: 1 kB\n')).toBe(24684092 * 1024);
  expect(parseMemoryTotalBytes('')).toBeNull();
  expect(parseBootedAtMs('cpu 1 2\nbtime 1795230516\n')).toBe(1795230516000);
});

test('a /proc that hides other users is noticed in both spellings', () => {
  const line = (options: string) =>
    `22 27 0:21 / /proc rw,relatime - proc proc ${options}\n23 27 0:22 / /sys rw - sysfs sysfs rw,hidepid=2`;
  expect(
    ['rw', 'rw,hidepid=0', 'rw,hidepid=off', 'rw,hidepid=2', 'rw,hidepid=invisible'].map((o) => parseProcHidesOthers(line(o))),
  ).toEqual([false, false, false, true, true]);
});
