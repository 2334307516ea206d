import type { Alert } from '../../src-shared/alerts';
import type { MetricPoint, MetricSample } from '../../src-shared/metrics';
import type { RememberedRun } from '../../src-shared/runs';
import { createMemoryProcessStore } from './memory-process-store';
import type { StoreRecord } from './process-store';
import { runsPerIdentity } from './run-rows';
import { bucketMeans, keepFinite } from './samples';
import { maxRangePoints, type RangeQuery, type Store, type StoreState } from './store';

export interface MemoryStoreOptions {
  /** Why nothing is kept on disk; null when that is as ordered. */
  readonly detail: string | null;
  /** Samples kept of each series; 1,440 are two hours at one every 5 s. */
  readonly samplesPerSeries?: number;
  readonly seriesCount?: number;
  readonly alertCount?: number;
  /** Containers whose runs are kept. */
  readonly identityCount?: number;
}

/** A store in memory; it also takes over what another one had not written yet. */
export interface MemoryStore extends Store {
  takeRecord(record: StoreRecord): void;
}

/** A store that forgets when LogScope ends. Bounded: the oldest samples, series and alerts make room for new ones. */
export function createMemoryStore(options: MemoryStoreOptions): MemoryStore {
  const samplesPerSeries = options.samplesPerSeries ?? 1_440;
  const seriesLimit = options.seriesCount ?? 200;
  const alertLimit = options.alertCount ?? 500;
  const identityLimit = options.identityCount ?? 500;
  // Maps keep their order of insertion: the first key is the one not written for longest.
  const series = new Map<string, Map<number, number>>();
  const alerts = new Map<string, Alert>();
  const runs = new Map<string, readonly RememberedRun[]>();
  let droppedSampleCount = 0;
  let closed = false;
  const { take, ...processes } = createMemoryProcessStore(() => closed);

  function append(sample: MetricSample): void {
    const key = seriesKey(sample);
    const points = series.get(key) ?? new Map<number, number>();
    series.delete(key);
    series.set(key, points);
    points.set(sample.atMs, sample.value);
    dropOldest(points, samplesPerSeries);
    dropOldest(series, seriesLimit);
  }

  function appendSamples(samples: readonly MetricSample[]): void {
    if (closed) return;
    const usable = keepFinite(samples);
    droppedSampleCount += samples.length - usable.length;
    for (const sample of usable) append(sample);
  }

  async function range(query: RangeQuery): Promise<readonly MetricPoint[]> {
    const points = [...(series.get(seriesKey(query)) ?? [])]
      .map(([atMs, value]) => ({ atMs, value }))
      .filter(({ atMs }) => atMs >= query.fromMs && atMs <= query.toMs)
      .sort((a, b) => a.atMs - b.atMs);
    return bucketMeans(points, query.fromMs, query.toMs, maxRangePoints);
  }

  function recordAlert(alert: Alert): void {
    if (closed) return;
    alerts.set(alert.id, alert);
    dropOldest(alerts, alertLimit);
  }

  async function recentAlerts(limit: number): Promise<readonly Alert[]> {
    return [...alerts.values()].sort((a, b) => b.raisedAtMs - a.raisedAtMs).slice(0, limit);
  }

  function rememberRun(run: RememberedRun): void {
    if (closed) return;
    const others = (runs.get(run.identity) ?? []).filter(({ startedAtMs }) => startedAtMs !== run.startedAtMs);
    runs.delete(run.identity);
    runs.set(run.identity, [run, ...others].sort((a, b) => b.startedAtMs - a.startedAtMs).slice(0, runsPerIdentity));
    dropOldest(runs, identityLimit);
  }

  return {
    ...processes,
    takeRecord: take,
    appendSamples,
    range,
    recordAlert,
    recentAlerts,
    rememberRun,
    recallRuns: async (identity) => runs.get(identity) ?? [],
    async close() {
      closed = true;
    },
    get state(): StoreState {
      return {
        kind: closed ? 'closed' : 'memory',
        detail: options.detail,
        setAsideFile: null,
        droppedSampleCount,
        droppedAlertCount: 0,
        droppedRecordCount: 0,
        writeProblem: null,
      };
    },
  };
}

function seriesKey(of: { readonly metric: string; readonly subject: string }): string {
  return `${of.metric}\n${of.subject}`;
}

function dropOldest<K, V>(map: Map<K, V>, limit: number): void {
  for (const key of map.keys()) {
    if (map.size <= limit) return;
    map.delete(key);
  }
}
