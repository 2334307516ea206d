import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogScopeClient } from '../../src-shared/contract';
import type { MetricId, MetricPoint } from '../../src-shared/metrics';
import type { HostSnapshot } from '../../src-shared/snapshots';
import { wasSetBack } from './clock-set-back';

/** How far back a sparkline looks. */
export const historyWindowMs = 15 * 60_000;

/** A young line shows every second; an older one gains a point as often as the store does, and is drawn that often. */
const youngPoints = 60;
const oldSpacingMs = 4_500;

/** Series by `metric subject`; a series exists once someone asked for it. */
export interface HistoryState {
  readonly series: Readonly<Record<string, readonly MetricPoint[]>>;
}
export type HistoryStore = StoreApi<HistoryState>;

export function createHistoryStore(): HistoryStore {
  return createStore<HistoryState>(() => ({ series: {} }));
}

export function seriesKey(metric: MetricId, subject: string): string {
  return `${metric} ${subject}`;
}

/** Loads the kept past of a series once; live points are appended by `appendHost`. Without a store of history it starts empty. */
export async function loadSeries(
  store: HistoryStore,
  client: LogScopeClient,
  metric: MetricId,
  subject: string,
  nowMs: number,
): Promise<void> {
  const key = seriesKey(metric, subject);
  if (store.getState().series[key]) return;
  setSeries(store, key, []);
  const past = await client.request('history.range', {
    metric,
    subject,
    fromMs: Math.floor(nowMs - historyWindowMs),
    toMs: Math.ceil(nowMs),
  });
  const live = store.getState().series[key] ?? [];
  const firstLiveMs = live[0]?.atMs ?? Number.POSITIVE_INFINITY;
  setSeries(store, key, [...past.filter((point) => point.atMs < firstLiveMs), ...live]);
}

/** Adds a host reading to every series someone looks at. */
export function appendHost(store: HistoryStore, host: HostSnapshot | null, atMs: number): void {
  const { series } = store.getState();
  const next: Record<string, readonly MetricPoint[]> = {};
  for (const [key, points] of Object.entries(series)) {
    const [first, last] = [points[0], points.at(-1)];
    const isSetBack = last !== undefined && wasSetBack(last.atMs, atMs);
    if (last && !isSetBack && atMs - last.atMs < (points.length < youngPoints ? 1 : oldSpacingMs)) continue;
    const isTooLong = first !== undefined && first.atMs < atMs - historyWindowMs;
    const kept = isTooLong || isSetBack ? points.filter((point) => point.atMs >= atMs - historyWindowMs && point.atMs < atMs) : points;
    next[key] = [...kept, { atMs, value: host === null ? null : hostValue(host, key) }];
  }
  if (Object.keys(next).length > 0) store.setState({ series: { ...series, ...next } });
}

function hostValue(host: HostSnapshot, key: string): number | null {
  const space = key.indexOf(' ');
  const metric = key.slice(0, space) as MetricId;
  const subject = key.slice(space + 1);
  switch (metric) {
    case 'host.cpu.busy':
      return host.cpu.busyRatio;
    case 'host.memory.used':
      return host.memory.totalBytes > 0 ? host.memory.usedBytes / host.memory.totalBytes : null;
    case 'host.disk.used':
      return host.mounts.find((mount) => mount.path === subject)?.usedRatio ?? null;
    case 'host.network.received':
      return host.networks.find((network) => network.name === subject)?.receivedBytesPerSecond ?? null;
    case 'host.network.sent':
      return host.networks.find((network) => network.name === subject)?.sentBytesPerSecond ?? null;
  }
}

function setSeries(store: HistoryStore, key: string, points: readonly MetricPoint[]): void {
  store.setState({ series: { ...store.getState().series, [key]: points } });
}
