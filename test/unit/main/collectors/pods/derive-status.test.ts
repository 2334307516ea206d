import { describe, expect, it } from 'vitest';
import { parsePod } from '../../../../../src-main/collectors/pods/parse';

type Status = Readonly<Record<string, unknown>>;

const running = { ready: true, restartCount: 1, state: { running: { startedAt: '2026-01-01T00:00:00Z' } } };
const waiting = (reason: string) => ({ ready: false, restartCount: 2, state: { waiting: { reason } } });
const ended = (exitCode: number, more: object = {}) => ({ ready: false, restartCount: 3, state: { terminated: { exitCode, ...more } } });
const named = (...states: readonly object[]) => states.map((state, index) => ({ name: `c${index}`, ...state }));
const initialized = { type: 'Initialized', status: 'True' };
const isReady = { type: 'Ready', status: 'True' };

function printed(status: Status, spec: Status = {}, metadata: Status = {}) {
  const pod = parsePod({
    metadata: { uid: 'u', name: 'web', namespace: 'default', ...metadata },
    spec: { containers: [{ name: 'c0' }, { name: 'c1' }], ...spec },
    status: { phase: 'Running', ...status },
  });
  return [pod?.facts.status, pod?.facts.restartCount];
}

/** The cases of TestPrintPod in Kubernetes' printers_test.go, in our own words. */
describe('the STATUS and RESTARTS of kubectl get pods', () => {
  const inits = (count: number, more: object = {}) => ({
    initContainers: Array.from({ length: count }, (_one, index) => ({ name: `c${index}`, ...more })),
  });

  it.each<[string, Status, Status, Status, readonly [string, number]]>([
    ['phase alone', { phase: 'Pending' }, {}, {}, ['Pending', 0]],
    ['no phase at all', { phase: null }, {}, {}, ['Unknown', 0]],
    ['running', { containerStatuses: named(running, running) }, {}, {}, ['Running', 2]],
    ['reason of the pod', { phase: 'Failed', reason: 'Evicted' }, {}, {}, ['Evicted', 0]],
    ['a container waits', { containerStatuses: named(running, waiting('ContainerCreating')) }, {}, {}, ['ContainerCreating', 3]],
    [
      'the first that tells something wins',
      { containerStatuses: named(waiting('ImagePullBackOff'), ended(1, { reason: 'Error' })) },
      {},
      {},
      ['ImagePullBackOff', 5],
    ],
    [
      'waiting without a reason tells nothing',
      { containerStatuses: named({ ready: false, restartCount: 0, state: { waiting: {} } }) },
      {},
      {},
      ['Running', 0],
    ],
    ['ended without a reason', { containerStatuses: named(ended(7)) }, {}, {}, ['ExitCode:7', 3]],
    ['ended by a signal', { containerStatuses: named(ended(137, { signal: 9 })) }, {}, {}, ['Signal:9', 3]],
    [
      'one done, one runs, ready',
      { conditions: [isReady], containerStatuses: named(ended(0, { reason: 'Completed' }), running) },
      {},
      {},
      ['Running', 4],
    ],
    ['one done, one runs, not ready', { containerStatuses: named(ended(0, { reason: 'Completed' }), running) }, {}, {}, ['NotReady', 4]],
    ['all done', { phase: 'Succeeded', containerStatuses: named(ended(0, { reason: 'Completed' })) }, {}, {}, ['Completed', 3]],
    ['second init container runs', { phase: 'Pending', initContainerStatuses: named(ended(0), running) }, inits(3), {}, ['Init:1/3', 4]],
    ['init container failed', { phase: 'Pending', initContainerStatuses: named(ended(2)) }, inits(1), {}, ['Init:ExitCode:2', 3]],
    [
      'init container failed with a reason',
      { phase: 'Pending', initContainerStatuses: named(ended(2, { reason: 'Error' })) },
      inits(1),
      {},
      ['Init:Error', 3],
    ],
    [
      'init container failed by a signal',
      { phase: 'Pending', initContainerStatuses: named(ended(1, { signal: 15 })) },
      inits(1),
      {},
      ['Init:Signal:15', 3],
    ],
    [
      'init container waits',
      { phase: 'Pending', initContainerStatuses: named(waiting('CrashLoopBackOff')) },
      inits(1),
      {},
      ['Init:CrashLoopBackOff', 2],
    ],
    [
      'init container is prepared',
      { phase: 'Pending', initContainerStatuses: named(waiting('PodInitializing')) },
      inits(2),
      {},
      ['Init:0/2', 2],
    ],
    [
      'initialized all the same',
      { conditions: [initialized], initContainerStatuses: named(running), containerStatuses: named(running) },
      inits(1),
      {},
      ['Init:0/1', 1],
    ],
    [
      'initialized, a container waits',
      { conditions: [initialized], initContainerStatuses: named(running), containerStatuses: named(waiting('CrashLoopBackOff')) },
      inits(1),
      {},
      ['CrashLoopBackOff', 2],
    ],
    [
      'a sidecar that started is passed over and its restarts count',
      { initContainerStatuses: named({ ...running, started: true }), containerStatuses: named(running) },
      inits(1, { restartPolicy: 'Always' }),
      {},
      ['Running', 2],
    ],
    [
      'a sidecar that has not started',
      { phase: 'Pending', initContainerStatuses: named({ ...running, started: false }) },
      inits(1, { restartPolicy: 'Always' }),
      {},
      ['Init:0/1', 1],
    ],
    [
      'scheduling gate',
      { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] },
      {},
      {},
      ['SchedulingGated', 0],
    ],
    [
      'unschedulable',
      { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] },
      {},
      {},
      ['Pending', 0],
    ],
    ['deleted', { containerStatuses: named(running) }, {}, { deletionTimestamp: '2026-01-01T00:00:00Z' }, ['Terminating', 1]],
    ['deleted on a lost node', { reason: 'NodeLost' }, {}, { deletionTimestamp: '2026-01-01T00:00:00Z' }, ['Unknown', 0]],
    [
      'deleted after its end',
      { phase: 'Failed', containerStatuses: named(ended(1, { reason: 'Error' })) },
      {},
      { deletionTimestamp: '2026-01-01T00:00:00Z' },
      ['Error', 3],
    ],
  ])('%s', (_name, status, spec, metadata, expected) => {
    expect(printed(status, spec, metadata)).toEqual(expected);
  });
});
