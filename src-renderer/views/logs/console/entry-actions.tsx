import { formatBytes } from '../../../../src-shared/format';
import type { LogOrigin, LogRecord } from '../../../../src-shared/logs/log-record';
import { Button } from '../../../components/button';
import { CopyButton } from '../../../components/copy-button';
import { useReadings, useUi, useWindowState } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { sourceWord, withPattern, withSource } from '../query-terms';
import { recordAsText, recordsAsJson } from './console-export';
import type { ConsolePrefs } from './console-prefs';
import styles from './entry-actions.module.css';
import { lineStamp } from './line-times';

interface EntryActionsProps {
  readonly record: LogRecord;
  readonly origins: Readonly<Record<string, LogOrigin>>;
  readonly zone: ConsolePrefs['zone'];
  readonly onAround: (id: number) => void;
}

/** What is known about an opened entry, and what can be done with it. */
export function EntryActions({ record, origins, zone, onAround }: EntryActionsProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const query = useUi((state) => state.logQuery);
  const names = useReadings((readings) => readings.logs.lastOk?.data.sources);
  const origin = origins[record.origin] ?? { key: record.origin, name: record.origin };
  const narrow = (logQuery: string) => ui.setState({ logQuery, logStart: { kind: 'end' } });
  return (
    <div className={styles.actions} data-actions="true">
      <p className={styles.facts}>
        <span>{lineStamp(record.atMs, zone)}</span>
        <span>{origin.name}</span>
        {'kind' in origin && <span>{t(`logs.kind.${origin.kind}`)}</span>}
        {record.maskedCount > 0 && <span>{t('logs.masked', { count: record.maskedCount })}</span>}
        {record.cutBytes > 0 && <span>{t('logs.cutBytes', { size: formatBytes(record.cutBytes) })}</span>}
      </p>
      <div className={styles.buttons}>
        <Button onClick={() => onAround(record.id)}>{t('logs.around')}</Button>
        <Button
          onClick={() =>
            narrow(
              withSource(
                query,
                sourceWord(
                  origin,
                  (names ?? []).map(({ name }) => name),
                ),
              ),
            )
          }
        >
          {t('logs.onlySource')}
        </Button>
        {record.pattern !== null && (
          <Button onClick={() => narrow(withPattern(query, record.pattern ?? ''))}>{t('logs.onlyPattern')}</Button>
        )}
        <CopyButton label={t('logs.copyEntry')} text={() => recordAsText(record, origins, zone)} />
        <CopyButton label={t('logs.copyEntryJson')} says="JSON" text={() => recordsAsJson([record], origins)} />
      </div>
    </div>
  );
}
