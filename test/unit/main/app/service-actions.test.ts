import { expect, test } from 'vitest';
import { createActOnService, type ServiceActionsDeps } from '../../../../src-main/app/service-actions';
import type { ExecResult } from '../../../../src-main/platform/exec';
import type { UnitFacts } from '../../../../src-shared/unit-facts';
import { failedUnit } from '../rules/sample-unit';

const running: UnitFacts = { ...failedUnit, unit: 'web.service', activeState: 'active', subState: 'running', mainPid: 7 };
const exited = (exitCode: number, stderr = ''): ExecResult => ({ kind: 'exited', exitCode, stdout: '', stderr });

/** Actions over one written answer of systemctl. */
function actions(answer: ExecResult | (() => Promise<ExecResult>), over: Partial<ServiceActionsDeps> = {}, facts: UnitFacts = running) {
  const calls: { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv | undefined }[] = [];
  const attempts: string[] = [];
  const act = createActOnService({
    exec: async (file, args, options) => {
      calls.push({ args: [file, ...args], env: options?.env });
      return typeof answer === 'function' ? answer() : answer;
    },
    hasSystemd: true,
    userRuntimeDirectory: '/run/user/7',
    readFacts: async () => facts,
    ownUnits: () => ['user.slice', 'logscope.service'],
    wait: async () => undefined,
    onAttempt: ({ unit, action, outcome }) => attempts.push(`${action} ${unit} ${outcome}`),
    ...over,
  });
  return { act, calls, attempts };
}

test('a name is never an option, and nobody is asked on a terminal', async () => {
  const { act, calls } = actions(exited(0));
  expect(await act({ unit: 'web.service', scope: 'system', action: 'restart' })).toMatchObject({
    outcome: 'done',
    text: 'web.service is active (running).',
  });
  await act({ unit: 'web.service', scope: 'user', action: 'stop' });
  expect(calls.map(({ args }) => args)).toEqual([
    ['systemctl', '--no-pager', 'restart', '--', 'web.service'],
    ['systemctl', '--user', '--no-pager', 'stop', '--', 'web.service'],
  ]);
  expect(calls[0]?.env).toMatchObject({ XDG_RUNTIME_DIR: '/run/user/7', SYSTEMD_BUS_TIMEOUT: '60' });
});

test.each([
  [
    4,
    'Failed to stop web.service: Access denied\nSee system logs',
    'permission-denied',
    /Access denied\. .*: sudo systemctl stop web\.service$/,
  ],
  [1, 'Failed to stop web.service: Interactive authentication required.', 'permission-denied', /required\. To do it/],
  [
    4,
    'Failed to start x: Operation refused, unit x may be requested by dependency only',
    'refused',
    /^Failed to start x: Operation refused/,
  ],
  [1, 'Failed to start web.service: Unit web.service is masked.', 'refused', /masked\.$/],
  [5, 'Failed to stop web.service: Unit web.service not loaded.', 'gone', /not loaded/],
  [1, 'Failed to connect to bus: No such file or directory', 'failed', /connect to bus/],
  [1, 'Job for web.service failed.', 'failed', /^Job for web\.service failed\. It runs/],
] as const)('exit code %i with %j is %s', async (exitCode, stderr, outcome, text) => {
  const { act, attempts } = actions(exited(exitCode, stderr));
  const result = await act({ unit: 'web.service', scope: 'system', action: 'stop' });
  expect(result).toMatchObject({ outcome, text: expect.stringMatching(text) });
  expect(attempts).toEqual([`stop web.service ${outcome}`]);
});

test('success that is none: the unit has the last word', async () => {
  const failed = { ...failedUnit, result: 'oom-kill', restartPolicy: 'always' };
  const { act } = actions(exited(0), {}, failed);
  expect(await act({ unit: 'web.service', scope: 'system', action: 'start' })).toMatchObject({
    outcome: 'failed',
    text: 'web.service is failed (failed). It was ended because memory ran out',
  });
});

test('a start that takes for ever is given up, systemd goes on', async () => {
  const { act } = actions({ kind: 'timeout', exitCode: null, stdout: '', stderr: '' });
  expect(await act({ unit: 'web.service', scope: 'system', action: 'start' })).toMatchObject({
    outcome: 'failed',
    text: expect.stringContaining('goes on by itself'),
  });
});

test('LogScope does not stop what it runs in, nor the same unit twice at a time, nor anything without systemd', async () => {
  const { act, calls } = actions(exited(0));
  expect((await act({ unit: 'logscope', scope: 'system', action: 'restart' })).outcome).toBe('refused');
  expect((await act({ unit: 'user.slice', scope: 'system', action: 'stop' })).outcome).toBe('refused');
  expect(calls).toEqual([]);
  expect((await act({ unit: 'logscope', scope: 'system', action: 'start' })).outcome).toBe('done');

  let finish: (result: ExecResult) => void = () => undefined;
  const slow = actions(() => new Promise((resolve) => (finish = resolve)));
  const first = slow.act({ unit: 'web', scope: 'system', action: 'stop' });
  expect(await slow.act({ unit: 'web.service', scope: 'system', action: 'start' })).toMatchObject({
    outcome: 'refused',
    text: expect.stringContaining('still under way'),
  });
  finish(exited(0));
  expect((await first).outcome).toBe('done');
  expect(slow.attempts).toEqual(['start web.service refused', 'stop web done']);

  const bare = actions(exited(0), { hasSystemd: false });
  expect((await bare.act({ unit: 'web', scope: 'system', action: 'stop' })).outcome).toBe('refused');
  expect(bare.calls).toEqual([]);
});

test('an attempt is logged also when nobody can say what came of it', async () => {
  const { act, attempts } = actions(exited(0), { readFacts: () => Promise.reject(new Error('no answer')) });
  await expect(act({ unit: 'web.service', scope: 'system', action: 'start' })).rejects.toThrow('no answer');
  expect(attempts).toEqual(['start web.service failed']);
});
