import type { Clock } from '../../platform/clock';
import type { ContainerEngineClient, EngineContainer } from '../../platform/container-engine';
import type { Roots } from '../../platform/roots';
import { type ContainerFigures, isAlive, noFigures } from './derive';
import { CgroupReader } from './read-cgroup';
import { StatsStreams } from './read-stats';

export interface FiguresDeps {
  readonly clock: Clock;
  readonly roots: Roots;
  /** False where there are no control groups of this machine to read (no Linux), or they are not wanted. */
  readonly readsFiles: boolean;
}

export interface MeasuredContainer {
  readonly figures: ContainerFigures;
  /** Its first process was found on this machine. */
  readonly runsHere: boolean;
}

const notMeasured: MeasuredContainer = { figures: noFigures, runsHere: false };

/** Figures of one engine's containers, each from its control-group files where they are on this machine, else from the engine's stats streams. */
export class FiguresReader {
  readonly streams: StatsStreams;
  private readonly readers = new Map<string, { readonly pid: number; readonly reader: CgroupReader | null }>();
  private readonly measured = new Map<string, MeasuredContainer>();

  constructor(
    client: ContainerEngineClient,
    private readonly deps: FiguresDeps,
  ) {
    this.streams = new StatsStreams(client, deps.clock);
  }

  read(present: readonly EngineContainer[]): void {
    const alive = new Set<string>();
    const byStream = new Map<string, EngineContainer>();
    this.measured.clear();
    for (const container of present) {
      const { id, pid } = container;
      if (!isAlive(container) || pid === null) continue;
      alive.add(id);
      const reader = this.readerOf(container, pid);
      if (reader === null) byStream.set(id, container);
      else this.measured.set(id, { figures: reader.read() ?? noFigures, runsHere: true });
    }
    for (const [id, { reader }] of this.readers) {
      if (alive.has(id)) continue;
      reader?.close();
      this.readers.delete(id);
    }
    this.streams.follow(byStream);
    for (const id of byStream.keys()) this.measured.set(id, { figures: this.streams.latest(id) ?? noFigures, runsHere: false });
  }

  /** As of the last `read`. */
  of(id: string): MeasuredContainer {
    return this.measured.get(id) ?? notMeasured;
  }

  close(): void {
    this.streams.close();
    for (const { reader } of this.readers.values()) reader?.close();
    this.readers.clear();
  }

  private readerOf({ id, networkMode }: EngineContainer, pid: number): CgroupReader | null {
    const known = this.readers.get(id);
    if (known !== undefined && known.pid === pid) return known.reader;
    known?.reader?.close();
    // Through whatever address the engine is reached: the files are used when the kernel says that this process is this container.
    const reader = this.deps.readsFiles ? CgroupReader.open({ id, pid, networkMode }, this.deps.roots, this.deps.clock) : null;
    this.readers.set(id, { pid, reader });
    return reader;
  }
}
