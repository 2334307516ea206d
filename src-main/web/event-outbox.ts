import type { AnyEvent } from '../../src-shared/contract';
import { createEventQueue } from '../../src-shared/event-queue';

/** The part of a WebSocket that an outbox needs; `done` runs when the kernel has taken the bytes, or with an error. */
export interface TextSink {
  send(text: string, done: (error?: Error) => void): void;
}

/** What one client has yet to receive. */
export interface EventOutbox {
  push(event: AnyEvent): void;
  /** Events (not states) that this client will never get because it did not keep up. */
  droppedCount(): number;
  close(): void;
}

/**
 * One batch is under way at a time. A client that reads slowly holds that batch, the latest reading of each source and a
 * bounded number of events: memory stays flat however long it sleeps.
 */
export function createEventOutbox(sink: TextSink, jsonOf: (event: AnyEvent) => string): EventOutbox {
  const queue = createEventQueue();
  let unsentCount = 0;
  let closed = false;

  function pump(): void {
    if (closed || unsentCount > 0 || queue.isEmpty) return;
    const batch = queue.take();
    unsentCount = batch.length;
    for (const event of batch) {
      sink.send(jsonOf(event), (error) => {
        unsentCount -= 1;
        if (error) closed = true;
        if (unsentCount === 0) pump();
      });
    }
  }

  return {
    push(event) {
      if (closed) return;
      queue.push(event);
      pump();
    },
    droppedCount: () => queue.droppedCount,
    close() {
      closed = true;
      queue.take();
    },
  };
}
