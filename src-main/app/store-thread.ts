import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { createDirectKeeper } from '../logs/keeper/direct-keeper';
import type { LogSettings } from '../logs/keeper/log-keeper';
import { serveKeeper } from '../logs/keeper/serve-keeper';
import { systemClock, systemTimers } from '../platform/clock';
import { createSecretHash } from '../platform/secret-hash';
import { openLogStore } from '../store/logs/open-log-store';
import { serveStore } from '../store/serve-store';
import type { StoreThreadData } from '../store/store-messages';

/** What the thread needs to keep logs. */
export interface LogThreadData {
  readonly port: MessagePort;
  readonly directory: string;
  readonly searchThreadUrl: string;
  readonly settings: LogSettings;
  /** Null: files are not followed on this platform. */
  readonly files: { readonly etc: string; readonly runsDirectory: string } | null;
  readonly hashKey: Uint8Array;
}

/** Entry of the thread that holds everything that is kept: history, alerts, decisions, and the lines of all logs. */
function main(): void {
  if (parentPort === null) throw new Error('store-thread is the entry of a worker thread');
  const { file, companion } = workerData as StoreThreadData;
  serveStore(parentPort, file);
  if (companion !== null) keepLogs(companion as LogThreadData);
}

function keepLogs({ port, directory, searchThreadUrl, settings, files, hashKey }: LogThreadData): void {
  const store = openLogStore({ directory, searchThreadUrl: new URL(searchThreadUrl), nowMs: systemClock.nowMs });
  const hash = createSecretHash(hashKey);
  void serveKeeper(port, createDirectKeeper({ clock: systemClock, timers: systemTimers, store, hash, settings, files }));
}

main();
