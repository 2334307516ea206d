import type { LogScopeClient } from '../../src-shared/contract';
import { type AlertsStore, createAlertsStore } from './alerts-store';
import { type AppStore, createAppStore } from './app-store';
import { type ClockStore, createClockStore } from './clock-store';
import { createHistoryStore, type HistoryStore } from './history-store';
import { createReadingsStore, type ReadingsStore } from './readings-store';
import { createUiStore, type UiStore } from './ui-store';
import { createUsageHistory, type UsageHistory } from './usage-history';

/** All stores of one window and the client behind them. */
export interface WindowState {
  readonly client: LogScopeClient;
  readonly now: () => number;
  readonly app: AppStore;
  readonly readings: ReadingsStore;
  readonly history: HistoryStore;
  readonly alerts: AlertsStore;
  readonly clock: ClockStore;
  readonly ui: UiStore;
  readonly usage: UsageHistory;
}

export function createWindowState(client: LogScopeClient, now: () => number = Date.now): WindowState {
  return {
    client,
    now,
    app: createAppStore(),
    readings: createReadingsStore(),
    history: createHistoryStore(),
    alerts: createAlertsStore(),
    clock: createClockStore(now()),
    ui: createUiStore(),
    usage: createUsageHistory(),
  };
}
