import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../../../src-main/logs/parse/parse-line';

const context = { nowMs: Date.UTC(2024, 10, 21) };

function taken(text: string) {
  const { format, level, levelWord, logger, atMs, message } = parseLine(text, context);
  return [format, level, levelWord, logger, atMs === null ? null : new Date(atMs).toISOString(), message];
}

/** Line; format, level, level word, logger, time, message. */
const lines: readonly (readonly [string, readonly (string | null)[]])[] = [
  [
    '03-17 16:13:38.811  1702  2395 D WindowManager: printFreezingDisplayLogsopening app wtoken = AppWindowToken',
    ['stamped', 'debug', 'D', 'WindowManager', '2024-03-17T16:13:38.811Z', 'printFreezingDisplayLogsopening app wtoken = AppWindowToken'],
  ],
  [
    '03-17 16:13:46.764  2227  2227 I PhoneStatusBar: setSystemUIVisibility vis=0',
    ['stamped', 'info', 'I', 'PhoneStatusBar', '2024-03-17T16:13:46.764Z', 'setSystemUIVisibility vis=0'],
  ],
  [
    '03-17 16:13:46.764  2227  2227 E CommitToConfigurationOperation: Malformed snapshot token (size)',
    ['stamped', 'error', 'E', 'CommitToConfigurationOperation', '2024-03-17T16:13:46.764Z', 'Malformed snapshot token (size)'],
  ],
  [
    '- 1117838570 2005.06.03 R02-M1-N0-C:J12-U11 2005-06-03-15.42.50.675872 R02-M1-N0-C:J12-U11 RAS KERNEL INFO instruction cache parity error corrected',
    ['stamped', 'info', 'INFO', 'KERNEL', '2005-06-03T15:42:50.675Z', 'instruction cache parity error corrected'],
  ],
  [
    'APPREAD 1117869872 2005.06.04 R04-M1-N4-I:J18-U11 2005-06-04-00.24.32.432192 R04-M1-N4-I:J18-U11 RAS APP FATAL ciod: failed to read message prefix on control stream (CioStream socket to 172.16.96.116:33569',
    [
      'stamped',
      'critical',
      'FATAL',
      'APP',
      '2005-06-04T00:24:32.432Z',
      'ciod: failed to read message prefix on control stream (CioStream socket to 172.16.96.116:33569',
    ],
  ],
  [
    '- 1118536327 2005.06.11 R30-M0-N9-C:J16-U01 2005-06-11-17.32.07.581048 R30-M0-N9-C:J16-U01 RAS KERNEL FATAL data TLB error interrupt',
    ['stamped', 'critical', 'FATAL', 'KERNEL', '2005-06-11T17:32:07.581Z', 'data TLB error interrupt'],
  ],
  [
    '- 1118768234 2005.06.14 NULL 2005-06-14-09.57.14.000000 NULL RAS MMCS ERROR idoproxydb hit ASSERT condition',
    ['stamped', 'error', 'ERROR', 'MMCS', '2005-06-14T09:57:14.000Z', 'idoproxydb hit ASSERT condition'],
  ],
  [
    '- 1118768234 2005.06.14 R63 2005-06-14-09.57.14.000000 R63 RAS DISCOVERY SEVERE Can not get assembly information for node card',
    ['stamped', 'error', 'SEVERE', 'DISCOVERY', '2005-06-14T09:57:14.000Z', 'Can not get assembly information for node card'],
  ],
  [
    '- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond(pam_unix)[2915]: session closed for user root',
    ['syslog-3164', null, null, 'crond(pam_unix)', '2024-11-09T12:01:01.000Z', 'session closed for user root'],
  ],
  [
    '- 1131566479 2005.11.09 dn700 Nov 9 12:01:19 dn700/dn700 kernel: Losing some ticks... checking if CPU frequency changed.',
    ['syslog-3164', null, null, 'kernel', '2024-11-09T12:01:19.000Z', 'Losing some ticks... checking if CPU frequency changed.'],
  ],
  [
    '134681 node-246 unix.hw state_change.unavailable 1077804742 1 Component State Change: Component "alt0" is in the unavailable state',
    ['stamped', null, null, 'unix.hw', '2004-02-26T14:12:22.000Z', 'Component State Change: Component "alt0" is in the unavailable state'],
  ],
  [
    '20171223-22:15:29:606|Step_LSC|30002312|onStandStepChanged 3579',
    ['stamped', null, null, 'Step_LSC', '2017-12-23T22:15:29.606Z', 'onStandStepChanged 3579'],
  ],
  [
    '17/06/09 20:10:40 INFO executor.CoarseGrainedExecutorBackend: Registered signal handlers for [TERM, HUP, INT]',
    [
      'java',
      'info',
      'INFO',
      'executor.CoarseGrainedExecutorBackend',
      '2017-06-09T20:10:40.000Z',
      'Registered signal handlers for [TERM, HUP, INT]',
    ],
  ],
  [
    '17/06/09 20:10:45 ERROR Executor: Exception in task 0.0',
    ['stamped', 'error', 'ERROR', null, '2017-06-09T20:10:45.000Z', 'Executor: Exception in task 0.0'],
  ],
  [
    '2016-09-28 04:30:30, Info                  CBS    Loaded Servicing Stack v6.1.7601.23505 with Core: C:\\Windows',
    ['stamped', 'info', 'Info', 'CBS', '2016-09-28T04:30:30.000Z', 'Loaded Servicing Stack v6.1.7601.23505 with Core: C:\\Windows'],
  ],
  [
    '2016-09-28 04:30:31, Info                  CSI    00000001@2016/9/27:20:30:31.455 WcpInitialize',
    ['stamped', 'info', 'Info', 'CSI', '2016-09-28T04:30:31.000Z', '00000001@2016/9/27:20:30:31.455 WcpInitialize'],
  ],
  [
    'Dec 10 06:55:46 LabSZ sshd[24200]: Invalid user webmaster from 173.234.31.186',
    ['syslog-3164', null, null, 'sshd', '2023-12-10T06:55:46.000Z', 'Invalid user webmaster from 173.234.31.186'],
  ],
  [
    '2024-01-02T03:04:05.678Z  INFO 1234 --- [nio-8080-exec-1] o.s.b.w.Foo              : Started in 3 s',
    ['java', 'info', 'INFO', 'o.s.b.w.Foo', '2024-01-02T03:04:05.678Z', 'Started in 3 s'],
  ],
  [
    '2024-01-02 10:11:12.123 ERROR 1 --- [           main] o.s.b.SpringApplication   : Application run failed',
    ['java', 'error', 'ERROR', 'o.s.b.SpringApplication', '2024-01-02T10:11:12.123Z', 'Application run failed'],
  ],
  ['10:11:12.123 [main] ERROR com.x.Foo - Cannot do', ['java', 'error', 'ERROR', 'com.x.Foo', null, 'Cannot do']],
  [
    '2024-01-02 10:11:12,123 - mymod.sub - ERROR - it broke',
    ['python', 'error', 'ERROR', 'mymod.sub', '2024-01-02T10:11:12.123Z', 'it broke'],
  ],
  ['2024-01-02 10:11:12,123 - name - WARNING - careful', ['python', 'warning', 'WARNING', 'name', '2024-01-02T10:11:12.123Z', 'careful']],
  ['ERROR:root:oops', ['python', 'error', 'ERROR', 'root', null, 'oops']],
  [
    'INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 200 OK',
    ['plain', 'info', 'INFO', null, null, 'INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 200 OK'],
  ],
  [
    '2024-01-02 10:11:12.123 | ERROR    | app.main:run:12 - boom',
    ['stamped', 'error', 'ERROR', 'app.main:run:12', '2024-01-02T10:11:12.123Z', 'boom'],
  ],
  [
    '2024-01-02T03:04:05.678901Z  INFO my_crate::module: listening on 0.0.0.0',
    ['rust', 'info', 'INFO', 'my_crate::module', '2024-01-02T03:04:05.678Z', 'listening on 0.0.0.0'],
  ],
  [
    '[2024-01-02T03:04:05Z ERROR my_crate::module] failed',
    ['rust', 'error', 'ERROR', 'my_crate::module', '2024-01-02T03:04:05.000Z', 'failed'],
  ],
  [
    '2024-01-02T03:04:05.678Z\tERROR\tcontroller.foo\tpkg/x.go:123\tReconciler error\t{"a": 1}',
    ['go', 'error', 'ERROR', 'pkg/x.go:123', '2024-01-02T03:04:05.678Z', 'Reconciler error\t{"a": 1}'],
  ],
  ['2024/01/02 03:04:05 main.go:12: hello', ['go', null, null, 'main.go:12', '2024-01-02T03:04:05.000Z', 'hello']],
  [
    '2024/01/02 03:04:05 [error] 31#31: *1 open() "/x" failed (2: No such file or directory)',
    ['nginx-error', 'error', 'error', null, '2024-01-02T03:04:05.000Z', 'open() "/x" failed (2: No such file or directory)'],
  ],
  [
    '[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328636416] [client 72.15.99.187] File does not exist: /x',
    ['apache-error', 'error', 'error', 'core', '2011-09-09T10:42:29.902Z', '[client 72.15.99.187] File does not exist: /x'],
  ],
  [
    '2024-01-02 03:04:05.678 UTC [1234] ERROR:  relation "x" does not exist',
    ['postgres', 'error', 'ERROR', null, '2024-01-02T03:04:05.678Z', 'relation "x" does not exist'],
  ],
  [
    '2024-01-02 03:04:05 UTC [1234] postgres@db FATAL:  password authentication failed',
    ['postgres', 'critical', 'FATAL', null, '2024-01-02T03:04:05.000Z', 'password authentication failed'],
  ],
  ['ERRO[0012] cannot connect   addr=1.2.3.4', ['go', 'error', 'ERRO', null, null, 'cannot connect   addr=1.2.3.4']],
  [
    "<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick",
    ['syslog-3164', 'critical', '34', 'su', '2024-10-11T22:14:15.000Z', "'su root' failed for lonvick"],
  ],
  [
    '<4>[12345.678901] usb 1-1: device descriptor read/64, error -71',
    ['syslog-3164', 'warning', '4', null, null, 'usb 1-1: device descriptor read/64, error -71'],
  ],
  ['[    0.000000] Linux version 6', ['stamped', null, null, 'kernel', null, 'Linux version 6']],
  ['E0102 15:04:05.678901   12345 file.go:123] hello', ['klog', 'error', 'E', 'file.go:123', '2024-01-02T15:04:05.678Z', 'hello']],
  [
    '1:M 02 Jan 2024 03:04:05.678 # WARNING overcommit',
    ['stamped', 'warning', '#', 'redis', '2024-01-02T03:04:05.678Z', 'WARNING overcommit'],
  ],
  [
    '2024-01-02T03:04:05.678901Z 0 [ERROR] [MY-010119] [Server] Aborting',
    ['stamped', 'error', 'ERROR', null, '2024-01-02T03:04:05.678Z', 'Aborting'],
  ],
  [
    '[2024-01-02 03:04:05,123] INFO [Log partition=x-0] Rolled (kafka.log.Log)',
    ['stamped', 'info', 'INFO', null, '2024-01-02T03:04:05.123Z', 'Rolled (kafka.log.Log)'],
  ],
  [
    '[2024-01-02T03:04:05,123][WARN ][o.e.c.Foo    ] [node-1] hello there',
    ['stamped', 'warning', 'WARN', null, '2024-01-02T03:04:05.123Z', 'hello there'],
  ],
  ['[INFO] BUILD SUCCESS', ['stamped', 'info', 'INFO', null, null, 'BUILD SUCCESS']],
  ['[10:11:12 ERR] Serilog broke', ['stamped', 'error', 'ERR', null, null, 'Serilog broke']],
  ['E, [2024-01-02T03:04:05.678901 #123] ERROR -- : msg', ['stamped', 'error', 'E', null, '2024-01-02T03:04:05.678Z', 'msg']],
  ['npm ERR! code ENOENT', ['stamped', 'error', 'ERR!', 'npm', null, 'code ENOENT']],
  ['web-1  | 2024-01-02 03:04:05 ERROR x.y: boom', ['stamped', 'error', 'ERROR', 'x.y', '2024-01-02T03:04:05.000Z', 'boom']],
  [
    '2024-01-02T03:04:05.678901234Z stdout F {"level":"error","msg":"in cri"}',
    ['json', 'error', 'error', null, '2024-01-02T03:04:05.678Z', 'in cri'],
  ],
  [
    '2024-01-02T03:04:05.678901+00:00 myhost systemd[1]: Started foo.',
    ['syslog-3164', null, null, 'systemd', '2024-01-02T03:04:05.678Z', 'Started foo.'],
  ],
  ['2024-01-02 10:00:00 The server said ERROR foo', ['stamped', null, null, null, '2024-01-02T10:00:00.000Z', 'The server said ERROR foo']],
  ['2024-01-02 10:00:00 12 items sold', ['stamped', null, null, null, '2024-01-02T10:00:00.000Z', '12 items sold']],
  ['2024-01-02 10:00:00 I am here', ['stamped', null, null, null, '2024-01-02T10:00:00.000Z', 'I am here']],
  ['ERROR IN CONTACTING RM. ', ['plain', 'error', 'ERROR', null, null, 'ERROR IN CONTACTING RM. ']],
  ['error: failed to push some refs', ['plain', 'error', 'error', null, null, 'error: failed to push some refs']],
  ['fatal: not a git repository', ['plain', 'critical', 'fatal', null, null, 'fatal: not a git repository']],
  ['ERROR Failed: foo bar', ['plain', 'error', 'ERROR', null, null, 'ERROR Failed: foo bar']],
  ['INFO  [main] com.foo.Bar - hi', ['java', 'info', 'INFO', 'com.foo.Bar', null, 'hi']],
  ['[2024-01-02, 03:04:05 UTC] {taskinstance.py:1150} ERROR - Task failed', ['python', 'error', 'ERROR', null, null, 'Task failed']],
  [
    'Jul  1 09:01:05 host com.apple.xpc.launchd[1] (com.apple.x.y[35]) <Warning>: Service exited',
    ['syslog-3164', 'warning', 'Warning', 'com.apple.xpc.launchd', '2024-07-01T09:01:05.000Z', 'Service exited'],
  ],
  ['D/Tag( 123): hi', ['stamped', 'debug', 'D', 'Tag', null, 'hi']],
  ['I0102 not klog', ['plain', null, null, null, null, 'I0102 not klog']],
];

describe('parseLine', () => {
  it.each(lines)('%s', (line, expected) => {
    expect(taken(line)).toEqual(expected);
  });

  it('reads the fields of JSON, with the names of pino, mongod and the like', () => {
    expect(parseLine('{"level":50,"time":1700000000000,"msg":"boom","name":"api","n":{"a":[1]}}')).toEqual({
      format: 'json',
      atMs: 1_700_000_000_000,
      level: 'error',
      levelWord: '50',
      logger: 'api',
      message: 'boom',
      fields: { level: '50', time: '1700000000000', msg: 'boom', name: 'api', n: '{"a":[1]}' },
    });
    const mongod = '{"t":{"$date":"2024-01-02T03:04:05.678+00:00"},"s":"E","c":"NETWORK","msg":"Error"}';
    expect(parseLine(mongod)).toMatchObject({ level: 'error', logger: 'NETWORK', atMs: Date.UTC(2024, 0, 2, 3, 4, 5, 678) });
    expect(parseLine('{"PRIORITY":"3","MESSAGE":"x"}')).toMatchObject({ level: 'error', message: 'x' });
    expect(parseLine('{"__proto__":"x","msg":"y"}').message).toBe('y');
    expect(parseLine('{"msg": cut')).toMatchObject({ format: 'plain', message: '{"msg": cut' });
    expect(parseLine(`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`).format).toBe('json');
  });

  it('reads the pairs of logfmt, and leaves prose with a pair in it alone', () => {
    expect(parseLine('time="2024-01-02T03:04:05Z" level=error msg="failed to \\"x\\"" a=b')).toEqual({
      format: 'logfmt',
      atMs: Date.UTC(2024, 0, 2, 3, 4, 5),
      level: 'error',
      levelWord: 'error',
      logger: null,
      message: 'failed to "x"',
      fields: { time: '2024-01-02T03:04:05Z', level: 'error', msg: 'failed to "x"', a: 'b' },
    });
    expect(parseLine('level=info msg="reading C:\\Users\\err\\new file"').message).toBe('reading C:\\Users\\err\new file');
    expect(parseLine('level=error is what it said').format).toBe('plain');
    expect(parseLine('a=1 b=2').format).toBe('plain');
  });

  it('reads the structured data of RFC 5424', () => {
    const line = '<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 [ex@32473 iut="3" e="a\\"b"] su root failed';
    expect(parseLine(line)).toEqual({
      format: 'syslog-5424',
      atMs: Date.UTC(2003, 9, 11, 22, 14, 15, 3),
      level: 'critical',
      levelWord: '34',
      logger: 'su',
      message: 'su root failed',
      fields: { 'ex@32473.iut': '3', 'ex@32473.e': 'a"b' },
    });
  });

  it('sees a level through its colour', () => {
    expect(parseLine('\u001b[2m2024-01-02T03:04:05Z\u001b[0m \u001b[31mERROR\u001b[0m app::db: lost')).toMatchObject({
      level: 'error',
      logger: 'app::db',
      message: 'lost',
    });
  });

  it('gives a stamp without a year the last year in which it is past, and one without a zone the zone it is told', () => {
    const atMs = (line: string, given = {}) => parseLine(line, { nowMs: Date.UTC(2024, 0, 1, 12), ...given }).atMs;
    expect(atMs('Dec 31 23:59:59 host cron[1]: x')).toBe(Date.UTC(2023, 11, 31, 23, 59, 59));
    expect(atMs('Jan  1 11:00:00 host cron[1]: x')).toBe(Date.UTC(2024, 0, 1, 11));
    expect(parseLine('Jan  1 11:00:00 host cron[1]: x').atMs).toBeNull();
    expect(atMs('2024-01-01 11:00:00 x', { offsetMinutes: 540 })).toBe(Date.UTC(2024, 0, 1, 2));
    expect(atMs('2024-01-01T11:00:00+09:00 x', { offsetMinutes: 60 })).toBe(Date.UTC(2024, 0, 1, 2));
    expect(atMs('2024-13-01 11:00:00 x')).toBeNull();
  });

  it('keeps the word that an error opens with', () => {
    expect(taken('2024-01-02 10:00:00 ERROR Failed: to start')[5]).toBe('Failed: to start');
    expect(parseLine('error: 0').level).toBeNull();
    expect(parseLine('Error log rotated').level).toBeNull();
  });
});
