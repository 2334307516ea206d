import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { systemClock, systemTimers } from '../../platform/clock';
import { createSecretHash } from '../../platform/secret-hash';
import { createThreadedDesk } from './threaded-desk';
import type { TrafficDesk } from './traffic-desk';

export interface TrafficDeskOptions {
  /** The bundled traffic-thread.js; null: logs are read in this thread. */
  readonly threadUrl: URL | null;
  /** Read logs are kept in `traffic-cache` of it, for opening them again at once; null: they are not. */
  readonly dataDirectory: string | null;
  /** What `~/` stands for. */
  readonly home: string;
  /** Where groups have their names: /etc. */
  readonly etc: string;
  /** Key of the hash in masks, so that one secret has one mask everywhere; left out: one of its own. */
  readonly hashKey?: Uint8Array;
  /** Told when the thread has died; sessions are gone then, and the next question starts another one. */
  readonly onCrash: (error: Error) => void;
}

/** Where access logs are read. Nothing runs before the first question. */
export function createTrafficDesk({ threadUrl, dataDirectory, home, etc, onCrash, ...rest }: TrafficDeskOptions): TrafficDesk {
  const cacheDirectory = dataDirectory === null ? null : join(dataDirectory, 'traffic-cache');
  const hashKey = rest.hashKey ?? randomBytes(32);
  if (threadUrl !== null) {
    return createThreadedDesk({ threadUrl, data: { cacheDirectory, home, etc, hashKey }, timers: systemTimers, onCrash });
  }
  // Whoever has a thread need not load what that does.
  return createLateDesk(async () => {
    const { createDirectDesk } = await import('./direct-desk');
    return createDirectDesk({ clock: systemClock, timers: systemTimers, cacheDirectory, home, etc, hash: createSecretHash(hashKey) });
  });
}

/** A desk that is made with the first question. */
function createLateDesk(make: () => Promise<TrafficDesk>): TrafficDesk {
  let making: Promise<TrafficDesk> | null = null;
  let made: TrafficDesk | null = null;
  return {
    async ask(name, input, signal) {
      making ??= make();
      made = await making;
      return made.ask(name, input, signal);
    },
    write: (session, chunk) => made?.write(session, chunk) ?? false,
    endStream: (session, problem) => made?.endStream(session, problem),
    close: async () => (await making)?.close(),
  };
}
