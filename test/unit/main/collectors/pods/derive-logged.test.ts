import { expect, it } from 'vitest';
import { deriveLogged } from '../../../../../src-main/collectors/pods/derive-logged';
import { parsePod } from '../../../../../src-main/collectors/pods/parse';

const finished = { exitCode: 1, reason: 'Error', finishedAt: '1970-01-01T00:00:05Z' };

function loggedOf(phase: string, statuses: readonly object[]) {
  const pod = parsePod({
    metadata: { uid: 'u1', name: 'web-1', namespace: 'shop', creationTimestamp: '1970-01-01T00:00:01Z' },
    spec: { containers: [{ name: 'main' }, { name: 'proxy' }], initContainers: [{ name: 'migrate' }] },
    status: { phase, containerStatuses: statuses, conditions: [{ type: 'Ready', status: 'True' }] },
  });
  if (pod === null) throw new Error('it is a pod');
  return deriveLogged(pod);
}

it('tells which containers have a log, and of which runs', () => {
  const docker = `docker://${'ab'.repeat(32)}`;
  const statuses = [
    { name: 'main', restartCount: 2, containerID: docker, state: { running: {} }, lastState: { terminated: finished } },
    { name: 'proxy', restartCount: 0, state: { waiting: { reason: 'ContainerCreating' } } },
  ];
  expect(loggedOf('Running', statuses)).toEqual({
    uid: 'u1',
    namespace: 'shop',
    name: 'web-1',
    createdAtMs: 1_000,
    ready: true,
    isOver: false,
    containers: [
      { name: 'main', init: false, isRunning: true, exitCode: null, restartCount: 2, previousEndedAtMs: 5_000, containerId: docker },
    ],
  });
});

it('has no run before while a container waits: the one that ended is the present one then', () => {
  const waiting = { waiting: { reason: 'CrashLoopBackOff' } };
  const { containers } = loggedOf('Running', [{ name: 'main', restartCount: 1, state: waiting, lastState: { terminated: finished } }]);
  expect(containers).toMatchObject([{ name: 'main', isRunning: false, exitCode: 1, previousEndedAtMs: null, containerId: null }]);
});

it('knows when all of it is over', () => {
  const [done, failed] = ['Succeeded', 'Failed'].map((phase) =>
    loggedOf(phase, [{ name: 'main', restartCount: 1, state: { terminated: finished }, lastState: { terminated: finished } }]),
  );
  expect(done).toMatchObject({ isOver: true, containers: [{ isRunning: false, exitCode: 1, previousEndedAtMs: 5_000 }] });
  expect(failed?.isOver).toBe(true);
});
