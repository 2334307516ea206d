import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Alert, AlertChange } from '../../src-shared/alerts';

/** Alerts as the core lists them: active first, then recently cleared ones; newest first within each. */
export interface AlertsState {
  /** Null before the list was read. */
  readonly alerts: readonly Alert[] | null;
  /** Since when nothing critical stands in the banner; null while something does. */
  readonly calmSinceMs: number | null;
}
export type AlertsStore = StoreApi<AlertsState>;

const keptCount = 500;

export function createAlertsStore(): AlertsStore {
  return createStore<AlertsState>(() => ({ alerts: null, calmSinceMs: null }));
}

export function setAlerts(store: AlertsStore, alerts: readonly Alert[], nowMs: number): void {
  const sorted = [...alerts].sort(byActiveThenNewest).slice(0, keptCount);
  const before = store.getState().calmSinceMs;
  store.setState({ alerts: sorted, calmSinceMs: criticalAlerts(sorted).length > 0 ? null : (before ?? calmSince(sorted, nowMs)) });
}

export function applyAlertChange(store: AlertsStore, { alert }: AlertChange, nowMs: number): void {
  const others = (store.getState().alerts ?? []).filter((one) => one.id !== alert.id);
  setAlerts(store, [alert, ...others], nowMs);
}

/** Critical, not over, not put away by the user; newest first. */
export function criticalAlerts(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.filter((alert) => alert.level === 'critical' && isOpen(alert));
}

/** What the banner speaks of: what is critical, then errors in logs that have just begun or come in a burst. */
export function bannerAlerts(alerts: readonly Alert[]): readonly Alert[] {
  return [...criticalAlerts(alerts), ...alerts.filter((alert) => alert.level === 'warning' && patternOf(alert) !== null && isOpen(alert))];
}

/** The pattern of log lines that an alert is about; null: it is about something else. */
export function patternOf({ place }: Alert): string | null {
  return place.section === 'logs' ? (/^pattern:(\S{1,64})$/.exec(place.item ?? '')?.[1] ?? null) : null;
}

function isOpen({ clearedAtMs, dismissed }: Alert): boolean {
  return clearedAtMs === null && !dismissed;
}

/** Calm began when the last critical alert cleared; when there was none in memory, now. */
function calmSince(alerts: readonly Alert[], nowMs: number): number {
  const cleared = alerts.flatMap((alert) => (alert.level === 'critical' && alert.clearedAtMs !== null ? [alert.clearedAtMs] : []));
  return cleared.length > 0 ? Math.max(...cleared) : nowMs;
}

function byActiveThenNewest(a: Alert, b: Alert): number {
  const activeFirst = Number(a.clearedAtMs !== null) - Number(b.clearedAtMs !== null);
  return activeFirst !== 0 ? activeFirst : b.raisedAtMs - a.raisedAtMs;
}
