import { useMemo, useState } from 'react';
import { bytesQuantity, formatPercent, percentFigure } from '../../../src-shared/format';
import type { Process, ProcessesSnapshot } from '../../../src-shared/snapshots';
import { joinClasses } from '../../components/join-classes';
import row from '../../components/row.module.css';
import { walkRows } from '../../components/row-walk';
import { shownPercent } from '../../components/shaded-figure';
import { compareValues, nextOrder } from '../../components/sort';
import { SortHeader, type SortOrder } from '../../components/sort-header';
import { useHeldOrder } from '../../components/use-held-order';
import { VirtualRows } from '../../components/virtual-rows';
import { useApp, useUi, useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import {
  columnLabel,
  descendingFirst,
  matchesProcess,
  numericColumns,
  type ProcessColumn,
  portsText,
  processColumns,
  reasonsText,
  sortValue,
} from './process-columns';
import { ProcessRow } from './process-row';
import styles from './process-table.module.css';

/** Every process with its risk: sortable, filterable, only the rows on screen drawn. */
export function ProcessTable({ snapshot, filter }: { readonly snapshot: ProcessesSnapshot; readonly filter: string }) {
  const words = useWords();
  const { now } = useWindowState();
  const [order, setOrder] = useState<SortOrder<ProcessColumn>>({ column: 'score', descending: true });
  const selectedId = useUi((ui) => (ui.selected?.kind === 'process' ? ui.selected.id : null));
  const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const byId = useMemo(() => new Map(snapshot.processes.map((one) => [one.id, one])), [snapshot]);
  const wanted = useMemo(
    () =>
      snapshot.processes
        .filter((process) => matchesProcess(words, process, filter))
        .sort((a, b) => compareValues(sortValue(a, order.column), sortValue(b, order.column), order.descending) || a.pid - b.pid)
        .map((process) => process.id),
    [snapshot, words, filter, order],
  );
  const { ids, hold } = useHeldOrder(wanted, `${order.column} ${order.descending} ${filter} ${worstThree(wanted, order)}`, now());
  return (
    <div className={styles.table} role="table" aria-label={words.t('region.risk')} aria-rowcount={ids.length + 1} onKeyDown={walkRows}>
      <div role="rowgroup">
        <div role="row" className={joinClasses(row.head, styles.columns)} tabIndex={-1}>
          {processColumns.map((column) => (
            <SortHeader
              key={column}
              column={column}
              label={words.t(columnLabel[column])}
              numeric={numericColumns.has(column)}
              order={order}
              onSort={(clicked) => setOrder(nextOrder(order, clicked, descendingFirst.has(clicked)))}
            />
          ))}
          <div role="columnheader" tabIndex={-1}>
            <span className="visually-hidden">{words.t('column.action')}</span>
          </div>
        </div>
      </div>
      {ids.length === 0 ? (
        <p className={styles.empty}>{words.t('filter.nothing')}</p>
      ) : (
        <div className={styles.rows} role="presentation" {...hold}>
          <VirtualRows
            keys={ids}
            renderRow={(index, place) => {
              const process = byId.get(ids[index] ?? '');
              if (!process) return null;
              const memory = bytesQuantity(process.rssBytes);
              return (
                <ProcessRow
                  key={process.id}
                  id={process.id}
                  place={place}
                  rowIndex={index + 2}
                  score={process.risk.score}
                  level={process.risk.level}
                  name={process.name}
                  command={process.command}
                  pid={process.pid}
                  user={process.user}
                  cpuPercent={process.cpuCores === null ? '–' : percentFigure(process.cpuCores, true)}
                  cpuShare={cpuShare(process, snapshot.coreCount)}
                  memoryFigure={memory.figure}
                  memoryUnit={memory.unit}
                  memoryTitle={formatPercent(snapshot.memoryTotalBytes > 0 ? process.rssBytes / snapshot.memoryTotalBytes : null, true)}
                  memoryShare={shownPercent(snapshot.memoryTotalBytes > 0 ? process.rssBytes / snapshot.memoryTotalBytes : null)}
                  ports={portsText(process.listening)}
                  reasons={reasonsText(words, process)}
                  selected={selectedId === process.id}
                  actionsAllowed={actionsAllowed}
                />
              );
            }}
          />
        </div>
      )}
    </div>
  );
}

/** A new name among the three riskiest is worth a change of order at once. */
function worstThree(ids: readonly string[], order: SortOrder<ProcessColumn>): string {
  return order.column === 'score' ? ids.slice(0, 3).join() : '';
}

function cpuShare(process: Process, coreCount: number): number {
  return shownPercent(process.cpuCores === null || coreCount === 0 ? null : process.cpuCores / coreCount);
}
