import { ArrowDown, ArrowUp } from 'lucide-react';
import { joinClasses } from './join-classes';
import styles from './row.module.css';

export interface SortOrder<Column extends string> {
  readonly column: Column;
  readonly descending: boolean;
}

interface SortHeaderProps<Column extends string> {
  readonly column: Column;
  readonly label: string;
  readonly order: SortOrder<Column>;
  readonly onSort: (column: Column) => void;
  readonly numeric?: boolean;
}

/** A column heading that sorts: once by it, again the other way round. */
export function SortHeader<Column extends string>({ column, label, order, onSort, numeric = false }: SortHeaderProps<Column>) {
  const active = order.column === column;
  return (
    <div
      role="columnheader"
      className={joinClasses(numeric && styles.number)}
      data-column={column}
      aria-sort={active ? (order.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className={styles.sort} data-active={active} onClick={() => onSort(column)}>
        {label}
        {active && (order.descending ? <ArrowDown size={11} aria-hidden="true" /> : <ArrowUp size={11} aria-hidden="true" />)}
      </button>
    </div>
  );
}
