import type { Clock } from '../../platform/clock';
import type { UnitDetails } from './parse-systemd';
import type { Systemctl } from './read-systemd';
import type { WatchList } from './watch-list';

const unitFilesEveryMs = 3_600_000;

/**
 * Watched units that systemd has not loaded: installed but stopped, masked, or missing. Each `show` of such a unit reads
 * its files anew (4 ms of systemd), and listing the unit files takes a third of a second, so both are done at the
 * start, once an hour and when the watch list changes; in between only units that were unloaded are asked for once.
 */
export interface RestingUnits {
  /** Details by name. A unit asked for by an alias stands here under its own name, also when it is loaded. */
  read(watchList: WatchList, loaded: ReadonlySet<string>, signal: AbortSignal): Promise<ReadonlyMap<string, UnitDetails>>;
  /** The loaded units that are watched now: when one of them is unloaded, it rests. */
  remember(watched: readonly string[]): void;
}

export function createRestingUnits(systemctl: Systemctl, clock: Clock): RestingUnits {
  let details = new Map<string, UnitDetails>();
  let listedFor: string | null = null;
  let listedAtMs = Number.NEGATIVE_INFINITY;
  let lastWatched: readonly string[] = [];

  async function read(watchList: WatchList, loaded: ReadonlySet<string>, signal: AbortSignal): Promise<ReadonlyMap<string, UnitDetails>> {
    const wantedKey = watchList.key;
    if (listedFor !== wantedKey || clock.monotonicMs() - listedAtMs >= unitFilesEveryMs) {
      const names = await listInstalled(watchList, signal);
      details = byUnit(
        await systemctl.show(
          [...names].filter((unit) => !loaded.has(unit)),
          signal,
        ),
      );
      listedFor = wantedKey;
      listedAtMs = clock.monotonicMs();
      return details;
    }
    const unloaded = lastWatched.filter((unit) => !loaded.has(unit));
    for (const unit of await systemctl.show(unloaded, signal)) details.set(unit.unit, unit);
    return details;
  }

  async function listInstalled(watchList: WatchList, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const files = await systemctl.listUnitFiles(signal);
    const installed = files
      .filter((file) => !['alias', 'masked', 'masked-runtime'].includes(file.state) && !isTemplate(file.unit))
      .map((file) => file.unit)
      .filter(watchList.matches);
    return new Set([...installed, ...watchList.named]);
  }

  return {
    read,
    remember(watched) {
      lastWatched = watched;
    },
  };
}

/** foo@.service is the pattern of units, not one. */
function isTemplate(unit: string): boolean {
  return unit.includes('@.');
}

function byUnit(all: readonly UnitDetails[]): Map<string, UnitDetails> {
  return new Map(all.map((details) => [details.unit, details]));
}
