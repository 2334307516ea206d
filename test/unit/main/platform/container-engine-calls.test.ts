import { getEventListeners } from 'node:events';
import { expect, it, vi } from 'vitest';
import { ContainerEngineError } from '../../../../src-main/platform/container-engine';
import { withDeadline } from '../../../../src-main/platform/container-engine-calls';

const endpoint = {
  address: { kind: 'socket', path: '/run/docker.sock' },
  text: 'unix:///run/docker.sock',
  origin: 'default socket',
} as const;
const hang = () => new Promise<never>(() => undefined);

it('gives up after five seconds, aborts the call and says that nothing answered', async () => {
  vi.useFakeTimers();
  try {
    let signal: AbortSignal | null = null;
    const call = withDeadline(
      (given) => {
        signal = given;
        return hang();
      },
      new AbortController().signal,
      endpoint,
      true,
    );
    const refused = expect(call).rejects.toMatchObject({
      code: 'ETIMEDOUT',
      outage: { detail: expect.stringContaining('did not answer in time') },
    });
    await vi.advanceTimersByTimeAsync(5_000);
    await refused;
    expect((signal as AbortSignal | null)?.aborted).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

it('ends with the signal of the caller, and a hundred calls are one listener of it', async () => {
  const controller = new AbortController();
  const calls = Array.from({ length: 100 }, () => withDeadline(hang, controller.signal, endpoint, true));
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort();
  for (const result of await Promise.allSettled(calls)) {
    expect(result.status === 'rejected' && result.reason).toBeInstanceOf(ContainerEngineError);
    expect(result).toMatchObject({ reason: { code: 'ECANCELED' } });
  }
});

it('keeps the errno of a refused connection', async () => {
  const refuse = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
  await expect(withDeadline(refuse, new AbortController().signal, endpoint, true)).rejects.toMatchObject({
    code: 'ECONNREFUSED',
    outage: { reason: 'not-running' },
  });
});
