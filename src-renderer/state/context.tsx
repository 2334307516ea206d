import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { MetricId, MetricPoint } from '../../src-shared/metrics';
import type { Snapshots, SourceId } from '../../src-shared/snapshots';
import type { AlertsState } from './alerts-store';
import type { AppState } from './app-store';
import { loadSeries, seriesKey } from './history-store';
import { derivePanelState, type PanelState } from './panel-state';
import type { ReadingsState } from './readings-store';
import type { UiState } from './ui-store';
import type { WindowState } from './window-state';

const WindowStateContext = createContext<WindowState | null>(null);

export function WindowStateProvider({ state, children }: { readonly state: WindowState; readonly children: ReactNode }) {
  return <WindowStateContext value={state}>{children}</WindowStateContext>;
}

export function useWindowState(): WindowState {
  const state = useContext(WindowStateContext);
  if (!state) throw new Error('No WindowStateProvider above this component');
  return state;
}

export function useApp<T>(select: (state: AppState) => T): T {
  return useStore(useWindowState().app, select);
}

export function useUi<T>(select: (state: UiState) => T): T {
  return useStore(useWindowState().ui, select);
}

export function useReadings<T>(select: (state: ReadingsState) => T): T {
  return useStore(useWindowState().readings, select);
}

/** As useReadings, for a selector that makes a new array or object: compared one level deep. */
export function useReadingsShallow<T>(select: (state: ReadingsState) => T): T {
  return useStore(useWindowState().readings, useShallow(select));
}

export function useAlerts<T>(select: (state: AlertsState) => T): T {
  return useStore(useWindowState().alerts, select);
}

/** The time, ticking once a second. Use it in leaves only: everything below draws again each second. */
export function useNow(): number {
  return useStore(useWindowState().clock, (clock) => clock.nowMs);
}

/** Which of the five states a source is in. Draws again when the kind changes or new data come, not at every tick. */
export function usePanelState<Id extends SourceId>(source: Id): PanelState<Snapshots[Id]> {
  const paused = useApp((app) => app.info?.paused ?? false);
  const state = useReadings((readings) => readings[source]);
  const stale = useStore(useWindowState().clock, (clock) => !paused && derivePanelState(source, state, clock.nowMs).kind === 'stale');
  return derivePanelState(source, state, stale ? Number.POSITIVE_INFINITY : null);
}

const noPoints: readonly MetricPoint[] = [];

/** The last fifteen minutes of a metric: the kept past, then every live reading. Empty while nothing is known. */
export function useHistory(metric: MetricId, subject: string | null): readonly MetricPoint[] {
  const { history, client, now } = useWindowState();
  useEffect(() => {
    if (subject === null) return;
    loadSeries(history, client, metric, subject, now()).catch((error: unknown) => console.warn('LogScope: no history', error));
  }, [history, client, now, metric, subject]);
  return useStore(history, (state) => (subject === null ? noPoints : (state.series[seriesKey(metric, subject)] ?? noPoints)));
}
