import { memo } from 'react';
import styles from './source-mark.module.css';
import type { SourceMark as Mark } from './source-marks';

/** Colour, shape and letter of a source; decorative beside its name. */
export const SourceMark = memo(function SourceMark({ mark }: { readonly mark: Mark }) {
  return (
    <span className={styles.mark} data-source={mark.colour} data-shape={mark.shape} aria-hidden="true">
      <span>{mark.letter}</span>
    </span>
  );
});
