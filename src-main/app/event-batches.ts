import type { AnyEvent } from '../../src-shared/contract';
import { createEventQueue } from '../../src-shared/event-queue';
import type { Clock, Timers } from '../platform/clock';

export interface EventBatches {
  push(event: AnyEvent): void;
  /** The other side has taken the last batch. */
  taken(): void;
  /** While nobody looks readings wait, the newest of each source, until somebody does or something happens. */
  setHidden(hidden: boolean): void;
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
  let isDue = false;
  let isHidden = false;
  let cancel: (() => void) | null = null;

  function sendDue(): void {
    if (!isDue || isUnderWay || queue.isEmpty) return;
    cancel?.();
    cancel = null;
    isDue = false;
    isUnderWay = true;
    send(queue.take());
  }

  function due(): void {
    isDue = true;
    sendDue();
  }

  return {
    push(event) {
      queue.push(event);
      const isOfBeat = event.event === 'reading' || event.event === 'unchanged' || event.event === 'self';
      if (!isOfBeat || clock.monotonicMs() - startedAtMs < atOnceForMs) due();
      else if (!isHidden) cancel ??= timers.after(beatMs, due);
    },
    taken() {
      isUnderWay = false;
      sendDue();
    },
    setHidden(hidden) {
      isHidden = hidden;
      if (!hidden) due();
    },
    get droppedCount() {
      return queue.droppedCount;
    },
  };
}
