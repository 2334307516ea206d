import { expect, test } from 'vitest';
import { launchdFacts } from '../../../../../src-main/collectors/services/launchd-facts';
import { parseLaunchctlList, parseLaunchctlPrint } from '../../../../../src-main/collectors/services/parse-launchd';
import { readLaunchdJobs } from '../../../../../src-main/collectors/services/read-launchd';
import { createWatchList } from '../../../../../src-main/collectors/services/watch-list';

const list = [
  'PID\tStatus\tLabel',
  '-\t0\tcom.apple.SafariHistoryServiceAgent',
  '412\t0\thomebrew.mxcl.redis',
  '-\t1\thomebrew.mxcl.postgresql@14',
  '-\t-11\torg.example.crasher',
  '-\t-9\tcom.apple.progressd',
  'nonsense',
  '',
].join('\n');

test('launchctl list', () => {
  expect(parseLaunchctlList(list)).toEqual([
    { label: 'com.apple.SafariHistoryServiceAgent', pid: null, lastExit: { kind: 'status', number: 0 } },
    { label: 'homebrew.mxcl.redis', pid: 412, lastExit: { kind: 'status', number: 0 } },
    { label: 'homebrew.mxcl.postgresql@14', pid: null, lastExit: { kind: 'status', number: 1 } },
    { label: 'org.example.crasher', pid: null, lastExit: { kind: 'signal', number: 11 } },
    { label: 'com.apple.progressd', pid: null, lastExit: { kind: 'signal', number: 9 } },
  ]);
});

test('the services of launchctl print system, and nothing of the sections around them', () => {
  const text = [
    'com.apple.xpc.launchd.domain.system = {',
    '\ttype = system',
    '\tservices = {',
    '\t       0      - \tcom.apple.lskdd',
    '\t     113      - \tcom.apple.runningboardd',
    '\t       0     (pe) \tcom.apple.MobileFileIntegrity',
    '\t       0     78 \torg.example.daemon',
    '\t}',
    '',
    '\tunmanaged processes = {',
    '\t       7      - \tnot.a.service',
    '\t}',
    '}',
  ].join('\n');
  expect(parseLaunchctlPrint(text)).toEqual([
    { label: 'com.apple.lskdd', pid: null, lastExit: null },
    { label: 'com.apple.runningboardd', pid: 113, lastExit: null },
    { label: 'com.apple.MobileFileIntegrity', pid: null, lastExit: null },
    { label: 'org.example.daemon', pid: null, lastExit: { kind: 'status', number: 78 } },
  ]);
  expect(parseLaunchctlPrint('Could not print domain')).toEqual([]);
});

test('what is well known or named is watched; an end by SIGKILL is no failure; Apple is left in peace', () => {
  const facts = launchdFacts('user', parseLaunchctlList(list), createWatchList({ watch: ['org.example.*'], ignore: [] }));
  expect(facts.map(({ unit, state, watched, mainPid, result, exitStatus }) => [unit, state, watched, mainPid, result, exitStatus])).toEqual(
    [
      ['com.apple.SafariHistoryServiceAgent', 'inactive', false, null, 'success', 0],
      ['homebrew.mxcl.redis', 'active', true, 412, 'success', 0],
      ['homebrew.mxcl.postgresql@14', 'failed', true, null, 'exit-code', 1],
      ['org.example.crasher', 'failed', true, null, 'signal', 11],
      ['com.apple.progressd', 'inactive', false, null, 'success', 9],
    ],
  );
});

test('a person reads the system by print, root by list, and a refusal is said', async () => {
  const calls: string[] = [];
  const exec = async (file: string, args: readonly string[]) => {
    calls.push([file, ...args].join(' '));
    return { kind: 'exited', exitCode: args[0] === 'list' ? 0 : 1, stdout: list, stderr: 'Operation not permitted\n' } as const;
  };
  const never = new AbortController().signal;
  expect(await readLaunchdJobs(exec, 'user', false, never)).toMatchObject({ jobs: [{}, {}, {}, {}, {}] });
  expect(await readLaunchdJobs(exec, 'system', false, never)).toEqual({ unread: 'launchctl: Operation not permitted' });
  expect(await readLaunchdJobs(exec, 'system', true, never)).toMatchObject({ jobs: expect.any(Array) });
  expect(await readLaunchdJobs(exec, 'user', true, never)).toMatchObject({ unread: expect.stringContaining('root') });
  expect(calls).toEqual(['launchctl list', 'launchctl print system', 'launchctl list']);
});
