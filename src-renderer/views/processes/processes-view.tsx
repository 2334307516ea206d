import { Suspense } from 'react';
import { Segments } from '../../components/segments';
import { useUi, useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import { processTabs } from './process-tabs';
import styles from './processes-view.module.css';

/** Everything about processes: the list, and whatever other tabs there are. */
export function ProcessesView() {
  const { t } = useWords();
  const { ui } = useWindowState();
  const wanted = useUi((state) => state.processTab);
  const tab = processTabs.find(({ id }) => id === wanted) ?? processTabs[0];
  if (tab === undefined) return null;
  const View = tab.view;
  return (
    <div className={styles.view}>
      {processTabs.length > 1 && (
        <div className={styles.tabs}>
          <Segments
            label={t('process.tabs')}
            value={tab.id}
            options={processTabs.map(({ id, label }) => ({ value: id, label: t(label) }))}
            onChange={(processTab) => ui.setState({ processTab })}
          />
        </div>
      )}
      <Suspense fallback={<p className={styles.loading}>{t('panel.loading')}</p>}>
        <View key={tab.id} />
      </Suspense>
    </div>
  );
}
