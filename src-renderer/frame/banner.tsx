import type { Alert } from '../../src-shared/alerts';
import { Button } from '../components/button';
import { LevelShape } from '../components/level-shape';
import { bannerAlerts, patternOf } from '../state/alerts-store';
import { useAlerts, useApp, useNow, useWindowState } from '../state/context';
import { goTo } from '../state/ui-store';
import { alertWords } from '../words/alert-words';
import { formatAgo, formatHourMinute } from '../words/time';
import { useWords } from '../words/use-words';
import styles from './banner.module.css';
import { Welcome } from './welcome';

/**
 * The first line of the window: the newest critical problem, else the newest news of the logs, with what, where and why; a quiet word when
 * there is none.
 * The row is always there, so nothing below ever moves.
 */
export function Banner() {
  const words = useWords();
  const alerts = useAlerts((state) => state.alerts);
  const calmSinceMs = useAlerts((state) => state.calmSinceMs);
  const [newest, ...more] = bannerAlerts(alerts ?? []);
  const warned = (alerts ?? []).filter((alert) => alert.level === 'warning' && alert.clearedAtMs === null && !alert.dismissed).length;
  return (
    <section className={styles.banner} data-level={newest?.level ?? 'ok'} aria-label={words.t('frame.newestProblem')}>
      <div role="alert" className={styles.alert}>
        {newest && <Problem key={newest.id} alert={newest} moreCount={more.length} />}
      </div>
      {!newest && alerts !== null && (
        <p className={styles.calm}>
          <LevelShape level={warned > 0 ? 'warning' : 'ok'} size={8} />
          {words.t(warned > 0 ? 'banner.nothingCritical' : 'banner.allClear', {
            time: formatHourMinute(words.language, calmSinceMs ?? 0),
            count: warned,
          })}
        </p>
      )}
      {!newest && alerts !== null && <Welcome />}
    </section>
  );
}

function Problem({ alert, moreCount }: { readonly alert: Alert; readonly moreCount: number }) {
  const words = useWords();
  const { ui, client } = useWindowState();
  const mayDismiss = useApp((app) => app.info !== null);
  const { what, why, often } = alertWords(words, alert);
  const pattern = patternOf(alert);
  async function dismiss(): Promise<void> {
    await client.request('alerts.dismiss', { ids: [alert.id] }).catch((error: unknown) => console.warn('LogScope: not dismissed', error));
  }
  async function mute(muted: string): Promise<void> {
    try {
      await client.request('logs.mark-pattern', { pattern: muted, mark: 'muted' });
      await dismiss();
    } catch (error) {
      console.warn('LogScope: not muted', error);
    }
  }
  return (
    <>
      <LevelShape level={alert.level} size={13} />
      <p className={styles.text} title={`${what}: ${why}`}>
        <strong>{what}</strong> <span>{often === null ? why : `${why} · ${often}`}</span>
      </p>
      <Age raisedAtMs={alert.raisedAtMs} />
      <div className={styles.ways}>
        <Button onClick={() => goTo(ui, alert.place)}>{words.t('action.open')}</Button>
        <Button onClick={dismiss} disabled={!mayDismiss}>
          {words.t('action.dismiss')}
        </Button>
        {pattern !== null && (
          <Button title={words.t('logs.markHint.muted')} onClick={() => mute(pattern)} disabled={!mayDismiss}>
            {words.t('action.mute')}
          </Button>
        )}
        {moreCount > 0 && (
          <Button kind="link" className={styles.more} onClick={() => goTo(ui, { section: 'alerts' })}>
            {words.t('banner.more', { count: moreCount })}
          </Button>
        )}
      </div>
    </>
  );
}

/** Ticks, and must not be read out at every tick. */
function Age({ raisedAtMs }: { readonly raisedAtMs: number }) {
  const words = useWords();
  return (
    <span className={styles.age} aria-live="off">
      {formatAgo(words, raisedAtMs, useNow())}
    </span>
  );
}
