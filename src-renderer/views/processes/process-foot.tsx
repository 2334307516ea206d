import { memo } from 'react';
import { useApp } from '../../state/context';
import { useWords } from '../../words/use-words';
import styles from './processes-view.module.css';

interface ProcessFootProps {
  readonly allCount: number;
  readonly shownCount: number;
  readonly hiddenCount: number;
  readonly pendingCount: number;
  /** Listening sockets nobody is seen behind. */
  readonly unownedCount: number;
}

/** How many are listed, what these rights do not see and how to see it, and what is still being read. */
export const ProcessFoot = memo(function ProcessFoot({ allCount, shownCount, hiddenCount, pendingCount, unownedCount }: ProcessFootProps) {
  const { t } = useWords();
  const remedy = useApp((app) => (app.info?.platform === 'linux' ? 'process.hidden.remedy' : 'process.hidden.remedyElsewhere'));
  const hidden = [
    hiddenCount > 0 ? t('process.hidden', { count: hiddenCount }) : null,
    unownedCount > 0 ? t('process.unowned', { count: unownedCount }) : null,
  ].filter((one) => one !== null);
  const sentence = hidden.length === 0 ? '' : `${hidden.join(' ')} ${t(remedy)}`;
  return (
    <footer className={styles.foot}>
      <span role="status">
        {shownCount === allCount ? t('process.count', { count: allCount }) : t('process.countOf', { shown: shownCount, all: allCount })}
      </span>
      {sentence !== '' && <span title={sentence}>{sentence}</span>}
      <span>{pendingCount > 0 ? t('process.pending', { count: pendingCount }) : ''}</span>
    </footer>
  );
});
