import type { UnchangedReading } from './contract';
import type { AnyReading } from './snapshots';

/** The latest reading of a source with the time of a later look that found everything as it was. */
export function readAgain(known: AnyReading, { startedAtMs, tookMs }: UnchangedReading): AnyReading {
  // A generic pair does not narrow: the source stays, so does the type of its reading.
  return { source: known.source, reading: { ...known.reading, startedAtMs, tookMs, lastOkAtMs: startedAtMs } } as AnyReading;
}
