import { memo, useState } from 'react';
import type { LogError, LogsSnapshot } from '../../../src-shared/snapshots';
import { Button } from '../../components/button';
import { LevelShape } from '../../components/level-shape';
import { LogLine } from '../../components/log-line';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useReadings, useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { sourceColorIndex } from '../../words/source-color';
import { formatClock } from '../../words/time';
import { useWords } from '../../words/use-words';
import { Badge } from '../logs/badge';
import { shortName } from '../logs/console/console-row';
import { sourceTrouble } from '../logs/sources/source-trouble';
import { foldErrors } from './fold-errors';
import styles from './newest-errors.module.css';
import overview from './overview.module.css';

/** The newest error lines; equal ones of one source stand once with their count. */
export function NewestErrors() {
  const words = useWords();
  const { ui } = useWindowState();
  const summary = useReadings(({ logs: { lastOk } }) =>
    lastOk ? words.t('logs.following', { count: lastOk.data.sources.filter((one) => one.state === 'following').length }) : '',
  );
  return (
    <Panel
      title={words.t('region.errors')}
      summary={summary}
      className={overview.errors}
      aside={
        <Button kind="link" onClick={() => goTo(ui, { section: 'logs' })}>
          {words.t('logs.all')}
        </Button>
      }
    >
      <SourceBody source="logs">{(snapshot) => <Errors snapshot={snapshot} />}</SourceBody>
    </Panel>
  );
}

/** Drawn again only when something of the logs changed. */
const Errors = memo(function Errors({ snapshot }: { readonly snapshot: LogsSnapshot }) {
  const words = useWords();
  if (snapshot.newestErrors.length === 0) {
    return (
      <div className={styles.calm}>
        <p>{words.t('logs.calm', { count: snapshot.sources.length })}</p>
        <ul className={styles.sources} aria-label={words.t('logs.sources')}>
          {snapshot.sources.map((source) => (
            <li key={source.id} title={sourceTrouble(source, words.sentences) || words.t(`logs.state.${source.state}`)}>
              <LevelShape level={source.state === 'following' ? 'ok' : source.state === 'retrying' ? 'warning' : 'inactive'} size={8} />{' '}
              {source.name}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <ol className={styles.list}>
      {foldErrors(snapshot.newestErrors).map(({ newest, count }) => (
        <ErrorRow
          key={newest.id}
          atMs={newest.atMs}
          clock={formatClock(words.language, newest.atMs)}
          source={newest.source}
          place={placeOf(newest)}
          isNew={newest.isNew}
          maskedCount={newest.maskedCount}
          text={newest.text}
          keyword={newest.keyword}
          count={count}
        />
      ))}
    </ol>
  );
});

interface ErrorRowProps {
  readonly atMs: number;
  readonly clock: string;
  readonly source: string;
  /** Where a click leads: the record in the console where it is kept, else its source. */
  readonly place: string;
  readonly isNew: boolean;
  readonly maskedCount: number;
  readonly text: string;
  readonly keyword: string;
  readonly count: number;
}

const ErrorRow = memo(function ErrorRow({ atMs, clock, source, place, text, keyword, count, isNew, maskedCount }: ErrorRowProps) {
  const { t } = useWords();
  const { ui, now } = useWindowState();
  const [fresh] = useState(() => now() - atMs < 2000);
  return (
    <li className={styles.row} data-fresh={fresh}>
      <span className={styles.clock}>{clock}</span>
      <button
        type="button"
        className={styles.source}
        data-source={sourceColorIndex(source)}
        title={source}
        aria-label={t('logs.openSource', { source })}
        onClick={() => goTo(ui, { section: 'logs', item: place })}
      >
        {shortName(source)}
      </button>
      <span className={styles.text} title={text.length > 400 ? `${text.slice(0, 400)}…` : text}>
        <LogLine text={firstLine(text)} keyword={keyword} />
      </span>
      <span className={styles.marks}>
        {isNew && <Badge title={t('logs.newHint')}>{t('logs.new.short')}</Badge>}
        {maskedCount > 0 && <span title={t('logs.maskedTitle')}>{t('logs.masked', { count: maskedCount })}</span>}
        {count > 1 && <span title={t('logs.repeatedHour', { count })}>×{count.toLocaleString('en')}</span>}
      </span>
    </li>
  );
});

function placeOf({ recordId, sourceId }: LogError): string {
  return recordId === null ? sourceId : `record:${recordId}`;
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end === -1 ? text : text.slice(0, end);
}
