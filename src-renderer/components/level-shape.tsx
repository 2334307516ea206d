import { type CSSProperties, memo } from 'react';
import type { Level } from '../../src-shared/level';
import styles from './level-shape.module.css';

/** A level, or `resting`: yellow by the card's colours, but nothing to look into, so it has no warning's shape. */
export type LevelMark = Level | 'resting';

/**
 * The shape of a level, readable at 10 px and in grey: ok circle, warning triangle, critical square with a cut corner,
 * inactive ring, unknown hatched. Decorative: the word stands beside it or in a label.
 */
export const LevelShape = memo(function LevelShape({ level, size = 10 }: { readonly level: LevelMark; readonly size?: number }) {
  // Nearly every shape on screen is this one; an SVG of its own costs the browser a drawing layer at every update. A ring drawn in
  // CSS would be squeezed where it falls between pixels.
  if (level === 'ok') return <span className={styles.shape} data-level="ok" style={circle(size)} aria-hidden="true" />;
  return (
    <svg className={styles.shape} data-level={level} width={size} height={size} viewBox="0 0 10 10" aria-hidden="true" focusable="false">
      {shapes[level]}
    </svg>
  );
});

const circles = new Map<number, CSSProperties>();

/** 80 % of its box: what the other shapes are in their SVG. One object a size, so that React sees no change. */
function circle(size: number): CSSProperties {
  const known = circles.get(size);
  if (known) return known;
  const made = { width: size, height: size, padding: size * 0.1 };
  circles.set(size, made);
  return made;
}

const shapes: Readonly<Record<Exclude<LevelMark, 'ok'>, React.ReactNode>> = {
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
