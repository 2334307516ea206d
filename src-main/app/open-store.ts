import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createDirectKeeper } from '../logs/keeper/direct-keeper';
import type { LogKeeper, LogSettings } from '../logs/keeper/log-keeper';
import { createThreadedKeeper } from '../logs/keeper/threaded-keeper';
import { systemClock, systemTimers } from '../platform/clock';
import type { Roots } from '../platform/roots';
import { createSecretHash } from '../platform/secret-hash';
import { wrappedRunsDirectory } from '../platform/wrapped-runs';
import { createMemoryLogStore } from '../store/logs/memory-log-store';
import { createMemoryStore } from '../store/memory-store';
import type { Store } from '../store/store';
import { createThreadedStore } from '../store/threaded-store';
import type { LogThreadData } from './store-thread';

export interface OpenStoreOptions {
  readonly dataDirectory: string;
  /** The bundled store-thread.js; null: everything is kept in memory, in this thread. */
  readonly threadUrl: URL | null;
  readonly roots: Roots;
  readonly logSettings: LogSettings;
}

export interface OpenedStore {
  readonly store: Store;
  readonly logKeeper: LogKeeper;
  /** Of this run; see createSecretHash. */
  readonly hashSecret: (secret: string) => string;
  readonly hashKey: Uint8Array;
}

/** History in `<dataDirectory>/logscope.db` and the lines of logs in `<dataDirectory>/log-store`, both through one thread of their own. */
export function openStore({ dataDirectory, threadUrl, roots, logSettings }: OpenStoreOptions): OpenedStore {
  const hashKey = randomBytes(32);
  const hashSecret = createSecretHash(hashKey);
  const files = process.platform === 'linux' ? { etc: roots.etc, runsDirectory: wrappedRunsDirectory(dataDirectory) } : null;
  const inMemory = (detail: string | null) =>
    createDirectKeeper({
      clock: systemClock,
      timers: systemTimers,
      store: createMemoryLogStore({ detail }),
      hash: hashSecret,
      settings: logSettings,
      files,
    });
  if (threadUrl === null) return { store: createMemoryStore({ detail: null }), logKeeper: inMemory(null), hashSecret, hashKey };

  const { port1, port2 } = new MessageChannel();
  const data: LogThreadData = {
    port: port2,
    directory: join(dataDirectory, 'log-store'),
    searchThreadUrl: new URL('./log-search-thread.js', threadUrl).href,
    settings: logSettings,
    files,
    hashKey,
  };
  const store = createThreadedStore({ threadUrl, file: join(dataDirectory, 'logscope.db'), companion: { data, transfer: [port2] } });
  const logKeeper = createThreadedKeeper(port1, () => inMemory('The thread that keeps the logs has ended; they are kept in memory.'));
  return { store, logKeeper, hashSecret, hashKey };
}
