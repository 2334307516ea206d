import { expect, it } from 'vitest';
import { judgeFailedTry, pauseAfterMiss } from '../../../../../src-main/collectors/containers/engine-trouble';
import { ContainerEngineError } from '../../../../../src-main/platform/container-engine';
import { judgeStarting } from '../../../../../src-main/platform/container-engine-connect';
import { judgeConnectionError } from '../../../../../src-main/platform/container-engine-errors';

const endpoint = {
  address: { kind: 'socket', path: '/run/docker.sock' },
  text: 'unix:///run/docker.sock',
  origin: 'default socket',
} as const;
const starting = judgeStarting(endpoint);

function judged(code: string | null, wasOk: boolean, changedAgoMs: number | null = null) {
  const error = new ContainerEngineError('x', null, judgeConnectionError(code, endpoint, true), code);
  return judgeFailedTry({ error, wasOk, changedAgoMs, starting });
}

it.each([
  ['ENOENT', false, 'absent'],
  ['ENOENT', true, 'stopped'],
  ['ECONNREFUSED', false, 'stopped'],
  ['EACCES', true, 'denied'],
  ['ECONNRESET', true, 'stopped'],
  ['ECONNRESET', false, 'failed'],
  [null, true, 'stopped'],
  [null, false, 'failed'],
  ['ENOTFOUND', false, 'failed'],
  ['ETIMEDOUT', true, 'failed'],
] as const)('%s, was ok %s: %s', (code, wasOk, state) => {
  expect(judged(code, wasOk).state).toBe(state);
});

it('takes an engine whose socket was just made and does not answer for one that starts', () => {
  expect(judged('ETIMEDOUT', true, 5_000)).toEqual({ state: 'starting', outage: starting });
  expect(judged('ETIMEDOUT', true, 61_000).state).toBe('failed');
});

it('tells an error of the engine itself with its words', () => {
  const error = new ContainerEngineError('database is locked', 500, null);
  const { state, outage } = judgeFailedTry({ error, wasOk: true, changedAgoMs: null, starting });
  expect([state, outage.reason, outage.detail]).toEqual(['failed', 'not-running', 'The engine answered 500: database is locked']);
});

it('rests a minute where nothing may be had, seconds where something was', () => {
  const pauses = (code: string, wasOk: boolean) => [1, 2, 3, 10].map((misses) => pauseAfterMiss(judged(code, wasOk), misses, wasOk));
  expect(pauses('EACCES', true)).toEqual([60_000, 60_000, 60_000, 60_000]);
  expect(pauses('ENOENT', false)).toEqual([60_000, 60_000, 60_000, 60_000]);
  expect(pauses('ECONNREFUSED', true)).toEqual([4_000, 4_000, 4_000, 4_000]);
  expect(pauses('ECONNREFUSED', false)).toEqual([5_000, 10_000, 20_000, 60_000]);
});
