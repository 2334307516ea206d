import type { MessagePort } from 'node:worker_threads';
import type { FromDesk, ToDesk } from './desk-messages';
import { DeskRefusal, type TrafficDesk } from './traffic-desk';

/** Lets another thread use a desk of this one. Resolves when it was closed. */
export function serveDesk(port: MessagePort, desk: TrafficDesk): Promise<void> {
  const asked = new Map<number, AbortController>();

  function send(message: FromDesk): void {
    port.postMessage(message);
  }

  async function answer({ id, name, input }: Extract<ToDesk, { kind: 'ask' }>): Promise<void> {
    const abort = new AbortController();
    asked.set(id, abort);
    try {
      send({ kind: 'answer', id, answer: await desk.ask(name, input, abort.signal) });
    } catch (error) {
      // What is wrong with one question must not end the thread.
      if (error instanceof DeskRefusal) send({ kind: 'refused', id, code: error.code, message: error.message });
      else send({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    } finally {
      asked.delete(id);
    }
  }

  return new Promise((resolve) => {
    port.on('message', (message: ToDesk) => {
      switch (message.kind) {
        case 'ask':
          void answer(message);
          return;
        case 'never-mind':
          asked.get(message.id)?.abort();
          return;
        case 'chunk':
          if (!desk.write(message.session, message.bytes)) send({ kind: 'gone', session: message.session });
          send({ kind: 'taken', byteCount: message.bytes.length });
          return;
        case 'end-stream':
          desk.endStream(message.session, message.problem);
          return;
        case 'close':
          for (const abort of asked.values()) abort.abort();
          void desk.close().then(() => {
            send({ kind: 'closed' });
            port.close();
            resolve();
          });
      }
    });
  });
}
