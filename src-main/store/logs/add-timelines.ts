import type { LogTimeline } from '../../../src-shared/contract/logs';
import { type LogLevel, logLevels } from '../../../src-shared/logs/parsed-line';

const names: readonly (LogLevel | 'none')[] = [...logLevels, 'none'];

/** Two counts over the same stretches. */
export function addTimelines(one: LogTimeline, other: LogTimeline): LogTimeline {
  return {
    ...one,
    buckets: one.buckets.map((bucket, at) => {
      const added = other.buckets[at] ?? {};
      return Object.fromEntries(
        names.flatMap((name) => {
          const count = (bucket[name] ?? 0) + (added[name] ?? 0);
          return count === 0 ? [] : [[name, count] as const];
        }),
      );
    }),
    cutShort: one.cutShort ?? other.cutShort,
  };
}
