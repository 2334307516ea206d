import { type CSSProperties, type KeyboardEvent, type MouseEvent, useCallback, useMemo, useState } from 'react';
import type { ProcessTexts } from '../../../src-shared/process-filter/match';
import type { Process, ProcessesSnapshot } from '../../../src-shared/snapshots';
import { joinClasses } from '../../components/join-classes';
import row from '../../components/row.module.css';
import { walkRows } from '../../components/row-walk';
import { compareValues, nextOrder } from '../../components/sort';
import { SortHeader, type SortOrder } from '../../components/sort-header';
import { useHeldOrder } from '../../components/use-held-order';
import { VirtualRows } from '../../components/virtual-rows';
import { useApp, useUi, useWindowState } from '../../state/context';
import { toggleSelected } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import { columnGrid, columnPlans, type ProcessColumn, sortValue } from './process-columns';
import { markOf, type ProcessMarks } from './process-marks';
import { ProcessRow } from './process-row';
import { rowValues } from './process-row-values';
import styles from './process-table.module.css';
import { treeEntries } from './process-tree';

interface ProcessTableProps {
  /** Accessible name. */
  readonly label: string;
  readonly snapshot: Pick<ProcessesSnapshot, 'coreCount' | 'memoryTotalBytes'>;
  readonly processes: readonly Process[];
  readonly marks: ProcessMarks | null;
  /** Those that meet the filter, and the filter itself; null: nothing is filtered. */
  readonly filtered: { readonly text: string; readonly matches: ReadonlySet<string> } | null;
  readonly columns: readonly ProcessColumn[];
  readonly texts: ProcessTexts;
  readonly tree: boolean;
  /** A key on a row that is not about moving; true when it meant something. */
  readonly onRowKey?: (event: KeyboardEvent, id: string) => boolean;
}

/** Processes as rows: sortable, flat or as a tree, only the rows on screen drawn. */
export function ProcessTable({ label, snapshot, processes, marks, filtered, columns, texts, tree, onRowKey }: ProcessTableProps) {
  const words = useWords();
  const { now, ui } = useWindowState();
  const matches = filtered?.matches ?? null;
  const [order, setOrder] = useState<SortOrder<ProcessColumn>>({ column: 'score', descending: true });
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const selectedId = useUi((ui) => (ui.selected?.kind === 'process' ? ui.selected.id : null));
  const actionsAllowed = useApp((app) => app.info?.actionsAllowed ?? false);
  const byId = useMemo(() => new Map(processes.map((one) => [one.id, one])), [processes]);
  // A parent of kernel threads alone starts folded: hundreds of lines that nobody came for.
  const isClosed = useCallback((id: string) => toggled.has(id) !== (byId.get(id)?.kernelThread ?? false), [toggled, byId]);
  const toggle = useCallback((id: string) => {
    setToggled((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const sorted = useMemo(() => {
    const shown = tree || matches === null ? processes : processes.filter(({ id }) => matches.has(id));
    return sortProcesses(shown, order, texts);
  }, [processes, matches, order, texts, tree]);
  const entries = useMemo(
    () =>
      tree
        ? treeEntries(sorted, { isClosed, matches, byBranch: order.descending && columnPlans[order.column].descendingFirst === true })
        : null,
    [tree, sorted, isClosed, matches, order],
  );
  const entryOf = useMemo(() => (entries === null ? null : new Map(entries.map((entry) => [entry.id, entry]))), [entries]);
  const wanted = useMemo(() => (entries ?? sorted).map(({ id }) => id), [entries, sorted]);
  const urgent = [order.column, order.descending, tree, [...toggled].join(), filtered?.text ?? '', worstThree(wanted, order)].join(' ');
  const { ids, hold } = useHeldOrder(wanted, urgent, now(), 'in-place');
  const grid = useMemo(() => columnGrid(columns, tree), [columns, tree]);
  const context = { words, texts, columns, nowMs: now(), coreCount: snapshot.coreCount, memoryTotalBytes: snapshot.memoryTotalBytes };
  const withCategory = !columns.includes('role');

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const id = rowIdOf(event.target);
    if (id !== null && onRowKey?.(event, id)) {
      event.preventDefault();
      return;
    }
    const entry = id === null ? undefined : entryOf?.get(id);
    if (entry && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      if (entry.childCount > 0 && entry.open !== (event.key === 'ArrowRight')) toggle(entry.id);
      return;
    }
    walkRows(event);
  }

  /** The whole row opens its detail; what is a button does its own, and text that was just selected stays selected. */
  function onClick(event: MouseEvent<HTMLElement>): void {
    const id = rowIdOf(event.target);
    if (id === null || (event.target as HTMLElement).closest('button') || !(window.getSelection()?.isCollapsed ?? true)) return;
    toggleSelected(ui, { kind: 'process', id });
  }

  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: its role is a table's either way
    // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer only; the rows' own buttons are for keys and screen readers
    <div
      className={styles.table}
      style={{ '--process-columns': grid.template, '--process-columns-width': `${grid.minWidth}px` } as CSSProperties}
      role={tree ? 'treegrid' : 'table'}
      aria-label={label}
      aria-rowcount={ids.length + 1}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div role="rowgroup">
        <div role="row" className={joinClasses(row.head, styles.columns)} tabIndex={-1}>
          {columns.map((column) => (
            <SortHeader
              key={column}
              column={column}
              label={words.t(columnPlans[column].label)}
              numeric={columnPlans[column].numeric === true}
              order={order}
              onSort={(clicked) => setOrder(nextOrder(order, clicked, columnPlans[clicked].descendingFirst === true))}
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
              const entry = entryOf?.get(process.id);
              return (
                <ProcessRow
                  key={process.id}
                  values={rowValues(process, context)}
                  columns={columns}
                  place={place}
                  rowIndex={index + 2}
                  mark={marks === null ? null : markOf(marks, process.id)}
                  selected={selectedId === process.id}
                  actionsAllowed={actionsAllowed}
                  withCategory={withCategory}
                  depth={entry?.depth ?? null}
                  childCount={entry?.childCount ?? 0}
                  open={entry?.open ?? false}
                  onlyParent={entry?.onlyParent ?? false}
                  onToggle={toggle}
                />
              );
            }}
          />
        </div>
      )}
    </div>
  );
}

/** By the column; what is equal there: programs before parts of the kernel, then by pid, so that nothing changes places for nothing. */
function sortProcesses(processes: readonly Process[], order: SortOrder<ProcessColumn>, texts: ProcessTexts): readonly Process[] {
  const keyed = processes.map((process) => ({ process, value: sortValue(process, order.column, texts) }));
  keyed.sort(
    (a, b) =>
      compareValues(a.value, b.value, order.descending) ||
      Number(a.process.kernelThread) - Number(b.process.kernelThread) ||
      a.process.pid - b.process.pid,
  );
  return keyed.map(({ process }) => process);
}

/** A new name among the three riskiest is worth a change of order at once. */
function worstThree(ids: readonly string[], order: SortOrder<ProcessColumn>): string {
  return order.column === 'score' ? ids.slice(0, 3).join() : '';
}

function rowIdOf(target: EventTarget): string | null {
  return target instanceof HTMLElement ? (target.closest<HTMLElement>('[data-id]')?.dataset.id ?? null) : null;
}
