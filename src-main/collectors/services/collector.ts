import { type Outcome, ok, unavailable } from '../../../src-shared/reading';
import { say } from '../../../src-shared/sentence';
import type { PortCheck, ServiceFacts, ServiceScope, ServicesFacts } from '../../../src-shared/snapshots/services';
import type { Clock } from '../../platform/clock';
import type { Exec } from '../../platform/exec';
import { readKernelUnits } from '../../platform/proc-constants';
import type { Roots } from '../../platform/roots';
import type { Collector } from '../collector';
import { launchdFacts } from './launchd-facts';
import { createProcessNameSearch, type ProcessNameSearch } from './process-names';
import { readLaunchdJobs } from './read-launchd';
import { createPortChecks, type PortToCheck } from './read-ports';
import { linuxProcessTable, psProcessTable } from './read-process-table';
import { createSystemctl, hasUserManager, isSystemdBooted, readSinceBootMs, SystemctlRefusal } from './read-systemd';
import { findGroupFiles, readUnitFigures } from './read-unit-figures';
import { createUnitsByBus, type UnitsByBus } from './read-units-by-bus';
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
  /** Local ports to try, as the settings name them now. */
  readonly portChecks: () => readonly PortToCheck[];
  /** $XDG_RUNTIME_DIR of the user whose manager is read; null for none. */
  readonly userRuntimeDirectory: string | null;
}

const everyMs = 2_000;
/** Without a manager to ask, every look is a pass over all processes: it comes more rarely. */
const byNamesEveryMs = 5_000;
const timeoutMs = 10_000;

/** Services without the port checks, which are the same on every platform. */
type ServicesOutcome = Outcome<Omit<ServicesFacts, 'ports'>>;
type CollectServices = (signal: AbortSignal) => Promise<ServicesOutcome>;

/** Facts about services. Which method is used where, what it costs and what it cannot see: docs/sources/services.md. */
export function createServicesCollector(deps: ServicesCollectorDeps): Collector<'services'> {
  const ports = createPortChecks(deps.clock);
  const collector = (services: CollectServices, cadence: Pick<Collector<'services'>, 'everyMs' | 'timeoutMs'>): Collector<'services'> => ({
    id: 'services',
    ...cadence,
    collect: async (signal) => {
      const [outcome, checks] = await Promise.all([services(signal), ports.read(deps.portChecks(), signal)]);
      return withPorts(outcome, checks);
    },
  });
  if (deps.platform === 'win32') {
    // Each sample starts PowerShell there, which takes seconds.
    return collector(() => collectWindows(deps.watch()), { everyMs: 15_000, timeoutMs: 30_000 });
  }
  const names = createNameSearch(deps);
  if (deps.platform === 'darwin') return collector((signal) => collectLaunchd(names, deps, signal), { everyMs: byNamesEveryMs, timeoutMs });
  // What booted the machine does not change while LogScope runs.
  if (deps.platform !== 'linux' || !isSystemdBooted(deps.roots.run)) {
    return collector((signal) => collectByNames(names, deps, signal), { everyMs: byNamesEveryMs, timeoutMs });
  }
  const { managers, close } = createManagers(deps);
  return { ...collector((signal) => collectSystemd(managers, names, deps, signal), { everyMs, timeoutMs }), close };
}

function withPorts(outcome: ServicesOutcome, ports: readonly PortCheck[]): Outcome<ServicesFacts> {
  return outcome.kind === 'ok' ? { ...outcome, data: { ...outcome.data, ports } } : outcome;
}

function createNameSearch({ platform, roots, exec, clock }: ServicesCollectorDeps): ProcessNameSearch {
  return createProcessNameSearch(platform === 'linux' ? linuxProcessTable(roots.proc) : psProcessTable(exec), clock, byNamesEveryMs);
}

type Managers = Readonly<Record<ServiceScope, SystemdScope>>;

function createManagers({ exec, roots, clock, userRuntimeDirectory }: ServicesCollectorDeps) {
  const kernelUnits = readKernelUnits(roots.proc);
  const groupFiles = findGroupFiles(roots.sys);
  const uid = process.getuid?.() ?? 0;
  function manager(scope: ServiceScope, bus: UnitsByBus | null): SystemdScope {
    const systemctl = createSystemctl(exec, scope, userRuntimeDirectory);
    return createSystemdScope({
      scope,
      systemctl: { ...systemctl, listUnits: async (signal) => (await bus?.list()) ?? systemctl.listUnits(signal) },
      clock,
      everyMs,
      readFigures: (timed, nowMs) => readUnitFigures(roots, groupFiles, kernelUnits, timed, nowMs),
      sinceBootMs: readSinceBootMs,
    });
  }
  const systemBus = createUnitsByBus(`${roots.run}/dbus/system_bus_socket`, uid, clock);
  const userBus = userRuntimeDirectory === null ? null : createUnitsByBus(`${userRuntimeDirectory}/bus`, uid, clock);
  const managers: Managers = { system: manager('system', systemBus), user: manager('user', userBus) };
  async function close(): Promise<void> {
    systemBus.close();
    userBus?.close();
  }
  return { managers, close };
}

async function collectSystemd(
  managers: Managers,
  names: ProcessNameSearch,
  deps: ServicesCollectorDeps,
  signal: AbortSignal,
): Promise<ServicesOutcome> {
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
    return ok({ method: 'systemd', services: [...ofSystem, ...user.services], unreadScopes: user.unread }, warnings);
  } catch (error) {
    if (!(error instanceof SystemctlRefusal)) throw error;
    if (error.kind === 'missing')
      return collectByNames(names, deps, signal, [`${error.message}: services are found by the names of their processes`]);
    return error.kind === 'denied'
      ? unavailable('permission-denied', error.message, say('systemd.remedy.permission'))
      : unavailable('not-running', error.message, say('systemd.remedy.silent'));
  }
}

interface ScopeServices {
  readonly services: readonly ServiceFacts[];
  readonly unread: ServicesFacts['unreadScopes'];
}

/** A machine without a login session has no user manager: that is said, and takes nothing from the system's services. */
async function collectUser(
  manager: SystemdScope,
  watchList: WatchList,
  { userRuntimeDirectory }: ServicesCollectorDeps,
  signal: AbortSignal,
): Promise<ScopeServices> {
  if (userRuntimeDirectory === null) return unread('user', 'No user manager: XDG_RUNTIME_DIR is not set');
  if (!hasUserManager(userRuntimeDirectory)) return unread('user', `No user manager: nothing listens in ${userRuntimeDirectory}/systemd`);
  try {
    // What the settings name is looked for by the system's manager; here only what is there counts.
    return { services: await manager.collect({ ...watchList, named: [] }, signal), unread: [] };
  } catch (error) {
    if (error instanceof SystemctlRefusal) return unread('user', error.message);
    throw error;
  }
}

function unread(scope: ServiceScope, detail: string): ScopeServices {
  return { services: [], unread: [{ scope, detail }] };
}

/** Both scopes of launchd; by process names when it tells nothing at all. */
async function collectLaunchd(names: ProcessNameSearch, deps: ServicesCollectorDeps, signal: AbortSignal): Promise<ServicesOutcome> {
  const watchList = createWatchList(deps.watch());
  const isRoot = process.getuid?.() === 0;
  const scopes = await Promise.all(
    (['system', 'user'] as const).map(async (scope): Promise<ScopeServices> => {
      const read = await readLaunchdJobs(deps.exec, scope, isRoot, signal);
      return 'unread' in read ? unread(scope, read.unread) : { services: launchdFacts(scope, read.jobs, watchList), unread: [] };
    }),
  );
  const unreadScopes = scopes.flatMap((one) => one.unread);
  if (unreadScopes.length === scopes.length)
    return collectByNames(
      names,
      deps,
      signal,
      unreadScopes.map(({ detail }) => detail),
    );
  return ok({ method: 'launchd', services: scopes.flatMap((one) => one.services), unreadScopes }, refusedWarnings(watchList));
}

async function collectByNames(
  names: ProcessNameSearch,
  { watch }: ServicesCollectorDeps,
  signal: AbortSignal,
  warnings: readonly string[] = [],
): Promise<ServicesOutcome> {
  const settings = watch();
  const services = await names.collect(settings, signal);
  return ok({ method: 'process-names', services, unreadScopes: [] }, [...warnings, ...refusedWarnings(createWatchList(settings))]);
}

async function collectWindows(settings: WatchSettings): Promise<ServicesOutcome> {
  return ok({ method: 'windows-services', services: await readWindowsServices(settings), unreadScopes: [] });
}

function refusedWarnings({ refused }: WatchList): readonly string[] {
  return refused.map((name) => `"${name}" in the settings cannot be the name of a service, timer or socket and is left out`);
}
