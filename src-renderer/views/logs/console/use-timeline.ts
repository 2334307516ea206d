import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { LogTimeline } from '../../../../src-shared/contract';
import type { LogLevel } from '../../../../src-shared/logs/parsed-line';
import { useWindowState } from '../../../state/context';
import { usePolledAnswer } from '../../../state/use-polled-answer';
import { withoutLevels } from '../query-terms';
import type { ConsoleState } from './console-state';

export type LevelCounts = Readonly<Partial<Record<LogLevel | 'none', number>>>;

const everyMs = 4_000;
const bucketCount = 60;
const leastSpanMs = 60_000;
const restFactor = 20;

/** Counts by level over the stretch that is listed, whatever the level chips say. Null before the first answer. */
export function useTimeline(query: string, feed: StoreApi<ConsoleState> | null) {
  const { client, now } = useWindowState();
  const counted = withoutLevels(query);
  const isLoaded = useLoaded(feed);
  const ask = useMemo(() => {
    let tookMs = 0;
    return async () => {
      if (!isLoaded) return null;
      // Counting days of lines by their words costs the core: it is given twenty times as long to rest.
      await rest(tookMs * restFactor - everyMs);
      const { records, endIsAway } = feed?.getState() ?? { records: [], endIsAway: false };
      const toMs = Math.ceil(endIsAway ? (records.at(-1)?.atMs ?? now()) : now());
      const fromMs = Math.floor(Math.min(records[0]?.atMs ?? toMs, toMs - leastSpanMs));
      const startedMs = now();
      const answer = await client.request('logs.timeline', { query: counted, fromMs, toMs: toMs + 1, buckets: bucketCount });
      tookMs = now() - startedMs;
      return answer;
    };
  }, [client, now, counted, feed, isLoaded]);
  const { data } = usePolledAnswer(ask, everyMs);
  const counts = useMemo(() => sumCounts(data), [data]);
  return { timeline: data, counts };
}

/** Whether the stretch is known that is to be counted. */
function useLoaded(feed: StoreApi<ConsoleState> | null): boolean {
  return useSyncExternalStore(
    useCallback((onChange) => feed?.subscribe(onChange) ?? (() => undefined), [feed]),
    () => feed?.getState().phase === 'ready',
  );
}

function rest(forMs: number): Promise<void> {
  return forMs > 0 ? new Promise((resolve) => setTimeout(resolve, forMs)) : Promise.resolve();
}

function sumCounts(timeline: LogTimeline | null): LevelCounts | null {
  if (timeline === null) return null;
  const sums: Partial<Record<LogLevel | 'none', number>> = {};
  for (const bucket of timeline.buckets) {
    for (const [level, count] of Object.entries(bucket) as [LogLevel | 'none', number][]) sums[level] = (sums[level] ?? 0) + count;
  }
  return sums;
}
