import { useState } from 'react';
import { Button } from '../components/button';
import { useApp, useWindowState } from '../state/context';
import { openTraffic } from '../state/ui-store';
import { useChangeSettings } from '../state/use-change-settings';
import { useWords } from '../words/use-words';
import styles from './banner.module.css';

/** For somebody new, in the calm first line: sample traffic to look at. Offered until it is taken or put away. */
export function Welcome() {
  const { t } = useWords();
  const { ui } = useWindowState();
  const isKnown = useApp((app) => app.info === null || app.settings.welcomed);
  const mayRemember = useApp((app) => app.info?.actionsAllowed === true);
  const change = useChangeSettings();
  const [isAway, setAway] = useState(false);
  if (isKnown || isAway) return null;
  function putAway(): void {
    setAway(true);
    // A read-only window offers it again the next time.
    if (mayRemember) change({ welcomed: true }).catch((error: unknown) => console.warn('LogScope: not remembered', error));
  }
  return (
    <div className={styles.ways}>
      <span className={styles.welcome}>{t('welcome.new')}</span>
      <Button
        onClick={() => {
          openTraffic(ui, { input: { kind: 'demo' }, format: 'auto', name: t('traffic.demo') });
          putAway();
        }}
      >
        {t('welcome.demo')}
      </Button>
      <Button onClick={putAway}>{t('welcome.no')}</Button>
    </div>
  );
}
