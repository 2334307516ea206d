import type { OpenRole, Policy, RoleAnswer } from '../../src-shared/contract';
import type { Process } from '../../src-shared/snapshots';
import type { Clock } from '../platform/clock';
import { dayOf, type RoleStore, type SeenUnknown } from '../store/process-store';

export interface RoleRequestsDeps {
  readonly store: RoleStore;
  readonly clock: Clock;
  readonly policies: () => readonly Policy[];
  /** Ids of the entries of the role base that a program of this name can be. */
  readonly entriesNamed: (name: string) => readonly string[];
  readonly latest: () => readonly Process[];
  /** Everything that can be known of it was read: what is unknown now stays unknown. */
  readonly wasLookedAt: (process: Process) => boolean;
}

/** "Explain this process": what people ask for by name, and what is often seen without an explanation. */
export interface RoleRequests {
  ask(name: string): Promise<RoleAnswer>;
  /** Most asked first, then seen on most days; what a policy explains is left out. */
  open(): Promise<readonly OpenRole[]>;
  /** Told of each list; counts a name that nothing explains once a day. */
  see(processes: readonly Process[]): void;
}

const mostNamesADay = 500;

export function createRoleRequests(deps: RoleRequestsDeps): RoleRequests {
  const { store, clock, latest } = deps;
  const seenToday = new Set<string>();
  let today = -1;

  return {
    async ask(name) {
      await store.countRoleAsk(name, clock.nowMs());
      return {
        name,
        entries: deps.entriesNamed(name),
        processIds: latest().flatMap((process) => (process.name === name ? [process.id] : [])),
        policies: deps.policies().filter((policy) => policy.name === name),
        askedCount: await store.roleAskCount(name),
      };
    },
    async open() {
      const explaining = deps.policies().filter(({ role }) => role !== null);
      const names = new Set(explaining.map(({ name }) => name));
      const paths = new Set(explaining.map(({ exe }) => exe));
      return (await store.openRoles()).filter(({ name, exe }) => !names.has(name) && (exe === null || !paths.has(exe)));
    },
    see(processes) {
      const atMs = clock.nowMs();
      if (dayOf(atMs) !== today) seenToday.clear();
      today = dayOf(atMs);
      const fresh: SeenUnknown[] = [];
      for (const process of processes) {
        if (process.role.layer !== 'unknown' || process.kernelThread) continue;
        const { name, exe } = process;
        if (seenToday.has(name) || seenToday.size >= mostNamesADay || !deps.wasLookedAt(process)) continue;
        seenToday.add(name);
        fresh.push({ name, exe, atMs });
      }
      if (fresh.length > 0) store.rememberUnknown(fresh);
    },
  };
}
