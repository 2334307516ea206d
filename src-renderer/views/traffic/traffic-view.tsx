import { lazy, Suspense } from 'react';
import { useWords } from '../../words/use-words';
import styles from './traffic-view.module.css';

/** Loaded when it is first opened: whoever never looks at access logs pays nothing for it. */
const TrafficBody = lazy(() => import('./traffic-body').then((it) => ({ default: it.TrafficBody })));

/** Access logs as figures. */
export function TrafficView() {
  const { t } = useWords();
  return (
    <Suspense fallback={<p className={styles.loading}>{t('panel.loading')}</p>}>
      <TrafficBody />
    </Suspense>
  );
}
