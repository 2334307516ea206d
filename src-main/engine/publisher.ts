import type { AnyEvent } from '../../src-shared/contract';
import { readAgain } from '../../src-shared/reading-again';
import { type AnyReading, type SourceId, sourceIds } from '../../src-shared/snapshots';

export interface Publisher {
  publish(event: AnyEvent): void;
  /** The latest reading of each source that has one, in the order of sourceIds. */
  latestReadings(): readonly AnyReading[];
  latest<Id extends SourceId>(source: Id): Extract<AnyReading, { source: Id }> | null;
  subscribe(listener: (event: AnyEvent) => void): () => void;
}

/** Remembers the latest reading per source and hands every event to every listener, in order. */
export function createPublisher(): Publisher {
  const latest = new Map<SourceId, AnyReading>();
  const listeners = new Set<(event: AnyEvent) => void>();
  return {
    publish(event) {
      if (event.event === 'reading') latest.set(event.payload.source, event.payload);
      if (event.event === 'unchanged') {
        const known = latest.get(event.payload.source);
        if (known !== undefined) latest.set(known.source, readAgain(known, event.payload));
      }
      for (const listener of listeners) listener(event);
    },
    latestReadings: () => sourceIds.flatMap((source) => latest.get(source) ?? []),
    latest: <Id extends SourceId>(source: Id) => (latest.get(source) ?? null) as Extract<AnyReading, { source: Id }> | null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
