import type { AnyEvent } from '../../src-shared/contract';
import { createEventQueue } from '../../src-shared/event-queue';
import type { Clock, Timers } from '../platform/clock';

export interface EventBatches {
  push(event: AnyEvent): void;
  /** The other side has taken the last batch. */
  taken(): void;
  readonly droppedCount: number;
}

export interface EventBatchesDeps {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly timers: Timers;
  readonly send: (batch: readonly AnyEvent[]) => void;
}

/** The sources are read one after the other on one beat: their readings come within this time. */
const beatMs = 150;
/** A window that opens wants the first of each as soon as it is there. */
const atOnceForMs = 5_000;

/**
 * Events for the thread that shows them, one batch under way at a time; while it is, newer readings replace waiting ones. Readings
 * of one beat go as one: each batch wakes two threads and a window's process. Anything that happened (an alert, a notice, a change
 * of settings) goes at once, with what waits.
 */
export function createEventBatches({ clock, timers, send }: EventBatchesDeps): EventBatches {
  const queue = createEventQueue();
  const startedAtMs = clock.monotonicMs();
  let isUnderWay = false;
  let cancel: (() => void) | null = null;

  function flush(): void {
    cancel?.();
    cancel = null;
    if (isUnderWay || queue.isEmpty) return;
    isUnderWay = true;
    send(queue.take());
  }

  return {
    push(event) {
      queue.push(event);
      const isOfBeat = event.event === 'reading' || event.event === 'unchanged' || event.event === 'self';
      if (isOfBeat && clock.monotonicMs() - startedAtMs >= atOnceForMs) cancel ??= timers.after(beatMs, flush);
      else flush();
    },
    taken() {
      isUnderWay = false;
      // What waits for the rest of its beat goes with that.
      if (cancel === null) flush();
    },
    get droppedCount() {
      return queue.droppedCount;
    },
  };
}
