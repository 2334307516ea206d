import type { AnyEvent } from '../../src-shared/contract';
import { createEventQueue, type EventQueue } from '../../src-shared/event-queue';

/** Puts answers and events together where both tell of the same state over ways of their own. */
export interface OvertakenAnswers {
  /** Applies an event, at once. */
  happened(event: AnyEvent): void;
  /** Puts the answer in, and on top of it again what happened since it was asked for. Rejects, and puts nothing in, with what `fetch` does. */
  ask<T>(fetch: () => Promise<T>, put: (answer: T) => void): Promise<void>;
}

/**
 * An answer may be older than an event that came before it: put in as it is, it would take back what is known, and an event that
 * says "as before" would be taken for the wrong state. `apply` must bear being called twice with the same event.
 */
export function createOvertakenAnswers(apply: (event: AnyEvent) => void): OvertakenAnswers {
  const sinceAsked = new Set<EventQueue>();
  return {
    happened(event) {
      apply(event);
      for (const queue of sinceAsked) queue.push(event);
    },
    async ask(fetch, put) {
      const queue = createEventQueue();
      sinceAsked.add(queue);
      try {
        put(await fetch());
        for (const event of queue.take()) apply(event);
      } finally {
        sinceAsked.delete(queue);
      }
    },
  };
}
