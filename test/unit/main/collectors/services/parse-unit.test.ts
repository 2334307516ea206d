import { expect, test } from 'vitest';
import { parseJournalLine } from '../../../../../src-main/collectors/services/parse-journal';
import { parseShownBlocks } from '../../../../../src-main/collectors/services/parse-systemd';
import { parseCommands, parseQuotedWords, parseUnitFacts } from '../../../../../src-main/collectors/services/parse-unit';

/** What systemd 252 says of a unit that failed, shortened to what is asked for. */
const failed = String.raw`Restart=on-failure
RestartUSec=100ms
TimeoutStartUSec=1min 30s
Result=exit-code
MainPID=0
NRestarts=2
ExecMainCode=1
ExecMainStatus=3
ExecStartPre={ path=/bin/sh ; argv[]=/bin/sh -c exit 0 ; ignore_errors=no ; start_time=[Sat 2026-11-21 06:31:09 UTC] ; stop_time=[Sat 2026-11-21 06:31:09 UTC] ; pid=103 ; code=exited ; status=0 }
ExecStart={ path=/bin/sh ; argv[]=/bin/sh -c echo going down; printf "\033[31mred\033[0m\n"; exit 3 ; ignore_errors=no ; start_time=[Sat 2026-11-21 06:31:09 UTC] ; stop_time=[Sat 2026-11-21 06:31:09 UTC] ; pid=104 ; code=exited ; status=3 }
Id=lg-failed.service
Requires=sysinit.target system.slice
Wants=lg-dep.service
RequiredBy=
WantedBy=multi-user.target
TriggeredBy=lg-failed.timer lg-failed.socket
Documentation="man:sh(1)" https://example.org/lg
Description=LogScope test
LoadState=loaded
LoadError=
ActiveState=failed
SubState=failed
FragmentPath=/etc/systemd/system/lg-failed.service
UnitFileState=enabled
StateChangeTimestamp=Sat 2026-11-21 06:31:09 UTC
ConditionResult=yes
AssertResult=yes
ConditionTimestamp=Sat 2026-11-21 06:31:09 UTC
AssertTimestamp=Sat 2026-11-21 06:31:09 UTC
NeedDaemonReload=no
StatusText=
StartLimitIntervalUSec=10s
StartLimitBurst=5
`;

const parse = (text: string) => {
  const [properties] = parseShownBlocks(text);
  if (properties === undefined) throw new Error('no block');
  return parseUnitFacts(properties, 'system');
};

test('all facts of a failed unit', () => {
  expect(parse(failed)).toEqual({
    unit: 'lg-failed.service',
    scope: 'system',
    kind: 'service',
    description: 'LogScope test',
    documentation: ['man:sh(1)', 'https://example.org/lg'],
    unitFile: '/etc/systemd/system/lg-failed.service',
    unitFileState: 'enabled',
    command: String.raw`/bin/sh -c echo going down; printf "\033[31mred\033[0m\n"; exit 3`,
    program: '/bin/sh',
    loadState: 'loaded',
    loadError: null,
    activeState: 'failed',
    subState: 'failed',
    stateSinceMs: Date.UTC(2026, 10, 21, 6, 31, 9),
    result: 'exit-code',
    mainPid: null,
    mainEnd: { kind: 'exited', status: 3 },
    failedStep: null,
    restartPolicy: 'on-failure',
    restartDelayMs: 100,
    restartCount: 2,
    startLimitBurst: 5,
    startLimitIntervalMs: 10_000,
    startTimeoutMs: 90_000,
    conditionFailed: false,
    assertFailed: false,
    reloadNeeded: false,
    statusText: null,
    refusedCount: null,
    neededBy: ['multi-user.target'],
    needs: ['lg-dep.service'],
    triggeredBy: ['lg-failed.timer', 'lg-failed.socket'],
  });
});

test('a unit that cannot be loaded was never tried: its conditions did not fail', () => {
  const text = `Id=lg-bad.service
LoadState=bad-setting
LoadError=org.freedesktop.systemd1.BadUnitSetting "Unit lg-bad.service has a bad unit file setting."
ActiveState=inactive
SubState=dead
ConditionResult=no
AssertResult=no
ConditionTimestamp=
`;
  expect(parse(text)).toMatchObject({
    loadState: 'bad-setting',
    loadError: 'Unit lg-bad.service has a bad unit file setting.',
    conditionFailed: false,
    assertFailed: false,
    command: null,
    mainEnd: null,
    restartPolicy: null,
  });
});

test('the growing delay of systemd 254, and a step that failed where nobody ignores it', () => {
  const step = (status: number, ignore: 'yes' | 'no') =>
    `ExecStartPre={ path=/bin/a ; argv[]=/bin/a ; ignore_errors=${ignore} ; start_time=[n/a] ; stop_time=[n/a] ; pid=0 ; code=exited ; status=${status} }\n`;
  const text = (lines: string) => `Id=x.service\nRestartUSec=100ms\nRestartUSecNext=4s\n${lines}`;
  expect(parse(text(step(9, 'no')))).toMatchObject({
    restartDelayMs: 4_000,
    failedStep: { step: 'ExecStartPre', program: '/bin/a', end: { kind: 'exited', status: 9 } },
  });
  expect(parse(text(step(9, 'yes'))).failedStep).toBeNull();
  expect(parse(text(step(0, 'no') + step(7, 'no'))).failedStep?.end.status).toBe(7);
});

test('commands that did not run, were killed, or hold the separator themselves', () => {
  const line = (argv: string, end: string) =>
    `{ path=/bin/x ; argv[]=${argv} ; ignore_errors=no ; start_time=[n/a] ; stop_time=[n/a] ; pid=0 ; ${end} }`;
  expect(parseCommands(line('/bin/x -c a ; b', 'code=(null) ; status=0/0'))).toEqual([
    { program: '/bin/x', line: '/bin/x -c a ; b', ignoresFailure: false, end: null },
  ]);
  expect(parseCommands(line('/bin/x', 'code=killed ; status=9'))[0]?.end).toEqual({ kind: 'killed', status: 9 });
  expect(parseCommands('')).toEqual([]);
});

test('documentation in quotes', () => {
  expect(parseQuotedWords('"man:a b(1)" https://x "say \\"hi\\""')).toEqual(['man:a b(1)', 'https://x', 'say "hi"']);
});

test('a journal line as text, as bytes, too long, without a priority; what is no entry is none', () => {
  const line = (message: unknown, more: object = { PRIORITY: '6' }) =>
    parseJournalLine(JSON.stringify({ __REALTIME_TIMESTAMP: '1795242669284220', MESSAGE: message, ...more }));
  expect(line('going down')).toEqual({ atMs: 1_795_242_669_284.22, text: 'going down', priority: 6 });
  expect(line([27, 91, 51, 49, 109, 114, 101, 100])?.text).toBe('\u001b[31mred');
  expect(line(null, {})).toEqual({ atMs: 1_795_242_669_284.22, text: '', priority: null });
  expect(line('é'.repeat(1_500))?.text).toBe(`${'é'.repeat(1_024)} … (952 more bytes)`);
  expect(parseJournalLine('{"MESSAGE":"no time"}')).toBeNull();
  expect(parseJournalLine('-- No entries --')).toBeNull();
});
