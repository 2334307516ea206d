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
  store.setState({ alerts: sorted, calmSinceMs: bannerAlerts(sorted).length > 0 ? null : (before ?? calmSince(sorted, nowMs)) });
}

export function applyAlertChange(store: AlertsStore, { alert }: AlertChange, nowMs: number): void {
  const others = (store.getState().alerts ?? []).filter((one) => one.id !== alert.id);
  setAlerts(store, [alert, ...others], nowMs);
}

/** What the banner speaks of: critical, not over, not put away by the user; newest first. */
export function bannerAlerts(alerts: readonly Alert[]): readonly Alert[] {
  return alerts.filter((alert) => alert.level === 'critical' && alert.clearedAtMs === null && !alert.dismissed);
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
