import { memo } from 'react';
import type { Level } from '../../src-shared/level';
import styles from './level-shape.module.css';

/** A level, or `resting`: yellow by the card's colours, but nothing to look into, so it has no warning's shape. */
export type LevelMark = Level | 'resting';

/**
 * The shape of a level, readable at 10 px and in grey: ok circle, warning triangle, critical square with a cut corner,
 * inactive ring, unknown hatched. Decorative: the word stands beside it or in a label.
 */
export const LevelShape = memo(function LevelShape({ level, size = 10 }: { readonly level: LevelMark; readonly size?: number }) {
  return (
    <svg className={styles.shape} data-level={level} width={size} height={size} viewBox="0 0 10 10" aria-hidden="true" focusable="false">
      {shapes[level]}
    </svg>
  );
});

const shapes: Readonly<Record<LevelMark, React.ReactNode>> = {
  ok: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  warning: <path d="M5 .6 9.8 9.3H.2Z" fill="currentColor" />,
  critical: <path d="M.6 .6H6.4L9.4 3.6V9.4H.6Z" fill="currentColor" />,
  resting: (
    <g>
      <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <circle cx="5" cy="5" r="1.5" fill="currentColor" />
    </g>
  ),
  inactive: <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  unknown: (
    <g fill="none" stroke="currentColor">
      <circle cx="5" cy="5" r="4" strokeWidth="1" />
      <path d="M1.7 6.1 6.1 1.7M2.8 8.3 8.3 2.8M5.6 8.7 8.7 5.6" strokeWidth="1" />
    </g>
  ),
};
