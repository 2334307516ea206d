import { type ContainerEngineClient, ContainerEngineError, type EngineStats } from '../../platform/container-engine';
import { type ContainerFigures, deriveStatsFigures } from './derive';

/** More than this many containers are listed without figures: each stream costs the engine about 2.5 ms a second. */
export const maxStreamCount = 100;

interface StatsStream {
  readonly controller: AbortController;
  previous: EngineStats | null;
  figures: ContainerFigures | null;
}

/**
 * Figures by the engine's stats interface, where the control groups cannot be read: one stream a running container.
 * Never `stream=false`: each such call takes the engine one to two seconds.
 */
export class StatsStreams {
  private readonly streams = new Map<string, StatsStream>();
  private malformed = 0;
  private refused = 0;
  private unexpected: unknown = null;

  constructor(private readonly client: ContainerEngineClient) {}

  /** Samples that could not be read since the start. */
  get malformedCount(): number {
    return this.malformed;
  }

  /** Containers of the last `follow` beyond the bound. */
  get refusedCount(): number {
    return this.refused;
  }

  /** Opens streams for those named and closes all others. A stream that broke is opened again here; a bug in one is thrown here. */
  follow(ids: ReadonlySet<string>): void {
    if (this.unexpected !== null) throw this.unexpected;
    for (const [id, stream] of this.streams) if (!ids.has(id)) this.drop(id, stream);
    this.refused = 0;
    for (const id of ids) {
      if (this.streams.has(id)) continue;
      if (this.streams.size >= maxStreamCount) this.refused += 1;
      else void this.run(id);
    }
  }

  /** Null before the second sample. */
  latest(id: string): ContainerFigures | null {
    return this.streams.get(id)?.figures ?? null;
  }

  close(): void {
    for (const [id, stream] of this.streams) this.drop(id, stream);
  }

  private drop(id: string, stream: StatsStream): void {
    stream.controller.abort();
    this.streams.delete(id);
  }

  private async run(id: string): Promise<void> {
    const stream: StatsStream = { controller: new AbortController(), previous: null, figures: null };
    this.streams.set(id, stream);
    try {
      for await (const sample of await this.client.stats(id, stream.controller.signal)) {
        if (sample.kind === 'malformed') this.malformed += 1;
        else {
          // The first sample of a stream covers no time (no "precpu"): it only starts the count.
          if (stream.previous !== null) stream.figures = deriveStatsFigures(stream.previous, sample);
          stream.previous = sample;
        }
      }
    } catch (error) {
      // The container ended, or the engine went away: the list says which; `follow` opens it again if it is still wanted.
      if (!(error instanceof ContainerEngineError)) this.unexpected = error;
    } finally {
      if (this.streams.get(id) === stream) this.streams.delete(id);
    }
  }
}
