import { Suspense } from 'react';
import { Segments } from '../../components/segments';
import { useUi, useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import { logTabs } from './log-tabs';
import styles from './logs-view.module.css';

/** Everything about logs: the lines, their patterns, where they come from. */
export function LogsView() {
  const { t } = useWords();
  const { ui } = useWindowState();
  const wanted = useUi((state) => (state.logSourceId === null ? state.logTab : 'console'));
  const tab = logTabs.find(({ id }) => id === wanted) ?? logTabs[0];
  if (tab === undefined) return null;
  const View = tab.view;
  return (
    <div className={styles.view}>
      <div className={styles.tabs}>
        <Segments
          label={t('logs.tabs')}
          value={tab.id}
          options={logTabs.map(({ id, label }) => ({ value: id, label: t(label) }))}
          onChange={(logTab) => ui.setState({ logTab })}
        />
      </div>
      <Suspense fallback={<p className={styles.loading}>{t('panel.loading')}</p>}>
        <View key={tab.id} />
      </Suspense>
    </div>
  );
}
