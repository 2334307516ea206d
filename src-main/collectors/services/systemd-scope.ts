import type { ServiceFacts, ServiceScope } from '../../../src-shared/snapshots/services';
import type { Clock } from '../../platform/clock';
import { elapsedBetweenSamples } from '../../platform/proc-elapsed';
import { type CpuTotal, deriveCpuCores, deriveState } from './derive';
import type { ListedUnit, UnitDetails } from './parse-systemd';
import type { Systemctl } from './read-systemd';
import type { UnitFigures } from './read-unit-figures';
import { createRestingUnits } from './resting-units';
import type { WatchList } from './watch-list';

export interface SystemdScopeDeps {
  readonly scope: ServiceScope;
  readonly systemctl: Systemctl;
  readonly clock: Clock;
  readonly everyMs: number;
  readonly readFigures: (details: UnitDetails) => UnitFigures;
}

/** The services of one manager. Two spawns a sample; four at the start, once an hour and after a change of the watch list. */
export interface SystemdScope {
  collect(watchList: WatchList, signal: AbortSignal): Promise<readonly ServiceFacts[]>;
}

export function createSystemdScope({ scope, systemctl, clock, everyMs, readFigures }: SystemdScopeDeps): SystemdScope {
  const elapsed = elapsedBetweenSamples(clock, everyMs);
  let cpuBefore: ReadonlyMap<string, CpuTotal> = new Map();
  const resting = createRestingUnits(systemctl, clock);

  async function collect(watchList: WatchList, signal: AbortSignal): Promise<readonly ServiceFacts[]> {
    const listed = await systemctl.listUnits(signal);
    const loaded = new Set(listed.map((unit) => unit.unit));
    const rest = await resting.read(watchList, loaded, signal);
    const named = new Set(watchList.named);
    const watched = listed.filter((unit) => rest.has(unit.unit) || isWatched(unit, watchList, named)).map((unit) => unit.unit);
    resting.remember(watched);
    // Timers and sockets are not in the list of services: those asked for by name are read each time.
    const others = watchList.named.filter((unit) => !isService(unit));
    const shown = byUnit(await systemctl.show([...watched, ...others], signal));
    const elapsedMs = elapsed.mark();
    const cpuNow = new Map<string, CpuTotal>();

    function detailed(details: UnitDetails): ServiceFacts {
      const figures = readFigures(details);
      if (figures.cpuTotal !== null) cpuNow.set(details.unit, figures.cpuTotal);
      return factsOf(scope, details, figures, deriveCpuCores(cpuBefore.get(details.unit), figures.cpuTotal, elapsedMs));
    }

    const calm = listed.filter((unit) => !shown.has(unit.unit) && isPresent(unit)).map((unit) => calmFacts(scope, unit));
    const still = [...rest.values()]
      .filter((details) => !loaded.has(details.unit) && (details.loadState !== 'not-found' || named.has(details.unit)))
      .map((details) => factsOf(scope, details, nothing, null));
    const facts = [...[...shown.values()].map(detailed), ...still, ...calm];
    cpuBefore = cpuNow;
    return facts.sort((a, b) => (a.unit < b.unit ? -1 : 1));
  }

  return { collect };
}

const nothing: UnitFigures = { zombie: false, cpuTotal: null, memoryBytes: null, taskCount: null };

function isWatched(unit: ListedUnit, watchList: WatchList, named: ReadonlySet<string>): boolean {
  if (watchList.ignores(unit.unit)) return false;
  const troubled = unit.activeState === 'failed' || unit.subState.startsWith('auto-restart');
  return troubled || named.has(unit.unit) || (isPresent(unit) && watchList.matches(unit.unit));
}

/** Units that others only mention ("After=auditd.service") are in systemd's list too, as not-found. */
function isPresent(unit: ListedUnit): boolean {
  return unit.loadState !== 'not-found' || unit.activeState !== 'inactive';
}

function isService(unit: string): boolean {
  return unit.endsWith('.service');
}

function byUnit(all: readonly UnitDetails[]): ReadonlyMap<string, UnitDetails> {
  return new Map(all.map((details) => [details.unit, details]));
}

function factsOf(scope: ServiceScope, details: UnitDetails, figures: UnitFigures, cpuCores: number | null): ServiceFacts {
  const { unit, description, loadState, activeState, subState, mainPid, restartCount, result, exitStatus, stateSinceMs } = details;
  return {
    unit,
    kind: 'service',
    timer: null,
    socket: null,
    scope,
    description,
    loadState,
    activeState,
    subState,
    state: deriveState(activeState, subState, figures.zombie),
    watched: true,
    mainPid,
    cpuCores,
    memoryBytes: figures.memoryBytes,
    taskCount: figures.taskCount,
    restartCount,
    result,
    exitStatus,
    stateSinceMs,
  };
}

function calmFacts(scope: ServiceScope, listed: ListedUnit): ServiceFacts {
  return {
    ...listed,
    kind: 'service',
    timer: null,
    socket: null,
    scope,
    state: deriveState(listed.activeState, listed.subState, false),
    watched: false,
    mainPid: null,
    cpuCores: null,
    memoryBytes: null,
    taskCount: null,
    restartCount: null,
    result: null,
    exitStatus: null,
    stateSinceMs: null,
  };
}
