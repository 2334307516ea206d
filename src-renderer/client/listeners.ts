import type { AnyEvent, EventName, Events } from '../../src-shared/contract';
import { eventNames } from '../../src-shared/contract';

/** Who listens to which event; shared by the clients that receive events as `AnyEvent`. */
export interface Listeners {
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void;
  emit(event: AnyEvent): void;
}

export function createListeners(): Listeners {
  const byEvent = new Map<EventName, Set<(payload: never) => void>>();
  return {
    on(event, listener) {
      const set = byEvent.get(event) ?? new Set();
      byEvent.set(event, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    emit({ event, payload }) {
      for (const listener of [...(byEvent.get(event) ?? [])]) listener(payload as never);
    },
  };
}

/** A message of the event stream; null for anything that is not one of our events. */
export function parseEvent(text: string): AnyEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (typeof value !== 'object' || value === null || !('event' in value) || !('payload' in value)) return null;
  return (eventNames as readonly unknown[]).includes(value.event) ? (value as AnyEvent) : null;
}
