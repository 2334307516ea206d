import { describe, expect, it } from 'vitest';
import { createDispatch, type Handlers } from '../../../../src-main/api/dispatch';
import { RefusedRequest } from '../../../../src-main/api/refused-request';

const unexpected: string[] = [];
const handlers = {
  'readings.latest': () => [],
  'processes.preview': () => {
    throw new RefusedRequest('not-found', 'gone');
  },
  'processes.stop': () => ({ outcome: 'gone' }),
  'alerts.list': () => {
    throw new Error('a bug with a secret in it');
  },
} as unknown as Handlers;
const dispatch = createDispatch(handlers, (name) => unexpected.push(name));
const reader = { actionsAllowed: false };

describe('dispatch', () => {
  it.each([
    ['__proto__', undefined, 'unknown-request'],
    ['no.such', undefined, 'unknown-request'],
    ['readings.latest', 5, 'bad-input'],
    ['processes.preview', { id: 5 }, 'bad-input'],
    ['processes.preview', { id: 'x', pid: 1 }, 'bad-input'],
    ['processes.preview', { id: 'x' }, 'not-found'],
    ['processes.stop', { ticket: 'x', signal: 'SIGTERM' }, 'not-allowed'],
    ['alerts.list', undefined, 'unexpected'],
  ])('%s %o -> %s', async (name, input, code) => {
    const reply = await dispatch(name, input, reader);
    expect(reply.ok === false && reply.error.code).toBe(code);
  });

  it('serves destructive requests where they are allowed, and names the bad value', async () => {
    const ticket = { ticket: 'x', signal: 'SIGTERM' };
    expect(await dispatch('processes.stop', ticket, { actionsAllowed: true })).toEqual({ ok: true, value: { outcome: 'gone' } });
    const reply = await dispatch('processes.stop', { ...ticket, signal: 'SIGHUP' }, { actionsAllowed: true });
    expect(reply.ok === false && reply.error.message).toMatch(/signal/);
  });

  it('tells the log about a bug, and the caller nothing of it', async () => {
    unexpected.length = 0;
    const reply = await dispatch('alerts.list', undefined, reader);
    expect([unexpected, JSON.stringify(reply).includes('secret')]).toEqual([['alerts.list'], false]);
  });
});
