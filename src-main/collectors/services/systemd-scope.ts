import type { ServiceFacts, ServiceScope } from '../../../src-shared/snapshots/services';
import type { Clock } from '../../platform/clock';
import type { ListedUnit, UnitDetails } from './parse-systemd';
import type { Systemctl } from './read-systemd';
import type { ReadUnitFigures } from './read-unit-figures';
import { createRestingUnits } from './resting-units';
import { detailedFacts, listedFacts, startedUnit } from './systemd-facts';
import { createUnitDetailsCache, type TimedDetails } from './unit-details';
import { createUnitFigureTurns } from './unit-figures';
import { unitKind } from './unit-kind';
import type { WatchList } from './watch-list';

export interface SystemdScopeDeps {
  readonly scope: ServiceScope;
  readonly systemctl: Systemctl;
  readonly clock: Clock;
  readonly everyMs: number;
  readonly readFigures: ReadUnitFigures;
  /** CLOCK_MONOTONIC, by which systemd tells a timer's next run. */
  readonly sinceBootMs: () => number;
}

/**
 * The services, timers and sockets of one manager. The list comes over the bus, or by a spawn where there is none; one spawn
 * more when a state changed or details are old, two more at the start, once an hour and after a change of the watch list.
 */
export interface SystemdScope {
  collect(watchList: WatchList, signal: AbortSignal): Promise<readonly ServiceFacts[]>;
}

export function createSystemdScope({ scope, systemctl, clock, everyMs, readFigures, sinceBootMs }: SystemdScopeDeps): SystemdScope {
  const resting = createRestingUnits(systemctl, clock);
  const detailsCache = createUnitDetailsCache(systemctl, clock);
  const figureTurns = createUnitFigureTurns(readFigures, clock, everyMs);
  /** What the timers start: their last result is the result of that. Known from the sample before, at first guessed by their names. */
  let startedByTimers: ReadonlySet<string> = new Set();

  async function collect(watchList: WatchList, signal: AbortSignal): Promise<readonly ServiceFacts[]> {
    const listed = (await systemctl.listUnits(signal)).filter((unit) => unitKind(unit.unit) !== null);
    const loaded = new Set(listed.map((unit) => unit.unit));
    const rest = await resting.read(watchList, loaded, signal);
    const named = new Set(watchList.named);
    const watched = new Set(listed.filter((unit) => rest.has(unit.unit) || isWatched(unit, watchList, named)).map(({ unit }) => unit));
    resting.remember([...watched]);
    const timerUnits = listed.filter(({ unit }) => unitKind(unit) === 'timer');
    const guessed = timerUnits.map(({ unit }) => startedUnit({ unit, triggers: null }));
    const started = new Set([...startedByTimers, ...guessed]);
    const detailed = listed.filter((unit) => watched.has(unit.unit) || (isPresent(unit) && isTold(unit.unit, started)));
    const details = await detailsCache.read(detailed, signal);
    const timers = [...details.values()].map((timed) => timed.details).filter(({ unit }) => unitKind(unit) === 'timer');
    startedByTimers = new Set(timers.map(startedUnit));

    const samples = figureTurns.read([...details.values()].filter((timed) => watched.has(timed.details.unit) && isRunning(timed)));
    for (const [unit, sample] of samples) if (sample.figures.mainProcessGone) detailsCache.mark(unit);

    const moment = { nowMs: clock.nowMs(), sinceBootMs: sinceBootMs() };
    const facts = (one: UnitDetails, isWatchedUnit: boolean): ServiceFacts => {
      const started = unitKind(one.unit) === 'timer' ? (details.get(startedUnit(one))?.details ?? null) : null;
      return detailedFacts(scope, { details: one, watched: isWatchedUnit, sample: samples.get(one.unit) ?? null, started }, moment);
    };
    const all = [
      ...[...details.values()].map((timed) => facts(timed.details, watched.has(timed.details.unit))),
      ...[...rest.values()]
        .filter((one) => !loaded.has(one.unit) && (one.loadState !== 'not-found' || named.has(one.unit)))
        .map((one) => facts(one, true)),
      ...listed.filter((unit) => !details.has(unit.unit) && isPresent(unit)).map((unit) => listedFacts(scope, unit)),
    ];
    return all.sort((a, b) => (a.unit < b.unit ? -1 : 1));
  }

  return { collect };
}

function isWatched(unit: ListedUnit, watchList: WatchList, named: ReadonlySet<string>): boolean {
  if (watchList.ignores(unit.unit)) return false;
  const troubled = unit.activeState === 'failed' || unit.subState.startsWith('auto-restart');
  return troubled || named.has(unit.unit) || (isPresent(unit) && watchList.matches(unit.unit));
}

/** Shown in detail without being watched: what a timer or socket has to tell, and the result of what timers start. */
function isTold(unit: string, startedByTimers: ReadonlySet<string>): boolean {
  return unitKind(unit) !== 'service' || startedByTimers.has(unit);
}

/** Units that others only mention ("After=auditd.service") are in systemd's list too, as not-found. */
function isPresent(unit: ListedUnit): boolean {
  return unit.loadState !== 'not-found' || unit.activeState !== 'inactive';
}

function isRunning({ details }: TimedDetails): boolean {
  return details.mainPid !== null || details.controlGroup !== null;
}
