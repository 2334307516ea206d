import type { OpenRole, Policy, PolicyChange, StopAudit } from '../../src-shared/contract';
import {
  dayOf,
  type ListenerStore,
  openRoleLimit,
  type PolicyStore,
  policyChangeLimit,
  type RoleStore,
  roleAskLimit,
  type SeenListener,
  type StopAuditStore,
  type StoreRecord,
  unknownDays,
} from './process-store';

type Parts = PolicyStore & RoleStore & StopAuditStore & ListenerStore;

const stopLimit = 1_000;
const listenerLimit = 5_000;
/** Names kept of those that nothing explains. */
const unknownLimit = 2_000;

/** What processes left behind, in memory: bounded, the oldest make room. `take` gives the same as the calls do. */
export function createMemoryProcessStore(isClosed: () => boolean): Parts & { take(record: StoreRecord): void } {
  // Maps keep their order of insertion: the first key is the one not written for longest.
  const policies = new Map<string, Policy>();
  const changes = new Map<string, readonly PolicyChange[]>();
  const asks = new Map<string, { readonly count: number; readonly lastAtMs: number }>();
  const unknown = new Map<string, { readonly exe: string | null; readonly atMs: number; readonly days: ReadonlySet<number> }>();
  const listeners = new Map<string, SeenListener>();
  let stops: readonly StopAudit[] = [];

  function take(record: StoreRecord): void {
    if (isClosed()) return;
    switch (record.kind) {
      case 'policy': {
        const { exe, ...change } = record.change;
        if (change.policy === null) policies.delete(exe);
        else policies.set(exe, change.policy);
        changes.set(exe, [change, ...(changes.get(exe) ?? [])].slice(0, policyChangeLimit));
        return;
      }
      case 'role-ask': {
        const count = (asks.get(record.name)?.count ?? 0) + 1;
        putNewest(asks, record.name, { count, lastAtMs: record.atMs }, roleAskLimit);
        return;
      }
      case 'unknown': {
        const { name, exe, atMs } = record.seen;
        const days = [...(unknown.get(name)?.days ?? []), dayOf(atMs)].filter((day) => day > dayOf(atMs) - unknownDays);
        putNewest(unknown, name, { exe, atMs, days: new Set(days) }, unknownLimit);
        return;
      }
      case 'listener':
        if (!listeners.has(listenerKey(record.seen))) putNewest(listeners, listenerKey(record.seen), record.seen, listenerLimit);
        return;
      case 'stop':
        stops = [record.audit, ...stops].slice(0, stopLimit);
    }
  }

  async function keep(records: readonly StoreRecord[]): Promise<string | null> {
    if (isClosed()) return 'The store is closed';
    for (const record of records) take(record);
    return null;
  }

  async function openRoles(): Promise<readonly OpenRole[]> {
    return [...new Set([...asks.keys(), ...unknown.keys()])]
      .map((name): OpenRole => {
        const ask = asks.get(name);
        const seen = unknown.get(name);
        const lastAtMs = Math.max(ask?.lastAtMs ?? 0, seen?.atMs ?? 0);
        return { name, exe: seen?.exe ?? null, askedCount: ask?.count ?? 0, seenDayCount: seen?.days.size ?? 0, lastAtMs };
      })
      .sort(
        (a, b) => b.askedCount - a.askedCount || b.seenDayCount - a.seenDayCount || b.lastAtMs - a.lastAtMs || (a.name < b.name ? -1 : 1),
      )
      .slice(0, openRoleLimit);
  }

  return {
    take,
    changePolicies: (list) => keep(list.map((change) => ({ kind: 'policy', change }))),
    policies: async () => [...policies.values()].sort((a, b) => (a.exe < b.exe ? -1 : 1)),
    policyChanges: async (exe) => changes.get(exe) ?? [],
    countRoleAsk: (name, atMs) => keep([{ kind: 'role-ask', name, atMs }]),
    roleAskCount: async (name) => asks.get(name)?.count ?? 0,
    rememberUnknown: (list) => void keep(list.map((seen) => ({ kind: 'unknown', seen }))),
    openRoles,
    recordStop: (audit) => keep([{ kind: 'stop', audit }]),
    recentStops: async (limit) => stops.slice(0, limit),
    rememberListeners: (list) => void keep(list.map((seen) => ({ kind: 'listener', seen }))),
    listeners: async () =>
      [...listeners.values()].sort(
        (a, b) => a.firstSeenAtMs - b.firstSeenAtMs || (a.exe === b.exe ? (a.openPort ?? 0) - (b.openPort ?? 0) : a.exe < b.exe ? -1 : 1),
      ),
  };
}

function listenerKey({ exe, openPort }: SeenListener): string {
  return `${openPort ?? 0} ${exe}`;
}

function putNewest<V>(map: Map<string, V>, key: string, value: V, limit: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= limit) return;
    map.delete(oldest);
  }
}
