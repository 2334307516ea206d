import { memo } from 'react';
import styles from './minute-bars.module.css';

interface MinuteBarsProps {
  /** Of each minute, oldest first; empty: nothing in all of them. */
  readonly counts: readonly number[];
  /** Places, also where there are fewer counts. */
  readonly minutes: number;
  readonly tone: 'plain' | 'critical';
  /** In words, for whoever does not see it. */
  readonly label: string;
}

/** Counts a minute as bars in one path: a table of hundreds costs one element each. */
export const MinuteBars = memo(function MinuteBars({ counts, minutes, tone, label }: MinuteBarsProps) {
  const most = Math.max(1, ...counts);
  const first = minutes - counts.length;
  const path = counts
    .map((count, index) => (count === 0 ? '' : `M${first + index} 16v-${round(Math.max(1.5, (count / most) * 15))}h.8V16Z`))
    .join('');
  return (
    <svg className={styles.bars} data-tone={tone} viewBox={`0 0 ${minutes} 16`} preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      <path d={`M0 15.5H${minutes}`} className={styles.ground} />
      <path d={path} className={styles.fill} />
    </svg>
  );
});

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
