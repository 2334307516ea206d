import { compareLevels } from '../../../src-shared/level';
import { type Service, type ServiceState, serviceStates } from '../../../src-shared/snapshots';
import type { LevelMark } from '../../components/level-shape';
import type { Words } from '../../words/use-words';

/** Stable id of a service in the window and in places: the same unit may exist in both scopes. */
export function serviceId(service: Pick<Service, 'scope' | 'unit'>): string {
  return `${service.scope}/${service.unit}`;
}

/** Most severe first, inactive last, then by name. */
export function troubleFirst(a: Service, b: Service): number {
  return (
    Number(needsALook(b)) - Number(needsALook(a)) ||
    compareLevels(b.level, a.level) ||
    Number(a.level === 'inactive') - Number(b.level === 'inactive') ||
    (a.unit < b.unit ? -1 : 1)
  );
}

/** Order of the groups of dots: what failed, what is on its way, what runs, what does not. */
const stateOrder: readonly ServiceState[] = [
  'failed',
  'failed (zombie)',
  'auto-restart',
  'activating',
  'deactivating',
  'active',
  'active (idle)',
  'active (exited)',
  'inactive',
];
const placeOfState = new Map(serviceStates.map((state) => [state, stateOrder.indexOf(state)]));

/** By state, failed first; in a state as `troubleFirst`. */
export function byStateThenTrouble(a: Service, b: Service): number {
  return (placeOfState.get(a.state) ?? 0) - (placeOfState.get(b.state) ?? 0) || troubleFirst(a, b);
}

/** True when the filter stands in the name, description, state or reason of a unit, or in what it starts or listens on. */
export function matchesService(words: Words, service: Service, filter: string): boolean {
  const needle = filter.trim().toLowerCase();
  if (needle === '') return true;
  const { unit, description, state, timer, socket, reasons } = service;
  return [unit, description, state, serviceState(words, service), timer?.unit, socket?.unit, ...(socket?.listens ?? [])]
    .concat(reasons.map(words.reason))
    .some((text) => text?.toLowerCase().includes(needle));
}

const namedResults: ReadonlySet<string> = new Set([
  'success',
  'exit-code',
  'signal',
  'core-dump',
  'timeout',
  'watchdog',
  'oom-kill',
  'start-limit-hit',
  'resources',
]);

/** How the last run ended, in words; null when systemd tells none. */
export function resultText(words: Words, { result, exitStatus }: Pick<Service, 'result' | 'exitStatus'>): string | null {
  if (result === null) return null;
  return namedResults.has(result) ? words.tOr(`service.result.${result}`, result, { exitStatus: exitStatus ?? '?' }) : result;
}

export function serviceState(words: Words, service: Pick<Service, 'state'>): string {
  return words.t(`service.state.${service.state}`);
}

/** Something a person should look into: resting and starting services are yellow dots, but no trouble. */
export function needsALook(service: Pick<Service, 'level' | 'state'>): boolean {
  if (service.state === 'active (idle)' || service.state === 'activating') return false;
  return service.level === 'critical' || service.level === 'warning';
}

/** The shape of a service's dot. */
export function serviceMark(service: Pick<Service, 'level' | 'state'>): LevelMark {
  return service.state === 'active (idle)' ? 'resting' : service.level;
}

/** Name of a dot: unit and state, the scope only where it is not the system's. */
export function serviceName(words: Words, service: Pick<Service, 'unit' | 'state' | 'scope'>): string {
  const scope = service.scope === 'user' ? ` (${words.t('service.scope.user')})` : '';
  return `${service.unit}${scope}, ${serviceState(words, service)}`;
}

export function serviceSummary(words: Words, services: readonly Service[]): string {
  const failed = services.filter((one) => one.level === 'critical').length;
  const warned = services.filter((one) => one.level === 'warning' && needsALook(one)).length;
  return [
    words.t('services.count', { count: services.length }),
    failed > 0 ? words.t('services.failed', { count: failed }) : null,
    warned > 0 ? words.t('services.warned', { count: warned }) : null,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
