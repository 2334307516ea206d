import type { ServiceFacts } from '../../../src-shared/snapshots/services';
import { unknownFigures } from './unit-row';
import { createWatchList, type WatchSettings } from './watch-list';

/**
 * Windows services by systeminformation (loaded on first use). Written from its documentation; not run on a device.
 * It asks PowerShell for Win32_Service, so figures beyond state and pid are not to be had here.
 */
export async function readWindowsServices(settings: WatchSettings): Promise<readonly ServiceFacts[]> {
  const { services } = await import('systeminformation');
  return windowsServiceFacts(await services('*'), settings);
}

/** The part of systeminformation's ServicesData that is used. */
export interface WindowsService {
  readonly name: string;
  readonly running: boolean;
  /** "auto", "manual", "disabled". */
  readonly startmode: string;
  readonly pids: readonly number[];
}

/** Watched are the services that Windows starts by itself and those named in the settings. */
export function windowsServiceFacts(services: readonly WindowsService[], settings: WatchSettings): readonly ServiceFacts[] {
  const watchList = createWatchList(settings);
  return services.map(({ name, running, startmode, pids }) => ({
    ...unknownFigures,
    unit: name,
    kind: 'service',
    scope: 'system',
    description: `starts ${startmode}`,
    loadState: 'loaded',
    activeState: running ? 'active' : 'inactive',
    subState: running ? 'running' : 'dead',
    state: running ? 'active' : 'inactive',
    watched: !watchList.ignores(`${name}.service`) && (/^auto/i.test(startmode) || watchList.matches(`${name}.service`)),
    mainPid: pids[0] ?? null,
  }));
}
