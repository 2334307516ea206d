import type { ProcessFacts, Service, ServiceScope, ServicesSnapshot } from '../../src-shared/snapshots';
import type { Clock } from '../platform/clock';
import type { UnitContext } from '../rules/process-context';
import type { AskedAnswers } from './asked-answers';
import { createRecentStarts } from './recent-starts';
import { createSameObjects } from './same-object';

export interface UnitContextsDeps {
  readonly clock: Clock;
  /** The latest reading of services; null while there is none. */
  readonly latest: () => ServicesSnapshot | null;
  /** `Restart=` by `scope/unit`; null where systemd is not the init. */
  readonly restartPolicies: AskedAnswers<string> | null;
  /** User LogScope runs as: only this one's user units are known. Null: the platform has no numbers for users. */
  readonly ownUid: number | null;
}

/** The unit each process belongs to, with what the list of services knows of it. */
export function createUnitContexts({ clock, latest, restartPolicies, ownUid }: UnitContextsDeps): {
  unitOf(process: Pick<ProcessFacts, 'pid' | 'unit' | 'uid' | 'container'>): UnitContext | null;
} {
  const starts = createRecentStarts();
  const same = createSameObjects<UnitContext>();
  let made: ReturnType<typeof index> | null = null;
  let madeOf: ServicesSnapshot | null = null;
  /** Contexts are made anew when the list is, and for as long as an answer may still come. */
  const contexts = new Map<string, { readonly context: UnitContext; readonly policy: string | null }>();

  function current(): ReturnType<typeof index> {
    const snapshot = latest();
    if (made === null || snapshot !== madeOf) {
      made = index(snapshot);
      madeOf = snapshot;
      contexts.clear();
      starts.keepOnly(new Set([...made.byName.values()].flat().map(keyOf)));
    }
    return made;
  }

  function contextOf(service: Service): UnitContext {
    const key = keyOf(service);
    const policy = service.kind === 'service' ? (restartPolicies?.get(key) ?? null) : null;
    const before = contexts.get(key);
    if (before !== undefined && before.policy === policy) return before.context;
    const context = same(key, {
      unit: service.unit,
      scope: service.scope,
      description: service.description,
      restartPolicy: policy,
      mainPid: service.mainPid,
      triggers: current().triggers.get(key) ?? [],
      recentStartCount: starts.note(key, service.restartCount, clock.nowMs()),
    });
    contexts.set(key, { context, policy });
    return context;
  }

  return {
    unitOf(process) {
      if (process.container !== null) return null;
      const { byName, byMainPid } = current();
      if (process.unit === null) {
        // Outside Linux no control group names the unit: the manager names its main process.
        const service = byMainPid.get(process.pid);
        return service === undefined ? null : contextOf(service);
      }
      const service = choose(byName.get(process.unit) ?? [], process, ownUid);
      return service === null ? null : contextOf(service);
    },
  };
}

/**
 * A control group's last part does not say whose manager it is. A unit both managers know (dbus.service) is the user's for this user's
 * own processes; processes of other users may belong to a manager that was not asked.
 */
function choose(services: readonly Service[], { pid, uid }: Pick<ProcessFacts, 'pid' | 'uid'>, ownUid: number | null): Service | null {
  const main = services.find(({ mainPid }) => mainPid === pid);
  if (main !== undefined) return main;
  const ofScope = (scope: ServiceScope) => services.find((one) => one.scope === scope) ?? null;
  const user = ofScope('user');
  if (user === null) return ofScope('system');
  if (uid !== null && uid === ownUid && uid !== 0) return user;
  return uid !== null && uid < 1000 ? ofScope('system') : null;
}

function index(snapshot: ServicesSnapshot | null) {
  const byName = new Map<string, Service[]>();
  const byMainPid = new Map<number, Service>();
  const triggers = new Map<string, string[]>();
  for (const service of snapshot?.services ?? []) {
    const named = byName.get(service.unit);
    if (named === undefined) byName.set(service.unit, [service]);
    else named.push(service);
    const usesMainPid = snapshot?.method === 'launchd' || snapshot?.method === 'windows-services';
    if (usesMainPid && service.mainPid !== null) byMainPid.set(service.mainPid, service);
    const started = service.timer?.unit ?? service.socket?.unit;
    if (started !== undefined && service.activeState === 'active') {
      const key = `${service.scope}/${started}`;
      triggers.set(key, [...(triggers.get(key) ?? []), service.unit]);
    }
  }
  return { byName, byMainPid, triggers };
}

function keyOf({ scope, unit }: Pick<Service, 'scope' | 'unit'>): string {
  return `${scope}/${unit}`;
}
