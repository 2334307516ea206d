import type { AnyEvent } from '../../src-shared/contract';

/** The part of a WebSocket that an outbox needs; `done` runs when the kernel has taken the bytes, or with an error. */
export interface TextSink {
  send(text: string, done: (error?: Error) => void): void;
}

/** An event with its JSON, made once for all clients and only when one of them can take it. */
export interface Parcel {
  readonly event: AnyEvent;
  text(): string;
}

export function parcelOf(event: AnyEvent): Parcel {
  let text: string | null = null;
  return {
    event,
    text() {
      text ??= JSON.stringify(event);
      return text;
    },
  };
}

/** Alerts and notices waiting for one client; beyond that the oldest goes, and is counted. */
export const eventQueueLimit = 200;

/**
 * What one client has yet to receive. One message is under way at a time, so a client that reads slowly holds at most the
 * latest reading of each source, the latest state events and a bounded queue: memory stays flat however long it sleeps.
 */
export class EventOutbox {
  private readonly latest = new Map<string, Parcel>();
  private readonly queue: Parcel[] = [];
  private sending = false;
  private closed = false;
  private dropped = 0;

  constructor(private readonly sink: TextSink) {}

  /** Events (not states) this client will never get because it could not keep up. */
  get droppedCount(): number {
    return this.dropped;
  }

  get pendingCount(): number {
    return this.latest.size + this.queue.length;
  }

  push(parcel: Parcel): void {
    if (this.closed) return;
    const key = stateKey(parcel.event);
    if (key === null) {
      this.queue.push(parcel);
      if (this.queue.length > eventQueueLimit) {
        this.queue.shift();
        this.dropped += 1;
      }
    } else {
      this.latest.set(key, parcel);
    }
    this.pump();
  }

  close(): void {
    this.closed = true;
    this.latest.clear();
    this.queue.length = 0;
  }

  private pump(): void {
    if (this.sending || this.closed) return;
    const parcel = this.takeNext();
    if (parcel === null) return;
    this.sending = true;
    this.sink.send(this.textFor(parcel), (error) => {
      this.sending = false;
      if (error) this.close();
      else this.pump();
    });
  }

  /** Events before states: they cannot be had again. */
  private takeNext(): Parcel | null {
    const event = this.queue.shift();
    if (event !== undefined) return event;
    const first = this.latest.entries().next();
    if (first.done) return null;
    this.latest.delete(first.value[0]);
    return first.value[1];
  }

  private textFor(parcel: Parcel): string {
    const { event } = parcel;
    if (event.event !== 'self' || this.dropped === 0) return parcel.text();
    const payload = { ...event.payload, droppedEventCount: event.payload.droppedEventCount + this.dropped };
    return JSON.stringify({ event: 'self', payload } satisfies AnyEvent);
  }
}

/** State events replace their predecessor; null for one that must arrive by itself. */
function stateKey(event: AnyEvent): string | null {
  if (event.event === 'reading') return `reading/${event.payload.source}`;
  return event.event === 'self' || event.event === 'settings' ? event.event : null;
}
