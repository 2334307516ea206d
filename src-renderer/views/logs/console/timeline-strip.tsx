import { memo } from 'react';
import type { LogTimeline } from '../../../../src-shared/contract';
import { useWords } from '../../../words/use-words';
import { lineClock } from './line-times';
import styles from './timeline-strip.module.css';

interface TimelineStripProps {
  readonly timeline: LogTimeline;
  readonly zone: 'local' | 'utc';
  /** Goes to the lines of a stretch, by the time it ends. */
  readonly onGo: (toMs: number) => void;
}

/** How much was said when, errors and warnings at the foot. A click goes there; the chips tell the sums in words. */
export const TimelineStrip = memo(function TimelineStrip({ timeline, zone, onGo }: TimelineStripProps) {
  const { t } = useWords();
  const bars = timeline.buckets.map((bucket) => {
    const bad = (bucket.error ?? 0) + (bucket.critical ?? 0);
    const warned = bucket.warning ?? 0;
    return { bad, warned, all: Object.values(bucket).reduce((sum, count) => sum + count, 0) };
  });
  const most = Math.max(1, ...bars.map(({ all }) => all));
  const endOf = (index: number) => timeline.fromMs + (index + 1) * timeline.bucketMs;
  const first = lineClock(timeline.fromMs, zone).slice(0, 8);
  const last = lineClock(endOf(bars.length - 1), zone).slice(0, 8);
  return (
    <div className={styles.strip}>
      <span className={styles.edge}>{first}</span>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the pointer; scrolling and the search lead to the same lines */}
      <div
        className={styles.bars}
        role="img"
        aria-label={t('logs.timeline', { from: first, to: last })}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const index = Math.floor(((event.clientX - box.left) / box.width) * bars.length);
          if (index >= 0 && index < bars.length) onGo(endOf(index));
        }}
      >
        {bars.map(({ all, bad, warned }, index) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in time has no other name
            key={index}
            title={
              all === 0
                ? undefined
                : `${lineClock(endOf(index) - timeline.bucketMs, zone).slice(0, 8)} · ${t('logs.timelineBar', { all, bad })}`
            }
          >
            {all > 0 && (
              <b style={{ height: `${Math.max(8, (all / most) * 100)}%` }}>
                {warned > 0 && <em data-level="warning" style={{ height: share(warned, all) }} />}
                {bad > 0 && <em data-level="critical" style={{ height: share(bad, all) }} />}
              </b>
            )}
          </i>
        ))}
      </div>
      <span className={styles.edge}>{last}</span>
    </div>
  );
});

function share(part: number, all: number): string {
  return `${Math.max(12, (part / all) * 100)}%`;
}
