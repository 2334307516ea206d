import { compareLevels } from '../../../src-shared/level';
import type { MessageKey } from '../../../src-shared/messages/translate';
import type { Container } from '../../../src-shared/snapshots';
import { compareValues } from '../../components/sort';
import type { SortOrder } from '../../components/sort-header';
import type { ContainerGroup } from './container-groups';
import { worstFirst } from './container-words';

export const columns = ['level', 'name', 'state', 'cpu', 'memory', 'network', 'restarts', 'image'] as const;
export type Column = (typeof columns)[number];
export const columnLabels: Readonly<Record<Column, MessageKey>> = {
  level: 'column.level',
  name: 'column.name',
  state: 'column.state',
  cpu: 'column.cpu',
  memory: 'column.memory',
  network: 'column.network',
  restarts: 'column.restarts',
  image: 'column.image',
};
/** Where the greatest is what one looks for. */
export const descendingFirst: ReadonlySet<Column> = new Set(['level', 'cpu', 'memory', 'network', 'restarts']);

export function compareContainers(a: Container, b: Container, { column, descending }: SortOrder<Column>): number {
  if (column === 'level') return descending ? worstFirst(a, b) : worstFirst(b, a);
  return (
    compareValues(sortValue(a, column), sortValue(b, column), descending) || compareLevels(b.level, a.level) || (a.name < b.name ? -1 : 1)
  );
}

function sortValue(container: Container, column: Exclude<Column, 'level'>): string | number | null {
  switch (column) {
    case 'name':
      return container.name;
    case 'state':
      return container.state;
    case 'cpu':
      return container.cpuBusyRatio;
    case 'memory':
      return container.memoryUsedBytes;
    case 'network':
      return container.networkReceivedBytes;
    case 'restarts':
      return container.restartCount;
    case 'image':
      return container.image;
  }
}

/** Groups by the same column as their containers where that has a meaning, else by name; those without a project last. */
export function compareGroups(a: ContainerGroup, b: ContainerGroup, { column, descending }: SortOrder<Column>): number {
  const byColumn =
    column === 'level'
      ? descending
        ? compareLevels(b.level, a.level)
        : compareLevels(a.level, b.level)
      : column === 'cpu'
        ? compareValues(a.cpuCores, b.cpuCores, descending)
        : column === 'memory'
          ? compareValues(a.memoryUsedBytes, b.memoryUsedBytes, descending)
          : 0;
  const named = Number(a.kind === 'none') - Number(b.kind === 'none');
  const byName = a.name < b.name ? -1 : 1;
  return byColumn || named || (column === 'name' && descending ? -byName : byName);
}
