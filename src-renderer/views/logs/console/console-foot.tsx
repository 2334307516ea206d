import { useWords } from '../../../words/use-words';
import { maskedIn } from './console-export';
import styles from './console-foot.module.css';
import type { ConsoleState } from './console-state';

interface ConsoleFootProps {
  readonly state: ConsoleState;
  /** What the last act came to; null: there was none. */
  readonly said: string | null;
}

/** What is listed and what is not, so that nothing is missing in silence. */
export function ConsoleFoot({ state, said }: ConsoleFootProps) {
  const { t } = useWords();
  const { records, mode, leftOutCount, skippedCount, cutShort, problem, nextBeforeId, loadingOlder } = state;
  const masked = maskedIn(records);
  return (
    <footer className={styles.foot}>
      <span className={styles.mode} data-mode={mode}>
        {t(`logs.mode.${mode}`)}
      </span>
      <span>{t('logs.listed', { count: records.length.toLocaleString('en') })}</span>
      <span>{loadingOlder ? t('logs.loadingOlder') : nextBeforeId === null && records.length > 0 ? t('logs.noOlder') : ''}</span>
      {masked > 0 && <span title={t('logs.maskedTitle')}>{t('logs.masked', { count: masked })}</span>}
      {leftOutCount > 0 && <span title={t('logs.leftOutTitle')}>{t('logs.leftOut', { count: leftOutCount.toLocaleString('en') })}</span>}
      {skippedCount > 0 && (
        <span className={styles.warn} title={t('logs.skippedTitle')}>
          {t('logs.skipped', { count: skippedCount.toLocaleString('en') })}
        </span>
      )}
      {cutShort !== null && <span className={styles.warn}>{t(`logs.cutShort.${cutShort}`)}</span>}
      {problem !== null && (
        <span className={styles.warn} role="alert" title={problem}>
          {problem}
        </span>
      )}
      <span className={styles.end} role="status" title={said ?? undefined}>
        {said}
      </span>
    </footer>
  );
}
