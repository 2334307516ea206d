import { memo } from 'react';
import type { Quantity } from '../../src-shared/format';
import { Figure } from './figure';
import styles from './shaded-figure.module.css';

interface ShadedFigureProps extends Quantity {
  /** Share of the whole in percent, from `shownPercent`. */
  readonly percent: number;
}

/** A figure of a table with its share as a shade of full row height behind it. Its cell has the class `shadedCell`. */
export const ShadedFigure = memo(function ShadedFigure({ percent, figure, unit }: ShadedFigureProps) {
  return (
    <>
      {percent > 0 && <span className={styles.shade} style={{ transform: `scaleX(${percent / 100})` }} />}
      <Figure figure={figure} unit={unit} />
    </>
  );
});

export const shadedCell = styles.cell;

/** In whole percent, so that a row is not drawn again for what nobody can see; slivers below 3 % are left out. */
export function shownPercent(ratio: number | null): number {
  const percent = ratio === null ? 0 : Math.min(100, Math.round(ratio * 100));
  return percent < 3 ? 0 : percent;
}
