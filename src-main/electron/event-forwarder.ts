import type { AnyEvent } from '../../src-shared/contract';
import { createEventQueue } from '../../src-shared/event-queue';
import type { Clock, Timers } from '../platform/clock';

/** Not more than one batch in this time; the first one after a quiet while goes at once. */
const batchMs = 100;
const queueLimit = 1_000;

export interface EventForwarder {
  push(event: AnyEvent): void;
  /** Nothing is sent to a window that nobody sees; on showing it gets the latest of everything. */
  setVisible(visible: boolean): void;
  /** The page has taken the last batch, or is up and listening. */
  delivered(): void;
  /** The page went away (crash, reload): nothing is sent until the next one reports. */
  detached(): void;
}

export interface EventForwarderOptions {
  readonly clock: Clock;
  readonly send: (batch: readonly AnyEvent[]) => void;
  readonly timers: Timers;
}

/**
 * Carries events to the window: batched, and never a second batch before the first was taken, so that a window that
 * hangs costs a bounded queue here and not an endless one in the pipe to it.
 */
export function createEventForwarder({ clock, timers, send }: EventForwarderOptions): EventForwarder {
  const queue = createEventQueue(queueLimit);
  let visible = false;
  let ready = false;
  let scheduled = false;
  let lastSentAtMs = Number.NEGATIVE_INFINITY;

  function flush(): void {
    if (!visible || !ready || scheduled || queue.isEmpty) return;
    const waitMs = lastSentAtMs + batchMs - clock.monotonicMs();
    if (waitMs > 0) {
      scheduled = true;
      timers.after(waitMs, () => {
        scheduled = false;
        flush();
      });
      return;
    }
    const batch = queue.take();
    ready = false;
    lastSentAtMs = clock.monotonicMs();
    send(batch.map((event) => withOwnDrops(event, queue.droppedCount)));
  }

  return {
    push(event) {
      queue.push(event);
      flush();
    },
    setVisible(next) {
      visible = next;
      flush();
    },
    delivered() {
      ready = true;
      flush();
    },
    detached() {
      ready = false;
    },
  };
}

/** The window is told of events lost on the way to it beside those lost before. */
function withOwnDrops(event: AnyEvent, droppedCount: number): AnyEvent {
  if (event.event !== 'self' || droppedCount === 0) return event;
  return { event: 'self', payload: { ...event.payload, droppedEventCount: event.payload.droppedEventCount + droppedCount } };
}
