import type { Clock } from '../../platform/clock';
import type { ListedUnit, UnitDetails } from './parse-systemd';
import type { Systemctl } from './read-systemd';
import { unitKind } from './unit-kind';

/**
 * What `systemctl show` says changes only with a unit's state, apart from figures that its control group tells more
 * cheaply. So a unit is shown when its state changed, when somebody marked it, and else every 30 s; timers and sockets, whose
 * counts and times change silently, every 10 s, and what failed every 6 s. With 200 units one `show` costs systemd and systemctl 137 ms of processor
 * time; docs/adr/0009 has the figures.
 */
export interface UnitDetailsCache {
  /** Details of these loaded units, of which at most one spawn renews what is due. */
  read(units: readonly ListedUnit[], signal: AbortSignal): Promise<ReadonlyMap<string, TimedDetails>>;
  /** Something about it is out of date: it is shown at the next reading. */
  mark(unit: string): void;
}

export interface TimedDetails {
  readonly details: UnitDetails;
  /** When systemd was asked, in monotonic time. */
  readonly atMs: number;
}

const renewAfterMs = { service: 30_000, timer: 10_000, socket: 10_000 } as const;
/** A failed unit that was started and failed again between two samples looks as before in the list. */
const renewFailedAfterMs = 6_000;
/** Of those that did not change, the oldest; the others wait for the next reading. */
const mostRenewed = 100;

export function createUnitDetailsCache(systemctl: Pick<Systemctl, 'show'>, clock: Clock): UnitDetailsCache {
  let known: ReadonlyMap<string, TimedDetails> = new Map();
  const marked = new Set<string>();

  function chooseDue(units: readonly ListedUnit[], nowMs: number): readonly string[] {
    const changed: string[] = [];
    const old: { readonly unit: string; readonly atMs: number }[] = [];
    for (const listed of units) {
      const before = known.get(listed.unit);
      if (before === undefined || marked.has(listed.unit) || hasChanged(before.details, listed)) changed.push(listed.unit);
      else if (nowMs - before.atMs >= lifeMs(listed)) old.push({ unit: listed.unit, atMs: before.atMs });
    }
    old.sort((a, b) => a.atMs - b.atMs);
    return [...changed, ...old.slice(0, mostRenewed).map(({ unit }) => unit)];
  }

  return {
    async read(units, signal) {
      const nowMs = clock.monotonicMs();
      const due = chooseDue(units, nowMs);
      const shown = await systemctl.show(due, signal);
      const next = new Map<string, TimedDetails>();
      for (const { unit } of units) {
        const before = known.get(unit);
        if (before !== undefined) next.set(unit, before);
      }
      for (const details of shown) next.set(details.unit, { details, atMs: nowMs });
      known = next;
      marked.clear();
      return known;
    },
    mark: (unit) => marked.add(unit),
  };
}

function lifeMs({ unit, activeState }: ListedUnit): number {
  return activeState === 'failed' ? renewFailedAfterMs : renewAfterMs[unitKind(unit) ?? 'service'];
}

function hasChanged(before: UnitDetails, now: ListedUnit): boolean {
  return before.activeState !== now.activeState || before.subState !== now.subState || before.loadState !== now.loadState;
}
