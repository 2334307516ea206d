import { memo } from 'react';
import type { LogLevel } from '../../../src-shared/logs/parsed-line';
import styles from './level-word.module.css';

/** As written in searches, short enough for a column; the same in every language, as logs have them. */
export const levelWords: Readonly<Record<LogLevel, string>> = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  notice: 'notice',
  warning: 'warn',
  error: 'error',
  critical: 'crit',
};

export const LevelWord = memo(function LevelWord({ level }: { readonly level: LogLevel | null }) {
  if (level === null) return <span className={styles.level}>·</span>;
  return (
    <span className={styles.level} data-level={level}>
      {levelWords[level]}
    </span>
  );
});
