import type { SortOrder } from './sort-header';

/** The order after a click on a heading. `startsDescending`: columns where the greatest is what one looks for. */
export function nextOrder<Column extends string>(order: SortOrder<Column>, column: Column, startsDescending: boolean): SortOrder<Column> {
  return order.column === column ? { column, descending: !order.descending } : { column, descending: startsDescending };
}

/** Compares sort values; null (unknown) always comes last. */
export function compareValues(a: string | number | null, b: string | number | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = a < b ? -1 : a > b ? 1 : 0;
  return descending ? -order : order;
}
