import { setTimeout as delay } from 'node:timers/promises';

/** Looks twice a second, as a window in front does at most. */
export function keepReading(look: () => Promise<void>) {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = (async () => {
    while (!signal.aborted) {
      await look();
      await delay(500, undefined, { signal }).catch((error: Error) => {
        if (error.name !== 'AbortError') throw error;
      });
    }
  })();
  return {
    async stop(): Promise<void> {
      controller.abort();
      await ended;
    },
  };
}
