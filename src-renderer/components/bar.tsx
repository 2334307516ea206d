import { memo } from 'react';
import type { Level } from '../../src-shared/level';
import styles from './bar.module.css';

/** A thin bar for a share 0-1; nothing drawn for null. Quiet unless its level says otherwise. The figure beside it is the text. */
export const Bar = memo(function Bar({ ratio, level }: { readonly ratio: number | null; readonly level: Level }) {
  const percent = ratio === null ? 0 : Math.min(100, Math.max(0, Math.round(ratio * 1000) / 10));
  return (
    <span className={styles.track} aria-hidden="true">
      {percent > 0 && <span className={styles.fill} data-level={level} style={{ width: `${percent}%` }} />}
    </span>
  );
});
