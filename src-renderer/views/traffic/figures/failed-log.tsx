import { RotateCcw } from 'lucide-react';
import { Button } from '../../../components/button';
import { LevelShape } from '../../../components/level-shape';
import { Panel } from '../../../components/panel';
import { useWindowState } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import type { TrafficFeed } from '../feed/traffic-feed';
import { useFeed } from '../feed/use-traffic-feed';
import styles from './failed-log.module.css';

/** Instead of figures, where there are none and none will come: why, and what can be done. */
export function FailedLog({ feed }: { readonly feed: TrafficFeed }) {
  const words = useWords();
  const { t } = words;
  const { ui } = useWindowState();
  const { problem, progress } = useFeed(feed, (state) => state);
  const why = progress?.problem == null ? problem : words.sentences([progress.problem]);
  return (
    <Panel title={t('traffic.failed')}>
      <div className={styles.failed} role="alert">
        <p className={styles.lead}>
          <LevelShape level="warning" /> {t('traffic.state.failed')}
        </p>
        {why !== null && <p className={styles.why}>{why}</p>}
        <div className={styles.ways}>
          <Button kind="primary" onClick={feed.retry}>
            <RotateCcw size={12} aria-hidden="true" /> {t('panel.retry')}
          </Button>
          <Button onClick={() => ui.setState({ trafficTarget: null })}>{t('traffic.otherLog')}</Button>
        </div>
      </div>
    </Panel>
  );
}
