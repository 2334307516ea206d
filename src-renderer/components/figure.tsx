import { memo } from 'react';
import type { Quantity } from '../../src-shared/format';
import styles from './figure.module.css';

/** A figure with its unit smaller and quieter. */
export const Figure = memo(function Figure({ figure, unit, title }: Quantity & { readonly title?: string }) {
  return (
    <span className={styles.figure} title={title}>
      {figure}
      {unit !== '' && <span className={styles.unit}> {unit}</span>}
    </span>
  );
});
