import type { ContainerEngineClient } from '../../platform/container-engine';
import type { ContainerHistory } from './history';

/** By container id. */
export type ContainerHistories = Map<string, ContainerHistory>;

/** What was seen of the containers of each engine since LogScope runs: connections to it come and go, this stays. */
export class EngineHistories {
  private readonly byEngine = new Map<string, ContainerHistories>();

  /** The same at each connection to the same engine. `address`: where it was reached, which stands for engines that tell no lasting id. */
  of({ about, identity }: Pick<ContainerEngineClient, 'about' | 'identity'>, address: string): ContainerHistories {
    // Podman gives a new id at each call.
    const key = about.uniqueId === null || identity.name === 'podman' ? address : about.uniqueId;
    const known = this.byEngine.get(key) ?? new Map();
    this.byEngine.set(key, known);
    return known;
  }
}

/** Stamp of the newest event, by the engine's clock; null without any. */
export function newestEventAtMs(histories: ContainerHistories): number | null {
  let newest: number | null = null;
  for (const { events } of histories.values()) for (const { atMs } of events) if (newest === null || atMs > newest) newest = atMs;
  return newest;
}
