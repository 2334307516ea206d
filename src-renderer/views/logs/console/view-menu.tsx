import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../components/button';
import { Segments } from '../../../components/segments';
import { useWindowState } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { type ConsolePrefs, windowPrefs } from './console-prefs';
import styles from './menus.module.css';

/** How lines are shown; remembered. */
export function ViewMenu() {
  const { t } = useWords();
  const store = windowPrefs();
  const prefs = useStore(store);
  return (
    <div className={styles.choices}>
      <span>{t('logs.wrap')}</span>
      <Segments
        label={t('logs.wrap')}
        value={prefs.wrap ? 'on' : 'off'}
        options={[
          { value: 'off', label: t('logs.wrapOff') },
          { value: 'on', label: t('logs.wrapOn') },
        ]}
        onChange={(value) => store.setState({ wrap: value === 'on' })}
      />
      <span>{t('logs.times')}</span>
      <Segments
        label={t('logs.times')}
        value={prefs.times}
        options={[
          { value: 'clock', label: t('logs.timesClock') },
          { value: 'ago', label: t('logs.timesAgo') },
        ]}
        onChange={(times) => store.setState({ times })}
      />
      <span>{t('logs.zone')}</span>
      <Segments
        label={t('logs.zone')}
        value={prefs.zone}
        options={[
          { value: 'local', label: t('logs.zoneLocal') },
          { value: 'utc', label: 'UTC' },
        ]}
        onChange={(zone) => store.setState({ zone })}
      />
      <span>{t('settings.density')}</span>
      <Segments
        label={t('settings.density')}
        value={prefs.density}
        options={(['compact', 'comfortable'] as const).map((one) => ({ value: one, label: t(`density.${one}`) }))}
        onChange={(density) => store.setState({ density })}
      />
      <GoToTime zone={prefs.zone} />
    </div>
  );
}

/** A time of the past in the zone that is shown; the list then ends with what was newest at it. */
function GoToTime({ zone }: { readonly zone: ConsolePrefs['zone'] }) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const [when, setWhen] = useState('');
  const toMs = Date.parse(zone === 'utc' ? `${when}Z` : when);
  return (
    <>
      <span>{t('logs.goTo')}</span>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (Number.isFinite(toMs)) ui.setState({ logStart: { kind: 'time', toMs } });
        }}
      >
        <input type="datetime-local" step={1} aria-label={t('logs.goTo')} value={when} onChange={(event) => setWhen(event.target.value)} />
        <Button type="submit" disabled={!Number.isFinite(toMs)}>
          {t('logs.go')}
        </Button>
      </form>
    </>
  );
}
