import { Button } from '../../components/button';
import { LevelShape } from '../../components/level-shape';
import { useWords } from '../../words/use-words';
import styles from './ports.module.css';

/** What was asked for did not come: what and why, and another try. What came before stays below. */
export function PollProblem({ says, detail, onRetry }: { readonly says: string; readonly detail: string; readonly onRetry: () => void }) {
  const { t } = useWords();
  return (
    <div className={styles.problem} role="alert">
      <LevelShape level="warning" />
      <span className={styles.problemText}>
        {says} <span className={styles.detail}>{detail}</span>
      </span>
      <Button onClick={onRetry}>{t('panel.retry')}</Button>
    </div>
  );
}
