import { useCallback, useMemo, useState } from 'react';
import type { LogPatternSummary } from '../../../../src-shared/contract';
import { RequestError } from '../../../../src-shared/contract';
import { joinClasses } from '../../../components/join-classes';
import row from '../../../components/row.module.css';
import { walkRows } from '../../../components/row-walk';
import { nextOrder } from '../../../components/sort';
import { SortHeader, type SortOrder } from '../../../components/sort-header';
import { useHeldOrder } from '../../../components/use-held-order';
import { VirtualRows } from '../../../components/virtual-rows';
import { useNow, useWindowState } from '../../../state/context';
import { showLogs } from '../../../state/ui-store';
import { useWords } from '../../../words/use-words';
import { orderPatterns, type PatternColumn, patternColumns } from './pattern-order';
import { PatternRow } from './pattern-row';
import styles from './pattern-table.module.css';

interface PatternTableProps {
  readonly patterns: readonly LogPatternSummary[];
  readonly onMarked: () => void;
}

const descendingFirst: ReadonlySet<PatternColumn> = new Set(['level', 'count', 'first', 'last']);
const columnsBefore = patternColumns.slice(0, 3);
const columnsAfter = patternColumns.slice(3);

export function PatternTable({ patterns, onMarked }: PatternTableProps) {
  const { t } = useWords();
  const { client, ui } = useWindowState();
  const nowMs = useNow();
  const [order, setOrder] = useState<SortOrder<PatternColumn> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const sorted = useMemo(() => orderPatterns(patterns, order), [patterns, order]);
  const byId = useMemo(() => new Map(patterns.map((one) => [one.id, one])), [patterns]);
  const wanted = useMemo(() => sorted.map(({ id }) => id), [sorted]);
  const marks = patterns.map(({ mark }) => mark?.[0] ?? '-').join('');
  const { ids, hold } = useHeldOrder(wanted, `${order?.column} ${order?.descending} ${patterns.length} ${marks}`, nowMs, 'in-place');
  const onMark = useCallback(
    (pattern: string, mark: 'muted' | 'pinned' | null) => {
      client
        .request('logs.mark-pattern', { pattern, mark })
        .then(() => setProblem(null))
        .catch((error: unknown) => {
          if (!(error instanceof RequestError)) throw error;
          setProblem(error.message);
        })
        .finally(onMarked);
    },
    [client, onMarked],
  );
  const onOpen = useCallback((pattern: string) => showLogs(ui, `pattern:${pattern}`), [ui]);
  const sort = (column: PatternColumn) =>
    setOrder((before) => nextOrder(before ?? { column: 'template', descending: true }, column, descendingFirst.has(column)));
  const heading = (column: PatternColumn) => (
    <SortHeader<PatternColumn | 'usual'>
      key={column}
      column={column}
      label={t(`logs.column.${column}`)}
      numeric={column === 'count'}
      order={order ?? { column: 'usual', descending: false }}
      onSort={() => sort(column)}
    />
  );
  return (
    <div className={styles.table} role="table" aria-label={t('logs.patterns')} aria-rowcount={ids.length + 1} onKeyDown={walkRows}>
      <div role="rowgroup">
        <div role="row" className={joinClasses(row.head, styles.columns)} tabIndex={-1}>
          <div role="columnheader" tabIndex={-1}>
            <span className="visually-hidden">{t('logs.column.mark')}</span>
          </div>
          {columnsBefore.map(heading)}
          <div role="columnheader" tabIndex={-1} data-column="rate">
            {t('logs.column.rate')}
          </div>
          {columnsAfter.map(heading)}
        </div>
      </div>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={styles.rows} role="presentation" {...hold}>
        <VirtualRows
          keys={ids}
          renderRow={(index, place) => {
            const pattern = byId.get(ids[index] ?? '');
            if (pattern === undefined) return null;
            return <PatternRow key={pattern.id} pattern={pattern} place={place} rowIndex={index + 2} onMark={onMark} onOpen={onOpen} />;
          }}
        />
      </div>
    </div>
  );
}
