import { describe, expect, test } from 'vitest';
import { explainUnit, nextStartAtMs } from '../../../../src-main/rules/explain-unit';
import { isCrashSignal, signalName } from '../../../../src-main/rules/signal-names';
import { explainEnd } from '../../../../src-main/rules/unit-exit';
import { ko } from '../../../../src-shared/messages/ko/index';
import type { UnitFacts } from '../../../../src-shared/unit-facts';
import { failedUnit } from './sample-unit';

const told = (over: Partial<UnitFacts>) => explainUnit({ ...failedUnit, ...over }).map(({ rule }) => rule);
const step = { step: 'ExecStartPre', program: '/bin/a', end: { kind: 'exited', status: 9 } } as const;
const timer = { unit: 'backup.timer', active: true, nextRunAtMs: 50_000 };

describe('a unit in sentences', () => {
  test.each<[string, Partial<UnitFacts>, string[]]>([
    ['an exit code', {}, ['unit-exit-code', 'unit-no-restart']],
    ['by a signal', { result: 'signal', mainEnd: { kind: 'killed', status: 9 } }, ['unit-signal', 'unit-no-restart']],
    ['a core dump', { result: 'core-dump', mainEnd: { kind: 'dumped', status: 11 } }, ['unit-core-dump', 'unit-no-restart']],
    ['only its preparation failed', { mainEnd: null, failedStep: step }, ['unit-step-failed', 'unit-no-restart']],
    ['nothing tells why', { mainEnd: null }, ['unit-failed-result', 'unit-no-restart']],
    ['a timeout', { result: 'timeout' }, ['unit-timeout', 'unit-no-restart']],
    ['out of memory', { result: 'oom-kill' }, ['unit-oom', 'unit-no-restart']],
    ['the start limit', { result: 'start-limit-hit' }, ['unit-start-limit', 'unit-exit-code', 'unit-no-restart']],
    ['systemd gave up', { restartPolicy: 'always', restartCount: 5 }, ['unit-exit-code', 'unit-restarts', 'unit-gave-up']],
    ['below its limit', { restartPolicy: 'always', restartCount: 4 }, ['unit-exit-code', 'unit-restarts']],
    ['its need failed', { failedNeeds: ['vault.service'] }, ['unit-exit-code', 'unit-need-failed', 'unit-no-restart']],
    ['a timer starts it again', { triggeredBy: [timer] }, ['unit-exit-code', 'unit-started-by']],
    ['its timer is off', { triggeredBy: [{ ...timer, active: false }] }, ['unit-exit-code', 'unit-starter-stopped']],
    ['the file changed', { reloadNeeded: true }, ['unit-exit-code', 'unit-no-restart', 'unit-reload-needed']],
    [
      'waiting for its restart',
      { activeState: 'activating', subState: 'auto-restart', restartPolicy: 'always', restartCount: 1 },
      ['unit-exit-code', 'unit-restarts', 'unit-starts-again'],
    ],
    ['masked', { loadState: 'masked', activeState: 'inactive' }, ['unit-masked']],
    ['a state of the future', { loadState: 'odd', activeState: 'inactive' }, ['unit-load-error']],
    ['skipped', { activeState: 'inactive', mainEnd: null, conditionFailed: true, assertFailed: true }, ['unit-inactive', 'unit-condition']],
    ['stopped, badly', { activeState: 'inactive' }, ['unit-inactive', 'unit-exit-code']],
    ['off', { activeState: 'inactive', mainEnd: null, unitFileState: 'disabled' }, ['unit-inactive', 'unit-disabled']],
    ['running', { activeState: 'active', subState: 'running', mainPid: 7, statusText: 'ready' }, ['unit-running', 'unit-status-text']],
    ['done', { activeState: 'active', subState: 'exited' }, ['unit-exited']],
    [
      'a socket',
      { kind: 'socket', activeState: 'active', subState: 'listening', refusedCount: 2 },
      ['unit-socket-listens', 'unit-socket-refused'],
    ],
    ['a closed socket', { kind: 'socket', result: 'trigger-limit-hit', restartPolicy: null }, ['unit-trigger-limit']],
  ])('%s', (_name, over, rules) => {
    expect(told(over)).toEqual(rules);
  });

  test('values are kept and every sentence has its Korean one', () => {
    expect(explainUnit({ ...failedUnit, restartPolicy: 'always', restartCount: 1 })[1]).toEqual({
      rule: 'unit-restarts',
      text: 'systemd restarted it once since somebody last started it',
      values: { count: 1 },
    });
    const korean: Readonly<Record<string, string>> = ko;
    for (const { rule } of explainUnit({ ...failedUnit, reloadNeeded: true, statusText: 'x' }))
      expect(korean[`reason.${rule}`]).toBeTruthy();
  });

  test('the next start: the restart that is waited for, else the soonest timer that is on', () => {
    expect(nextStartAtMs(failedUnit)).toBeNull();
    expect(nextStartAtMs({ ...failedUnit, activeState: 'activating', subState: 'auto-restart', restartDelayMs: 30_000 })).toBe(31_000);
    expect(nextStartAtMs({ ...failedUnit, triggeredBy: [timer, { ...timer, nextRunAtMs: 9_000, active: false }] })).toBe(50_000);
  });
});

test.each([
  [{ kind: 'exited', status: 203 }, '/bin/x could not be started: it does not exist or may not be executed (203/EXEC)'],
  [{ kind: 'exited', status: 217 }, 'The user it should run as does not exist (217/USER)'],
  [{ kind: 'exited', status: 228 }, 'systemd could not prepare its process, so its program never ran (228/SECCOMP)'],
  [{ kind: 'exited', status: 240 }, 'One of its own directories could not be made (240/LOGS_DIRECTORY)'],
  [{ kind: 'exited', status: 127 }, 'Exit code 127: a program was not found'],
  [{ kind: 'exited', status: 143 }, 'Exit code 143: a program inside it was ended by SIGTERM'],
  [{ kind: 'exited', status: 255 }, 'Its main process ended with exit code 255'],
  [{ kind: 'killed', status: 6 }, 'Its main process crashed (SIGABRT)'],
  [{ kind: 'killed', status: 35 }, 'Its main process was ended by signal 35'],
  [{ kind: 'dumped', status: 11 }, 'Its main process crashed (SIGSEGV) and left a core dump: see coredumpctl'],
] as const)('%o', (end, text) => {
  expect(explainEnd(end, '/bin/x').text).toBe(text);
});

test('signals by name', () => {
  expect([1, 9, 11, 15, 31, 34].map(signalName)).toEqual(['SIGHUP', 'SIGKILL', 'SIGSEGV', 'SIGTERM', 'SIGSYS', 'signal 34']);
  expect([4, 6, 9, 11, 15].map(isCrashSignal)).toEqual([true, true, false, true, false]);
});
