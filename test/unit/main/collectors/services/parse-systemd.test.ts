import { expect, test } from 'vitest';
import {
  parseFigure,
  parseListedUnits,
  parseShownUnits,
  parseTimespan,
  parseTimestamp,
  parseUnitFiles,
} from '../../../../../src-main/collectors/services/parse-systemd';

test('list-units as JSON (systemd 252)', () => {
  const text =
    '[{"unit":"auditd.service","load":"not-found","active":"inactive","sub":"dead","description":"auditd.service"},' +
    '{"unit":"dbus.service","load":"loaded","active":"active","sub":"running","description":"D-Bus System Message Bus"}]\n';
  expect(parseListedUnits(text)).toEqual([
    { unit: 'auditd.service', loadState: 'not-found', activeState: 'inactive', subState: 'dead', description: 'auditd.service' },
    { unit: 'dbus.service', loadState: 'loaded', activeState: 'active', subState: 'running', description: 'D-Bus System Message Bus' },
  ]);
});

test('list-units as the table of a systemd without JSON, bullets and an empty description included', () => {
  const text = [
    'dbus.service                         loaded    active   running D-Bus System Message Bus',
    '● broken.service                     loaded    failed   failed  It  has two spaces',
    '* star.service                       not-found inactive dead    star.service',
    'bare.service loaded active exited',
    '',
  ].join('\n');
  expect(parseListedUnits(text)).toEqual([
    { unit: 'dbus.service', loadState: 'loaded', activeState: 'active', subState: 'running', description: 'D-Bus System Message Bus' },
    { unit: 'broken.service', loadState: 'loaded', activeState: 'failed', subState: 'failed', description: 'It has two spaces' },
    { unit: 'star.service', loadState: 'not-found', activeState: 'inactive', subState: 'dead', description: 'star.service' },
    { unit: 'bare.service', loadState: 'loaded', activeState: 'active', subState: 'exited', description: '' },
  ]);
});

test('no units is an empty list; JSON that is no list of units is none', () => {
  expect(parseListedUnits('')).toEqual([]);
  expect(parseListedUnits('[]')).toEqual([]);
  expect(parseListedUnits('[{"unit":')).toBeNull();
  expect(parseListedUnits('[{"name":"dbus.service"}]')).toBeNull();
});

test('list-unit-files in both forms', () => {
  const json =
    '[{"unit_file":"autovt@.service","state":"alias","preset":null},{"unit_file":"cron.service","state":"enabled","preset":"enabled"}]';
  const expected = [
    { unit: 'autovt@.service', state: 'alias' },
    { unit: 'cron.service', state: 'enabled' },
  ];
  expect(parseUnitFiles(json)).toEqual(expected);
  expect(parseUnitFiles('autovt@.service   alias\ncron.service      enabled   enabled\n')).toEqual(expected);
  expect(parseUnitFiles('[1]')).toBeNull();
});

test('show: "[not set]" and empty are unknown, never zero; a missing unit says so itself', () => {
  const text = `MainPID=22
Result=success
NRestarts=0
ExecMainCode=0
ExecMainStatus=0
ControlGroup=/system.slice/systemd-journald.service
MemoryCurrent=9863168
CPUUsageNSec=[not set]
TasksCurrent=1
Id=systemd-journald.service
Description=Journal = Service
LoadState=loaded
ActiveState=active
SubState=running
StateChangeTimestamp=Sat 2026-11-21 03:53:21 UTC

MainPID=0
Result=success
NRestarts=0
ExecMainCode=0
ExecMainStatus=0
ControlGroup=
MemoryCurrent=18446744073709551615
CPUUsageNSec=[not set]
TasksCurrent=[not set]
Id=nope.service
Description=nope.service
LoadState=not-found
ActiveState=inactive
SubState=dead
StateChangeTimestamp=
`;
  expect(parseShownUnits(text)).toEqual([
    {
      unit: 'systemd-journald.service',
      description: 'Journal = Service',
      loadState: 'loaded',
      activeState: 'active',
      subState: 'running',
      mainPid: 22,
      controlGroup: '/system.slice/systemd-journald.service',
      memoryBytes: 9_863_168,
      cpuNanoseconds: null,
      taskCount: 1,
      restartCount: 0,
      result: 'success',
      exitStatus: null,
      stateSinceMs: Date.UTC(2026, 10, 21, 3, 53, 21),
      triggers: null,
      lastTriggerMs: null,
      nextCalendarMs: null,
      nextSinceBootMs: null,
      listens: [],
      acceptedCount: null,
      openCount: null,
    },
    {
      unit: 'nope.service',
      description: 'nope.service',
      loadState: 'not-found',
      activeState: 'inactive',
      subState: 'dead',
      mainPid: null,
      controlGroup: null,
      memoryBytes: null,
      cpuNanoseconds: null,
      taskCount: null,
      restartCount: 0,
      result: 'success',
      exitStatus: null,
      stateSinceMs: null,
      triggers: null,
      lastTriggerMs: null,
      nextCalendarMs: null,
      nextSinceBootMs: null,
      listens: [],
      acceptedCount: null,
      openCount: null,
    },
  ]);
});

test('show: the exit status counts once the main process has ended; a timer has none of these properties', () => {
  const [failed, timer] = parseShownUnits(
    'Id=a.service\nExecMainCode=1\nExecMainStatus=3\nResult=exit-code\nActiveState=failed\nSubState=failed\n\nId=b.timer\nActiveState=active\nSubState=waiting\nResult=success\n',
  );
  expect(failed).toMatchObject({ exitStatus: 3, result: 'exit-code', restartCount: null });
  expect(timer).toMatchObject({ unit: 'b.timer', activeState: 'active', subState: 'waiting', mainPid: null, exitStatus: null });
});

test.each([
  ['17', 17],
  ['0', 0],
  ['', null],
  ['[not set]', null],
  ['infinity', null],
  ['-1', null],
  ['18446744073709551615', null],
])('the figure %j', (text, figure) => {
  expect(parseFigure(text)).toBe(figure);
});

test.each([
  ['Sat 2026-11-21 03:53:21 UTC', Date.UTC(2026, 10, 21, 3, 53, 21)],
  ['Sat 2026-11-21 03:53:21.123456 UTC', Date.UTC(2026, 10, 21, 3, 53, 21)],
  ['@1795233201', 1_795_233_201_000],
  ['Sat 2026-11-21 12:53:21 KST', null],
  ['n/a', null],
  ['', null],
])('the time %j', (text, atMs) => {
  expect(parseTimestamp(text)).toBe(atMs);
});

test('a timer and a socket as systemd 252 shows them', () => {
  const text = `Listen=127.0.0.1:7007 (Stream)
Listen=/run/lg-echo.sock (Stream)
Result=success
NConnections=0
NAccepted=4
Id=lg-echo.socket
Triggers=
ActiveState=active
SubState=listening

NextElapseUSecRealtime=Sun 2026-11-22 00:00:00 UTC
NextElapseUSecMonotonic=4h 22min 33.766164s
LastTriggerUSec=Sat 2026-11-21 06:31:10 UTC
Result=success
Id=lg-job.timer
Triggers=lg-job.service
ActiveState=active
SubState=waiting
`;
  const [socket, timer] = parseShownUnits(text);
  expect(socket).toMatchObject({
    unit: 'lg-echo.socket',
    triggers: null,
    listens: ['127.0.0.1:7007 (Stream)', '/run/lg-echo.sock (Stream)'],
    acceptedCount: 4,
    openCount: 0,
  });
  expect(timer).toMatchObject({
    unit: 'lg-job.timer',
    triggers: 'lg-job.service',
    lastTriggerMs: Date.UTC(2026, 10, 21, 6, 31, 10),
    nextCalendarMs: Date.UTC(2026, 10, 22),
    nextSinceBootMs: 15_753_766.164,
    listens: [],
    acceptedCount: null,
  });
});

test.each([
  ['0', 0],
  ['100ms', 100],
  ['1min 30s', 90_000],
  ['1month 2w 3d', 4_098_600_000],
  ['5us', 0.005],
  ['infinity', null],
  ['', null],
  ['soon', null],
])('the time span %j is %s ms', (text, spanMs) => {
  expect(parseTimespan(text)).toBe(spanMs);
});
