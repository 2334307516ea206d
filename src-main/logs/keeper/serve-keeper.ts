import type { MessagePort } from 'node:worker_threads';
import { createBundledPort } from '../../platform/bundled-port';
import type { FromKeeper, ToKeeper } from './keeper-messages';
import { KeeperRefusal, type LogKeeper } from './log-keeper';

/** Lets another thread use a keeper of this one. Resolves when it was closed. */
export function serveKeeper(port: MessagePort, keeper: LogKeeper): Promise<void> {
  const { send, onMessage, flush } = createBundledPort<FromKeeper, ToKeeper>(port);
  const asked = new Map<number, AbortController>();

  async function answer({ id, name, input }: Extract<ToKeeper, { kind: 'ask' }>): Promise<void> {
    const abort = new AbortController();
    asked.set(id, abort);
    try {
      send({ kind: 'answer', id, answer: await keeper.ask(name, input, abort.signal) });
    } catch (error) {
      // What is wrong with one question must not end the thread that keeps everything.
      if (error instanceof KeeperRefusal) send({ kind: 'refused', id, code: error.code, message: error.message });
      else send({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    } finally {
      asked.delete(id);
    }
  }

  keeper.onUrgent(() => send({ kind: 'urgent' }));
  return new Promise((resolve) => {
    onMessage((message) => {
      switch (message.kind) {
        case 'batch': {
          const wait = keeper.take(message.batch);
          if (wait === null) send({ kind: 'taken', id: message.id, isWatched: keeper.isWatched() });
          else void wait.then(() => send({ kind: 'taken', id: message.id, isWatched: keeper.isWatched() }));
          return;
        }
        case 'ask':
          void answer(message);
          return;
        case 'never-mind':
          asked.get(message.id)?.abort();
          return;
        case 'configure':
          keeper.configure(message.settings);
          return;
        case 'close':
          for (const abort of asked.values()) abort.abort();
          void keeper.close().then(() => {
            send({ kind: 'closed' });
            flush();
            port.close();
            resolve();
          });
      }
    });
  });
}
