import type { MessagePort } from 'node:worker_threads';

/** One end of a channel between threads. */
export interface BundledPort<Sent, Received> {
  send(message: Sent, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: Received) => void): void;
  /** What was sent goes at once; for before a close. */
  flush(): void;
}

/**
 * What is sent within one turn of the thread goes as one message, in its order: an event at the other end costs as much as ten small
 * messages do. Both ends must be bundled.
 */
export function createBundledPort<Sent, Received>(port: MessagePort): BundledPort<Sent, Received> {
  let bundle: Sent[] = [];
  let transfers: ArrayBuffer[] = [];

  function flush(): void {
    if (bundle.length === 0) return;
    const messages = bundle;
    const transferred = transfers;
    bundle = [];
    transfers = [];
    port.postMessage(messages, transferred);
  }

  return {
    send(message, transfer = []) {
      // A tick that is asked for by a promise comes when no promise has anything left to do: answers of this turn come along.
      if (bundle.length === 0) queueMicrotask(() => process.nextTick(flush));
      bundle.push(message);
      transfers.push(...transfer);
    },
    onMessage(listener) {
      port.on('message', (messages: readonly Received[]) => {
        for (const message of messages) listener(message);
      });
    },
    flush,
  };
}
