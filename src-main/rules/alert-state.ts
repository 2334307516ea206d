import type { Alert, AlertChange } from '../../src-shared/alerts';
import type { Finding } from '../../src-shared/judgement';
import { compareLevels, type Level, worstLevel } from '../../src-shared/level';
import type { SourceId } from '../../src-shared/snapshots';

/** Findings become alerts here: one per cause, raised after its hold time, cleared when the cause stays away. Pure. */
export interface AlertState {
  readonly active: ReadonlyMap<string, ActiveAlert>;
  /** Findings that have not held long enough yet: key -> first seen, monotonic. */
  readonly pending: ReadonlyMap<string, number>;
  /** Which (source, kind) pairs were looked at before; the first look raises quietly. */
  readonly looked: ReadonlySet<string>;
  /** How often each cause was raised on `day`. */
  readonly raisedToday: ReadonlyMap<string, number>;
  readonly day: string;
}

interface ActiveAlert {
  readonly alert: Alert;
  /** Monotonic. */
  readonly lastSeenAtMs: number;
  /** Absent this long before it counts as cleared: as long as it had to hold. */
  readonly clearAfterMs: number;
}

/** `data`: findings about what a source shows; `availability`: about the source itself. Each clears only its own. */
export type FindingKind = 'data' | 'availability';

export interface Look {
  readonly source: SourceId;
  readonly kind: FindingKind;
  readonly findings: readonly Finding[];
  /** Wall clock: what an alert is stamped with. */
  readonly nowMs: number;
  /** How long something holds is measured with this one: the wall clock may be set. */
  readonly monotonicMs: number;
  /** Local calendar day, e.g. 2026-11-21: countToday starts anew with it. */
  readonly day: string;
}

export const initialAlertState: AlertState = {
  active: new Map(),
  pending: new Map(),
  looked: new Set(),
  raisedToday: new Map(),
  day: '',
};

/** The state after one look at one source, and what changed. Alerts of other sources stay as they are. */
export function advanceAlerts(before: AlertState, look: Look): { readonly state: AlertState; readonly changes: readonly AlertChange[] } {
  const active = new Map(before.active);
  const pending = new Map(before.pending);
  const raisedToday = new Map(before.day === look.day ? before.raisedToday : []);
  const lookId = `${look.source}/${look.kind}`;
  const firstLook = !before.looked.has(lookId);
  const changes: AlertChange[] = [];
  const seen = new Set<string>();

  for (const finding of look.findings) {
    seen.add(finding.key);
    const current = active.get(finding.key);
    if (current !== undefined) {
      const { alert, change } = refresh(current.alert, finding);
      active.set(finding.key, { alert, lastSeenAtMs: look.monotonicMs, clearAfterMs: finding.holdMs });
      if (change !== null) changes.push({ change, alert });
      continue;
    }
    const firstSeenAtMs = pending.get(finding.key) ?? look.monotonicMs;
    if (look.monotonicMs - firstSeenAtMs < finding.holdMs) {
      pending.set(finding.key, firstSeenAtMs);
      continue;
    }
    pending.delete(finding.key);
    const countToday = (raisedToday.get(finding.key) ?? 0) + 1;
    raisedToday.set(finding.key, countToday);
    const alert = raise(finding, look, firstLook, countToday);
    active.set(finding.key, { alert, lastSeenAtMs: look.monotonicMs, clearAfterMs: finding.holdMs });
    changes.push({ change: 'raised', alert });
  }

  for (const key of before.pending.keys()) if (ownsKey(look, key) && !seen.has(key)) pending.delete(key);
  for (const [key, { alert, lastSeenAtMs, clearAfterMs }] of before.active) {
    if (!ownsKey(look, key) || seen.has(key) || look.monotonicMs - lastSeenAtMs < clearAfterMs) continue;
    active.delete(key);
    changes.push({ change: 'cleared', alert: { ...alert, clearedAtMs: look.nowMs } });
  }

  const looked = firstLook ? new Set([...before.looked, lookId]) : before.looked;
  return { state: { active, pending, looked, raisedToday, day: look.day }, changes };
}

/** Hides the given active alerts from the banner until their cause clears and comes back. */
export function dismissAlerts(
  before: AlertState,
  ids: ReadonlySet<string>,
): { readonly state: AlertState; readonly changes: readonly AlertChange[] } {
  const active = new Map(before.active);
  const changes: AlertChange[] = [];
  for (const [key, entry] of before.active) {
    if (!ids.has(entry.alert.id) || entry.alert.dismissed) continue;
    const alert = { ...entry.alert, dismissed: true };
    active.set(key, { ...entry, alert });
    changes.push({ change: 'dismissed', alert });
  }
  return { state: { ...before, active }, changes };
}

/** The level that colours the tray: the worst active alert, dismissed ones included (closing a notice fixes nothing). */
export function levelOfAlerts(state: AlertState): Level {
  return worstLevel([...state.active.values()].map(({ alert }) => alert.level));
}

function raise(finding: Finding, look: Look, firstLook: boolean, countToday: number): Alert {
  const raisedAtMs = finding.sinceMs ?? look.nowMs;
  return {
    id: `${finding.key}@${look.nowMs}`,
    key: finding.key,
    source: finding.source,
    subject: finding.subject,
    level: finding.level,
    reason: finding.reason,
    place: finding.place,
    raisedAtMs,
    clearedAtMs: null,
    dismissed: false,
    foundAtStart: firstLook,
    countToday,
  };
}

function refresh(alert: Alert, finding: Finding): { readonly alert: Alert; readonly change: 'escalated' | 'eased' | null } {
  const direction = compareLevels(finding.level, alert.level);
  const updated: Alert = { ...alert, subject: finding.subject, level: finding.level, reason: finding.reason, place: finding.place };
  if (direction > 0) return { alert: { ...updated, dismissed: false, foundAtStart: false }, change: 'escalated' };
  return { alert: updated, change: direction < 0 ? 'eased' : null };
}

/** Availability findings live under `<source>/engine`; everything else of a source is data. */
function ownsKey(look: Look, key: string): boolean {
  if (!key.startsWith(`${look.source}/`)) return false;
  return (key === `${look.source}/engine`) === (look.kind === 'availability');
}
