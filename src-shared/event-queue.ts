import type { AnyEvent } from './contract';
import type { SourceId } from './snapshots';

/**
 * What waits for one slow listener. Readings and LogScope's own cost are state: a newer one replaces the waiting one.
 * Everything else is an event: kept in order up to a bound, then the oldest goes and is counted. Pure data, no timers.
 */
export interface EventQueue {
  push(event: AnyEvent): void;
  /** Everything waiting, events first in order, then the newest states; the queue is empty afterwards. */
  take(): readonly AnyEvent[];
  readonly isEmpty: boolean;
  /** Events thrown away since the queue was made. */
  readonly droppedCount: number;
}

export function createEventQueue(maxEvents = 500): EventQueue {
  let events: AnyEvent[] = [];
  const states = new Map<SourceId | `${SourceId} unchanged` | 'self' | 'settings' | 'paused', AnyEvent>();
  let droppedCount = 0;
  return {
    push(event) {
      if (event.event === 'reading') {
        states.set(event.payload.source, event);
        // What it says of the reading before must not be taken for this one.
        states.delete(`${event.payload.source} unchanged`);
      } else if (event.event === 'unchanged') states.set(`${event.payload.source} unchanged`, event);
      else if (event.event === 'self' || event.event === 'settings' || event.event === 'paused') states.set(event.event, event);
      else {
        events.push(event);
        if (events.length > maxEvents) {
          events.shift();
          droppedCount += 1;
        }
      }
    },
    take() {
      const taken = [...events, ...states.values()];
      events = [];
      states.clear();
      return taken;
    },
    get isEmpty() {
      return events.length === 0 && states.size === 0;
    },
    get droppedCount() {
      return droppedCount;
    },
  };
}
