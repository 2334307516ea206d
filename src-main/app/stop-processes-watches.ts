import { randomBytes } from 'node:crypto';
import type { StopReturn } from '../../src-shared/contract';
import { RefusedRequest } from '../api/refused-request';
import type { Timers } from '../platform/clock';

type CameBack = StopReturn['cameBack'];

export interface ReturnWatches {
  /** A key to ask what came of a watch by. */
  add(watch: Promise<CameBack>): string;
  /** Answers when the watch has ended. Rejects with RefusedRequest (expired) for a key that is unknown or too old. */
  answer(key: string): Promise<StopReturn>;
}

/** Long enough for a dialog that was left open to ask. */
const lifeMs = 60_000;
/** Whoever stops without asking afterwards loses the oldest. */
const mostWatches = 100;

/** Watches whether something starts an ended process again: the answer to a stop does not wait for them. */
export function createReturnWatches(timers: Timers): ReturnWatches {
  const watches = new Map<string, { readonly watch: Promise<CameBack>; readonly cancel: () => void }>();

  function forget(key: string): void {
    watches.get(key)?.cancel();
    watches.delete(key);
  }

  return {
    add(watch) {
      // Told to whoever asks; nobody may.
      watch.catch(() => undefined);
      const key = randomBytes(16).toString('hex');
      const [oldest] = watches.keys();
      if (watches.size >= mostWatches && oldest !== undefined) forget(oldest);
      watches.set(key, { watch, cancel: timers.after(lifeMs, () => forget(key)) });
      return key;
    },
    async answer(key) {
      const known = watches.get(key);
      if (known === undefined) throw new RefusedRequest('expired', 'This watch is unknown or older than 60 s.');
      return { cameBack: await known.watch };
    },
  };
}
