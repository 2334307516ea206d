import { type CSSProperties, memo, useMemo, useState } from 'react';
import type { Level } from '../../../../src-shared/level';
import type { LogSource } from '../../../../src-shared/snapshots';
import { joinClasses } from '../../../components/join-classes';
import { LevelShape } from '../../../components/level-shape';
import row from '../../../components/row.module.css';
import { walkRows } from '../../../components/row-walk';
import { compareValues, nextOrder } from '../../../components/sort';
import { SortHeader, type SortOrder } from '../../../components/sort-header';
import { VirtualRows } from '../../../components/virtual-rows';
import { useNow, useUi, useWindowState } from '../../../state/context';
import { showLogs } from '../../../state/ui-store';
import { formatAgo } from '../../../words/time';
import { useWords } from '../../../words/use-words';
import { MinuteBars } from '../minute-bars';
import { sourceWord, withSource } from '../query-terms';
import { SourceMark } from '../source-mark';
import { windowSourceMarks } from '../window-source-marks';
import styles from './source-table.module.css';
import { sourceTrouble } from './source-trouble';

const columns = ['name', 'state', 'kind', 'errors', 'lines', 'last'] as const;
type Column = (typeof columns)[number];
const descendingFirst: ReadonlySet<Column> = new Set(['errors', 'lines', 'last']);

export function SourceTable({ sources }: { readonly sources: readonly LogSource[] }) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const query = useUi((state) => state.logQuery);
  const [order, setOrder] = useState<SortOrder<Column>>({ column: 'state', descending: false });
  const sorted = useMemo(
    () =>
      [...sources].sort(
        (a, b) => compareValues(sortValue(a, order.column), sortValue(b, order.column), order.descending) || (a.name < b.name ? -1 : 1),
      ),
    [sources, order],
  );
  const keys = useMemo(() => sorted.map(keyOf), [sorted]);
  function open(source: LogSource): void {
    const names = sources.map(({ name }) => name);
    showLogs(ui, withSource(query, sourceWord({ key: keyOf(source), name: source.name }, names)));
  }
  return (
    <div className={styles.table} role="table" aria-label={t('logs.sources')} aria-rowcount={sorted.length + 1} onKeyDown={walkRows}>
      <div role="rowgroup">
        <div role="row" className={joinClasses(row.head, styles.columns)} tabIndex={-1}>
          {columns.map((column) => (
            <SortHeader
              key={column}
              column={column}
              label={t(`logs.sourceColumn.${column}`)}
              numeric={column === 'lines'}
              order={order}
              onSort={(clicked) => setOrder(nextOrder(order, clicked, descendingFirst.has(clicked)))}
            />
          ))}
          <div role="columnheader" tabIndex={-1}>
            {t('logs.sourceColumn.lost')}
          </div>
        </div>
      </div>
      <VirtualRows
        keys={keys}
        renderRow={(index, place) => {
          const source = sorted[index];
          return source && <SourceRow key={keyOf(source)} source={source} place={place} rowIndex={index + 2} onOpen={() => open(source)} />;
        }}
      />
    </div>
  );
}

interface SourceRowProps {
  readonly source: LogSource;
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly onOpen: () => void;
}

const SourceRow = memo(
  function SourceRow({ source, place, rowIndex, onOpen }: SourceRowProps) {
    const { t, sentences } = useWords();
    const { name, state, logKind, kind, lineCount, cutCount, reopenedCount, gapCount = 0, errorsPerMinute, lastLineAtMs } = source;
    const errors = errorsPerMinute.reduce((sum, count) => sum + count, 0);
    const isRead = state !== 'unavailable' && state !== 'not-followed';
    const lost = [
      gapCount > 0 ? t('logs.gaps', { count: gapCount }) : '',
      cutCount > 0 ? t('logs.cutLines', { count: cutCount }) : '',
      reopenedCount > 0 ? t('logs.reopened', { count: reopenedCount }) : '',
    ].filter((one) => one !== '');
    return (
      <div role="row" aria-rowindex={rowIndex} className={joinClasses(row.row, styles.columns)} style={place} tabIndex={-1}>
        <div role="cell" className={row.name}>
          <SourceMark mark={windowSourceMarks(keyOf(source), name)} />
          <button type="button" className={row.open} data-opens="true" title={name} onClick={onOpen}>
            <span className={styles.name}>{name}</span>
          </button>
          <span className={row.quiet}>{t(`logs.sourceKind.${kind}`)}</span>
        </div>
        <div role="cell" className={styles.state} title={sourceTrouble(source, sentences) || undefined}>
          <LevelShape level={shapes[state]} size={9} /> <span>{t(`logs.state.${state}`)}</span>
        </div>
        <div role="cell" className={row.cell}>
          {t(`logs.kind.${logKind}`)}
        </div>
        <div role="cell">
          {errors > 0 ? (
            <MinuteBars counts={errorsPerMinute} minutes={30} tone="critical" label={t('logs.errorsHalfHour', { count: errors })} />
          ) : (
            <span className={row.quiet}>{isRead ? t('logs.noErrors') : '–'}</span>
          )}
        </div>
        <div role="cell" className={row.number}>
          {isRead || lineCount > 0 ? lineCount.toLocaleString('en') : '–'}
        </div>
        <div role="cell" className={row.quiet}>
          {lastLineAtMs === null ? '–' : <Ago atMs={lastLineAtMs} />}
        </div>
        <div role="cell" className={row.quiet} title={lost.join(', ')}>
          {lost.length > 0 ? lost.join(', ') : '–'}
        </div>
      </div>
    );
  },
  (before, next) => before.source === next.source && before.place === next.place && before.rowIndex === next.rowIndex,
);

function Ago({ atMs }: { readonly atMs: number }) {
  return formatAgo(useWords(), atMs, useNow());
}

const shapes: Readonly<Record<LogSource['state'], Level>> = {
  following: 'ok',
  ended: 'inactive',
  retrying: 'warning',
  unavailable: 'unknown',
  'not-followed': 'inactive',
};
const stateOrder: readonly LogSource['state'][] = ['unavailable', 'retrying', 'following', 'not-followed', 'ended'];

function keyOf({ kind, id }: LogSource): string {
  return `${kind}/${id}`;
}

function sortValue(source: LogSource, column: Column): string | number | null {
  switch (column) {
    case 'name':
      return source.name.toLowerCase();
    case 'state':
      return stateOrder.indexOf(source.state);
    case 'kind':
      return source.logKind;
    case 'errors':
      return source.errorsPerMinute.reduce((sum, count) => sum + count, 0);
    case 'lines':
      return source.lineCount;
    case 'last':
      return source.lastLineAtMs;
  }
}
