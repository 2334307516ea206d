import { memo } from 'react';
import type { Alert } from '../../../src-shared/alerts';
import { Button } from '../../components/button';
import { LevelShape } from '../../components/level-shape';
import { Panel } from '../../components/panel';
import { useAlerts, useNow, useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { alertWords } from '../../words/alert-words';
import { formatAgo, formatDay, formatDuration } from '../../words/time';
import { useWords } from '../../words/use-words';
import styles from './alerts-view.module.css';

/** What is wrong now and what was: newest first. */
export function AlertsView() {
  const { t } = useWords();
  const { client } = useWindowState();
  const alerts = useAlerts((state) => state.alerts) ?? [];
  const active = alerts.filter((alert) => alert.clearedAtMs === null);
  const over = alerts.filter((alert) => alert.clearedAtMs !== null);
  const dismissable = active.filter((alert) => !alert.dismissed).map((alert) => alert.id);
  const dismiss = (ids: readonly string[]) =>
    client.request('alerts.dismiss', { ids: [...ids] }).catch((error: unknown) => console.warn('LogScope: not dismissed', error));
  return (
    <div className={styles.view}>
      <Panel
        title={t('alerts.active')}
        summary={t('alerts.count', { count: active.length })}
        aside={
          dismissable.length > 1 && (
            <Button kind="link" onClick={() => dismiss(dismissable.slice(0, 1000))}>
              {t('alerts.dismissAll')}
            </Button>
          )
        }
      >
        <List alerts={active} empty={t('alerts.noneActive')} onDismiss={(id) => dismiss([id])} />
      </Panel>
      <Panel title={t('alerts.over')} summary={t('alerts.count', { count: over.length })}>
        <List alerts={over} empty={t('alerts.noneOver')} />
      </Panel>
    </div>
  );
}

interface ListProps {
  readonly alerts: readonly Alert[];
  readonly empty: string;
  readonly onDismiss?: (id: string) => void;
}

function List({ alerts, empty, onDismiss }: ListProps) {
  if (alerts.length === 0) return <p className={styles.empty}>{empty}</p>;
  return (
    <ol className={styles.list}>
      {alerts.map((alert) => (
        <AlertRow key={alert.id} alert={alert} onDismiss={onDismiss} />
      ))}
    </ol>
  );
}

const AlertRow = memo(function AlertRow({
  alert,
  onDismiss,
}: {
  readonly alert: Alert;
  readonly onDismiss: ((id: string) => void) | undefined;
}) {
  const words = useWords();
  const { ui } = useWindowState();
  const { what, why, often } = alertWords(words, alert);
  const { clearedAtMs } = alert;
  return (
    <li className={styles.row}>
      <LevelShape level={clearedAtMs === null ? alert.level : 'inactive'} />
      <p className={styles.text} title={`${what}: ${why}`}>
        <strong>{what}</strong> <span>{[why, often].filter((part) => part !== null).join(' · ')}</span>
      </p>
      <span className={styles.quiet}>{alert.foundAtStart && clearedAtMs === null && words.t('alerts.foundAtStart')}</span>
      <span className={styles.quiet} title={formatDay(words.language, alert.raisedAtMs)}>
        {clearedAtMs === null ? (
          <Ago atMs={alert.raisedAtMs} />
        ) : (
          words.t('alerts.lasted', {
            time: formatDay(words.language, alert.raisedAtMs),
            duration: formatDuration(words, (clearedAtMs - alert.raisedAtMs) / 1000),
          })
        )}
      </span>
      <span className={styles.ways}>
        <Button onClick={() => goTo(ui, alert.place)}>{words.t('action.open')}</Button>
        {onDismiss && (
          <Button disabled={alert.dismissed} onClick={() => onDismiss(alert.id)}>
            {words.t(alert.dismissed ? 'alerts.dismissed' : 'action.dismiss')}
          </Button>
        )}
      </span>
    </li>
  );
});

function Ago({ atMs }: { readonly atMs: number }) {
  const words = useWords();
  return <>{formatAgo(words, atMs, useNow())}</>;
}
