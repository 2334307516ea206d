import { describe, expect, it } from 'vitest';
import { type ContainerAttempt, createContainerActions } from '../../../../src-main/app/container-actions';
import { type ContainerAccess, ContainerEngineError } from '../../../../src-main/platform/container-engine';
import { unavailable } from '../../../../src-shared/reading';

const id = 'a'.repeat(64);

function open(act: () => Promise<'done' | 'unchanged'>, state = 'running') {
  const attempts: ContainerAttempt[] = [];
  let askedCount = 0;
  const access = {
    find: (wanted: string) =>
      wanted === id
        ? {
            container: { id, name: 'api', state },
            client: { identity: { name: 'docker', endpoint: 'unix:///x' }, act, inspect: async () => ({ state }) },
            events: () => [],
            noteAsked: () => {
              askedCount += 1;
            },
          }
        : null,
  } as unknown as ContainerAccess;
  const actions = createContainerActions({
    access,
    runs: { changesOf: async () => null },
    findFacts: () => null,
    terminal: { platform: 'linux', environment: {}, isExecutable: () => false },
    startTerminal: async () => null,
    onAttempt: (attempt) => attempts.push(attempt),
  });
  return { actions, attempts, askedCount: () => askedCount };
}

const failing =
  (statusCode: number | null, message: string, outage: ContainerEngineError['outage'] = null) =>
  () =>
    Promise.reject(new ContainerEngineError(message, statusCode, outage));

describe('container actions', () => {
  it.each([
    ['gone meanwhile', failing(404, '(HTTP code 404) no such container - No such container: x'), 'gone', 'This container is gone.'],
    ['a conflict', failing(409, '(HTTP code 409) unexpected - already paused'), 'refused', 'The engine refuses: already paused'],
    [
      'not allowed',
      failing(403, 'x', unavailable('permission-denied', 'The engine refused: no rights')),
      'permission-denied',
      'The engine does not allow it: The engine refused: no rights',
    ],
    ['the engine fails', failing(500, '(HTTP code 500) server error - no space left'), 'failed', 'It did not work: no space left'],
    [
      'the engine went away',
      failing(null, 'x', unavailable('not-running', 'Nothing answers at unix:///x.')),
      'failed',
      'It did not work: Nothing answers at unix:///x.',
    ],
  ])('%s', async (_name, act, outcome, text) => {
    const { actions, attempts } = open(act);
    expect(await actions.act({ id, action: 'pause' })).toMatchObject({ outcome, text });
    expect(attempts).toEqual([{ action: 'pause', id, name: 'api', outcome }]);
  });

  it('announces the ends it causes itself, and only those', async () => {
    const { actions, askedCount } = open(async () => 'done');
    await actions.act({ id, action: 'pause' });
    await actions.act({ id, action: 'start' });
    expect(askedCount()).toBe(0);
    await actions.act({ id, action: 'restart' });
    await actions.act({ id, action: 'stop' });
    expect(askedCount()).toBe(2);
  });

  it.each(['running', 'paused', 'restarting', 'removing'])('never removes one that is %s', async (state) => {
    const { actions } = open(() => Promise.reject(new Error('must not be asked')), state);
    expect(await actions.act({ id, action: 'remove' })).toMatchObject({ outcome: 'refused' });
  });

  it.each(['exited', 'created', 'dead'])('removes one that is %s', async (state) => {
    expect(await open(async () => 'done', state).actions.act({ id, action: 'remove' })).toMatchObject({ outcome: 'done' });
  });

  it('lets a bug through', async () => {
    await expect(open(() => Promise.reject(new TypeError('bug'))).actions.act({ id, action: 'start' })).rejects.toThrow('bug');
  });
});
