import { parentPort, workerData } from 'node:worker_threads';
import { systemClock, systemTimers } from '../platform/clock';
import { createSecretHash } from '../platform/secret-hash';
import type { DeskThreadData } from '../traffic/desk/desk-messages';
import { createDirectDesk } from '../traffic/desk/direct-desk';
import { serveDesk } from '../traffic/desk/serve-desk';

/** Entry of the thread that reads access logs. */
function main(): void {
  if (parentPort === null) throw new Error('traffic-thread is the entry of a worker thread');
  const { hashKey, ...data } = workerData as DeskThreadData;
  void serveDesk(parentPort, createDirectDesk({ ...data, clock: systemClock, timers: systemTimers, hash: createSecretHash(hashKey) }));
}

main();
