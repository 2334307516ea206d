import { memo } from 'react';
import { truncateMiddle } from '../../src-shared/format';
import styles from './middle.module.css';

/**
 * A long name on one line: its middle gives way, head and tail stay; the whole in the tooltip and in a copy.
 * Two spans let the browser decide how much fits: the head shrinks, the tail of 8 characters never does.
 */
export const Middle = memo(function Middle({
  text,
  strong = false,
  tailLength = 8,
}: {
  readonly text: string;
  readonly strong?: boolean;
  readonly tailLength?: number;
}) {
  const points = Array.from(text);
  const split = points.length > tailLength + 8;
  return (
    <span className={styles.middle} data-strong={strong} title={text.length > 2000 ? truncateMiddle(text, 2000) : text}>
      <span className={styles.head}>{split ? points.slice(0, -tailLength).join('') : text}</span>
      {split && <span className={styles.tail}>{points.slice(-tailLength).join('')}</span>}
    </span>
  );
});
