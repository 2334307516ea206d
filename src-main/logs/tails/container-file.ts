import type { Clock } from '../../platform/clock';
import type { ContainerFeed, EngineLogFile } from '../../platform/container-engine';
import type { LogFramer } from '../frame';
import type { ContainerLines } from './container-lines';
import { followLogFile, type LogFileEnd } from './follow-log-file';

/** What the ways beside the stream know of the container and its tail. */
export interface RouteDeps {
  readonly id: string;
  readonly feed: Pick<ContainerFeed, 'logFile' | 'logBound' | 'keptLogs'>;
  readonly clock: Clock;
  readonly lines: ContainerLines;
  readonly signal: AbortSignal;
  /** False: it does not run any more. */
  readonly isPresent: () => boolean;
  readonly wait: (ms: number) => Promise<void>;
}

/** A file that could not be followed is not tried again for so long. */
const withoutFileMs = 600_000;

/** Reads the file that the engine writes a container's lines to, where that can be. */
export class FileRoute {
  private withoutFileUntilMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly deps: RouteDeps) {}

  /** Null: there is none, or the stream is at no place that can be found again in it. */
  async find(framer: LogFramer): Promise<EngineLogFile | null> {
    const { id, feed, clock, lines, signal } = this.deps;
    if (feed.logFile === undefined || lines.packed === null || clock.monotonicMs() < this.withoutFileUntilMs) return null;
    const { last } = lines.place;
    // Lines that all bear one stamp may have begun before the first of them that was read.
    if (last === null || !framer.holdsOnly(lines.lastStream) || last.count >= lines.flood.lineCount) return null;
    const file = await feed.logFile(id, signal);
    if (file === null) this.leave();
    return file;
  }

  /** Goes on behind the line that was read last. Null: nowhere. */
  async follow(file: EngineLogFile): Promise<LogFileEnd | null> {
    const { clock, lines, signal, isPresent, wait } = this.deps;
    const { packed: out, place } = lines;
    if (place.last === null || out === null) return null;
    const end = await followLogFile({
      place: file,
      lines: place,
      known: place.last,
      signal,
      isPresent,
      monotonicMs: () => clock.monotonicMs(),
      wait,
      out,
      told: (told) => {
        lines.count(told);
        return lines.tellPosition();
      },
    });
    if (end === 'foreign' || end === 'lost') this.leave();
    return end;
  }

  private leave(): void {
    this.withoutFileUntilMs = this.deps.clock.monotonicMs() + withoutFileMs;
  }
}
