import { type Outcome, ok, unavailable } from '../../../src-shared/reading';
import type { ServiceFacts, ServiceScope, ServicesFacts } from '../../../src-shared/snapshots/services';
import type { Clock } from '../../platform/clock';
import type { Exec } from '../../platform/exec';
import { readKernelUnits } from '../../platform/proc-constants';
import type { Roots } from '../../platform/roots';
import type { Collector } from '../collector';
import { createProcessNameSearch, type ProcessNameSearch } from './process-names';
import { linuxProcessTable, psProcessTable } from './read-process-table';
import { createSystemctl, hasUserManager, isSystemdBooted, SystemctlRefusal } from './read-systemd';
import { readUnitFigures } from './read-unit-figures';
import { readWindowsServices } from './read-windows';
import { createSystemdScope, type SystemdScope } from './systemd-scope';
import { createWatchList, type WatchList, type WatchSettings } from './watch-list';

export interface ServicesCollectorDeps {
  readonly exec: Exec;
  readonly roots: Roots;
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  /** The settings as they are now. */
  readonly watch: () => WatchSettings;
  /** $XDG_RUNTIME_DIR of the user whose manager is read; null for none. */
  readonly userRuntimeDirectory: string | null;
}

const everyMs = 2_000;
/** Without a manager to ask, every look is a pass over all processes: it comes more rarely. */
const byNamesEveryMs = 5_000;
const timeoutMs = 10_000;

/** Facts about services. Which method is used where, what it costs and what it cannot see: docs/sources/services.md. */
export function createServicesCollector(deps: ServicesCollectorDeps): Collector<'services'> {
  if (deps.platform === 'win32') {
    // Each sample starts PowerShell there, which takes seconds.
    return { id: 'services', everyMs: 15_000, timeoutMs: 30_000, collect: () => collectWindows(deps.watch()) };
  }
  const names = createNameSearch(deps);
  const searchNames = (signal: AbortSignal) => collectByNames(names, deps, signal);
  // What booted the machine does not change while LogScope runs.
  if (deps.platform !== 'linux' || !isSystemdBooted(deps.roots.run)) {
    return { id: 'services', everyMs: byNamesEveryMs, timeoutMs, collect: searchNames };
  }
  const managers = createManagers(deps);
  return {
    id: 'services',
    everyMs,
    timeoutMs,
    collect: (signal) => collectSystemd(managers, names, deps, signal),
  };
}

function createNameSearch({ platform, roots, exec, clock }: ServicesCollectorDeps): ProcessNameSearch {
  return createProcessNameSearch(platform === 'linux' ? linuxProcessTable(roots.proc) : psProcessTable(exec), clock, byNamesEveryMs);
}

type Managers = Readonly<Record<ServiceScope, SystemdScope>>;

function createManagers({ exec, roots, clock, userRuntimeDirectory }: ServicesCollectorDeps): Managers {
  const kernelUnits = readKernelUnits(roots.proc);
  function manager(scope: ServiceScope): SystemdScope {
    const systemctl = createSystemctl(exec, scope, userRuntimeDirectory);
    return createSystemdScope({ scope, systemctl, clock, everyMs, readFigures: (details) => readUnitFigures(roots, kernelUnits, details) });
  }
  return { system: manager('system'), user: manager('user') };
}

async function collectSystemd(
  managers: Managers,
  names: ProcessNameSearch,
  deps: ServicesCollectorDeps,
  signal: AbortSignal,
): Promise<Outcome<ServicesFacts>> {
  const watchList = createWatchList(deps.watch());
  const warnings = refusedWarnings(watchList);
  try {
    const [system, user] = await Promise.all([
      managers.system.collect(watchList, signal),
      collectUser(managers.user, watchList, deps, signal),
    ]);
    const ofUser = new Set(user.services.map((service) => service.unit));
    // A unit of the user that the settings name is missing only in the system's manager.
    const ofSystem = system.filter((service) => service.loadState !== 'not-found' || !ofUser.has(service.unit));
    return ok({ method: 'systemd', services: [...ofSystem, ...user.services], unreadScopes: user.unread, ports: [] }, warnings);
  } catch (error) {
    if (!(error instanceof SystemctlRefusal)) throw error;
    if (error.kind === 'missing')
      return collectByNames(names, deps, signal, [`${error.message}: services are found by the names of their processes`]);
    return error.kind === 'denied'
      ? unavailable('permission-denied', error.message, 'Run LogScope as a user that may talk to systemd over D-Bus.')
      : unavailable('not-running', error.message, 'systemd is installed but does not answer; "systemctl status" tells more.');
  }
}

interface UserServices {
  readonly services: readonly ServiceFacts[];
  readonly unread: ServicesFacts['unreadScopes'];
}

/** A machine without a login session has no user manager: that is said, and takes nothing from the system's services. */
async function collectUser(
  manager: SystemdScope,
  watchList: WatchList,
  { userRuntimeDirectory }: ServicesCollectorDeps,
  signal: AbortSignal,
): Promise<UserServices> {
  if (userRuntimeDirectory === null) return unread('No user manager: XDG_RUNTIME_DIR is not set');
  if (!hasUserManager(userRuntimeDirectory)) return unread(`No user manager: nothing listens in ${userRuntimeDirectory}/systemd`);
  try {
    // What the settings name is looked for by the system's manager; here only what is there counts.
    return { services: await manager.collect({ ...watchList, named: [] }, signal), unread: [] };
  } catch (error) {
    if (error instanceof SystemctlRefusal) return unread(error.message);
    throw error;
  }
}

function unread(detail: string): UserServices {
  return { services: [], unread: [{ scope: 'user', detail }] };
}

async function collectByNames(
  names: ProcessNameSearch,
  { watch }: ServicesCollectorDeps,
  signal: AbortSignal,
  warnings: readonly string[] = [],
): Promise<Outcome<ServicesFacts>> {
  const settings = watch();
  const services = await names.collect(settings, signal);
  return ok({ method: 'process-names', services, unreadScopes: [], ports: [] }, [
    ...warnings,
    ...refusedWarnings(createWatchList(settings)),
  ]);
}

async function collectWindows(settings: WatchSettings): Promise<Outcome<ServicesFacts>> {
  return ok({ method: 'windows-services', services: await readWindowsServices(settings), unreadScopes: [], ports: [] });
}

function refusedWarnings({ refused }: WatchList): readonly string[] {
  return refused.map((name) => `"${name}" in the settings cannot be the name of a service and is left out`);
}
