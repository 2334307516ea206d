import type { Clock } from '../../platform/clock';
import { type ContainerEngineClient, ContainerEngineError, type EngineContainer, type EngineStats } from '../../platform/container-engine';
import { type ContainerFigures, deriveStatsFigures } from './derive';

/** More than this many containers are listed without figures: each stream costs the engine about 2.5 ms a second. */
export const maxStreamCount = 100;

/** Engines send a sample each second; a figure older than this is none. */
const figuresHoldMs = 5_000;
/** A stream of a running container that was silent for so long is opened anew: nobody would ever tell that it broke. */
const silenceMs = 15_000;

interface StatsStream {
  readonly controller: AbortController;
  previous: EngineStats | null;
  figures: ContainerFigures | null;
  /** Monotonic; of the opening before the first sample. */
  heardAtMs: number;
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

  constructor(
    private readonly client: ContainerEngineClient,
    private readonly clock: Clock,
  ) {}

  get openCount(): number {
    return this.streams.size;
  }

  /** Samples that could not be read since the start. */
  get malformedCount(): number {
    return this.malformed;
  }

  /** Containers of the last `follow` beyond the bound. */
  get refusedCount(): number {
    return this.refused;
  }

  /** Opens streams for those named and closes all others. A stream that broke is opened again here; a bug in one is thrown here. */
  follow(wanted: ReadonlyMap<string, Pick<EngineContainer, 'state'>>): void {
    if (this.unexpected !== null) throw this.unexpected;
    const nowMs = this.clock.monotonicMs();
    for (const [id, stream] of this.streams) {
      const container = wanted.get(id);
      // Of a paused container engines send one sample and no more.
      const isStuck = container?.state === 'running' && nowMs - stream.heardAtMs >= silenceMs;
      if (container === undefined || isStuck) this.drop(id, stream);
    }
    this.refused = 0;
    for (const id of wanted.keys()) {
      if (this.streams.has(id)) continue;
      if (this.streams.size >= maxStreamCount) this.refused += 1;
      else void this.run(id);
    }
  }

  /** Null before the second sample, and when the newest is too old to be shown as the present. */
  latest(id: string): ContainerFigures | null {
    const stream = this.streams.get(id);
    if (stream === undefined || this.clock.monotonicMs() - stream.heardAtMs > figuresHoldMs) return null;
    return stream.figures;
  }

  close(): void {
    for (const [id, stream] of this.streams) this.drop(id, stream);
  }

  private drop(id: string, stream: StatsStream): void {
    stream.controller.abort();
    this.streams.delete(id);
  }

  private async run(id: string): Promise<void> {
    const heardAtMs = this.clock.monotonicMs();
    const stream: StatsStream = { controller: new AbortController(), previous: null, figures: null, heardAtMs };
    this.streams.set(id, stream);
    try {
      for await (const sample of await this.client.stats(id, stream.controller.signal)) {
        if (sample.kind === 'malformed') this.malformed += 1;
        else {
          stream.heardAtMs = this.clock.monotonicMs();
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
