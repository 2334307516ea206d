import { useCallback } from 'react';
import type { LogStorage } from '../../../../src-shared/contract';
import { formatBytes } from '../../../../src-shared/format';
import { LevelShape } from '../../../components/level-shape';
import { useApp, useWindowState } from '../../../state/context';
import { usePolledAnswer } from '../../../state/use-polled-answer';
import { formatDay } from '../../../words/time';
import { useWords } from '../../../words/use-words';
import { NumberField } from '../../settings/process-fields';
import { Switch } from '../../settings/setting-fields';
import { useSavedChange } from '../use-saved-change';
import styles from './cards.module.css';

const everyMs = 5_000;

/** What is kept, what it costs, and for how long it stays. */
export function StorageCard({ readOnly }: { readonly readOnly: boolean }) {
  const { t } = useWords();
  const { client } = useWindowState();
  const { keepDays, keepMegabytes, archive } = useApp((app) => app.settings.logs);
  const { save, problem } = useSavedChange();
  const ask = useCallback(() => client.request('logs.storage', null), [client]);
  const { data, problem: unread } = usePolledAnswer(ask, everyMs);
  return (
    <div className={styles.card}>
      {unread !== null && (
        <p className={styles.problem} role="alert">
          {unread}
        </p>
      )}
      {data !== null && <Held storage={data} />}
      <fieldset className={styles.limits} disabled={readOnly}>
        <legend className="visually-hidden">{t('logs.keep')}</legend>
        <span>{t('logs.keepDays')}</span>
        <NumberField
          label={t('logs.keepDays')}
          value={keepDays}
          min={1}
          max={365}
          step={1}
          onChange={(days) => save({ logs: { keepDays: days } })}
        />
        <span>{t('logs.days')}</span>
        <span>{t('logs.keepSize')}</span>
        <NumberField
          label={t('logs.keepSize')}
          value={keepMegabytes}
          min={16}
          max={1_048_576}
          step={1}
          onChange={(megabytes) => save({ logs: { keepMegabytes: megabytes } })}
        />
        <span>MB</span>
      </fieldset>
      <fieldset className={styles.bare} disabled={readOnly}>
        <Switch label={t('logs.archive')} on={archive} onChange={(on) => save({ logs: { archive: on } })} />
      </fieldset>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function Held({ storage }: { readonly storage: LogStorage }) {
  const words = useWords();
  const { t } = words;
  const { kind, detail, recordCount, textBytes, diskBytes, archivedBytes, oldestAtMs, newestAtMs, droppedCount, expiredCount } = storage;
  const facts: readonly (readonly [string, string])[] = [
    [t('logs.held.entries'), recordCount.toLocaleString('en')],
    [t('logs.held.text'), formatBytes(textBytes)],
    [t('logs.held.disk'), formatBytes(diskBytes)],
    ...(archivedBytes > 0 ? [[t('logs.held.archived'), formatBytes(archivedBytes)] as const] : []),
    ...(expiredCount > 0 ? [[t('logs.held.expired'), expiredCount.toLocaleString('en')] as const] : []),
    ...(droppedCount > 0 ? [[t('logs.held.dropped'), droppedCount.toLocaleString('en')] as const] : []),
  ];
  return (
    <>
      {(kind !== 'file' || detail !== null) && (
        <p className={styles.trouble} role="alert">
          <LevelShape level={kind === 'file' ? 'warning' : 'critical'} /> {t(`logs.storageKind.${kind}`)} {detail}
        </p>
      )}
      <p className={styles.span}>
        {oldestAtMs === null || newestAtMs === null
          ? t('logs.heldNothing')
          : t('logs.heldFromTo', { from: formatDay(words.language, oldestAtMs), to: formatDay(words.language, newestAtMs) })}
      </p>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
