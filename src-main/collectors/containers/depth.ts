import type { NewerThing } from '../../../src-shared/snapshots/containers';
import type { Clock } from '../../platform/clock';
import type { ContainerEngineClient, EngineContainer } from '../../platform/container-engine';
import { advanceTrend, type MemoryTrend } from './memory-trend';
import { NewerThings } from './newer-things';

/** What only time and slow looks tell about the containers of one connection. */
export class ContainerDepth {
  private readonly trends = new Map<string, MemoryTrend>();
  private readonly newer: NewerThings;

  constructor(
    client: ContainerEngineClient,
    private readonly clock: Clock,
  ) {
    this.newer = new NewerThings(client, clock);
  }

  /** Called with each reading; looks at files and images on the side when that is due. Throws a bug of the last look. */
  update(present: readonly EngineContainer[]): void {
    const ids = new Set(present.map(({ id }) => id));
    for (const id of this.trends.keys()) if (!ids.has(id)) this.trends.delete(id);
    this.newer.look(present);
  }

  /** Null when it is not steady; see deriveGrowth. */
  memoryGrowth(container: EngineContainer, memoryUsedBytes: number | null): number | null {
    if (memoryUsedBytes === null) {
      this.trends.delete(container.id);
      return null;
    }
    const sample = { atMs: this.clock.nowMs(), bytes: memoryUsedBytes };
    const trend = advanceTrend(this.trends.get(container.id), container.startedAtMs, sample);
    this.trends.set(container.id, trend);
    return trend.growthBytesPerSecond;
  }

  newerThings(container: EngineContainer): readonly NewerThing[] {
    return this.newer.of(container);
  }

  /** Directories that were too large to be looked through, in the last round. */
  get cutCount(): number {
    return this.newer.cutCount;
  }

  close(): void {
    this.newer.close();
  }
}
