import { parentPort, workerData } from 'node:worker_threads';
import { systemClock, systemTimers } from '../platform/clock';
import type { CoreOptions } from './core';
import type { FromCore, ToCore } from './core-thread-messages';
import { createApp } from './create-app';
import { createEventBatches } from './event-batches';

/**
 * Entry of the worker thread that holds the whole core, so that synchronous /proc reads and parsing never block a
 * window.
 */
async function main(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('core-thread is the entry of a worker thread');
  const send = (message: FromCore) => port.postMessage(message);
  const batches = createEventBatches({
    clock: systemClock,
    timers: systemTimers,
    send: (events) => send({ kind: 'events', events }),
  });
  const options = workerData as CoreOptions;
  batches.setHidden(options.audience === 'hidden');
  const core = await createApp(options, {
    droppedEventCount: () => batches.droppedCount,
    // Resolved here because this file is an entry of the build: the code of the store may lie in a chunk folder.
    storeThreadUrl: new URL('./store-thread.js', import.meta.url),
  });
  core.onEvent(batches.push);
  port.on('message', (message: ToCore) => {
    switch (message.kind) {
      case 'request':
        void core.handle(message.name, message.input, message.caller).then((reply) => send({ kind: 'reply', id: message.id, reply }));
        break;
      case 'audience':
        batches.setHidden(message.audience === 'hidden');
        core.setAudience(message.audience);
        break;
      case 'taken':
        batches.taken();
        break;
      case 'suspend':
        core.suspend();
        break;
      case 'resume':
        core.resume();
        break;
      case 'stop':
        void core.stop().then(() => {
          send({ kind: 'stopped' });
          port.close();
        });
        break;
    }
  });
}

void main();
