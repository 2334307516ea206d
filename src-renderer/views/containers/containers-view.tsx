import { useDeferredValue, useMemo, useState } from 'react';
import { bytesQuantity, formatBytes, percentFigure, unknownText } from '../../../src-shared/format';
import { compareLevels } from '../../../src-shared/level';
import type { MessageKey } from '../../../src-shared/messages/translate';
import type { Container, ContainersSnapshot } from '../../../src-shared/snapshots';
import { FilterField } from '../../components/filter-field';
import { joinClasses } from '../../components/join-classes';
import { Panel } from '../../components/panel';
import row from '../../components/row.module.css';
import { compareValues, nextOrder } from '../../components/sort';
import { SortHeader, type SortOrder } from '../../components/sort-header';
import { SourceBody } from '../../components/source-body';
import { useHeldOrder } from '../../components/use-held-order';
import { VirtualRows } from '../../components/virtual-rows';
import { useReadings, useUi, useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import { portText } from '../detail/container-detail';
import { ContainerLine } from './container-line';
import { containerNames, containerNote, runSummary, worstFirst } from './container-words';
import styles from './containers-view.module.css';

const columns = ['level', 'name', 'state', 'cpu', 'memory', 'network', 'restarts', 'image'] as const;
type Column = (typeof columns)[number];
const labels: Readonly<Record<Column, MessageKey>> = {
  level: 'column.level',
  name: 'column.name',
  state: 'column.state',
  cpu: 'column.cpu',
  memory: 'column.memory',
  network: 'column.network',
  restarts: 'column.restarts',
  image: 'column.image',
};
const descendingFirst: ReadonlySet<Column> = new Set(['level', 'cpu', 'memory', 'network', 'restarts']);

/** Every container as a row with plain bars; 50 and more stay readable. */
export function ContainersView() {
  const words = useWords();
  const [filter, setFilter] = useState('');
  const applied = useDeferredValue(filter);
  const lastOk = useReadings((readings) => readings.containers.lastOk);
  const engines = lastOk?.data.engines ?? [];
  const names = engines.flatMap(({ identity }) => (identity ? `${identity.name} ${identity.version}` : []));
  const summary = lastOk ? [...names, runSummary(words, lastOk.data.containers)].join(' · ') : '';
  return (
    <Panel
      title={words.t('region.containers')}
      summary={<span title={engines.map(({ endpoint, origin }) => `${endpoint} (${origin})`).join('\n') || undefined}>{summary}</span>}
      className={styles.view}
      aside={<FilterField label={words.t('filter.containers')} value={filter} onChange={setFilter} />}
    >
      <SourceBody source="containers">{(snapshot) => <ContainerTable snapshot={snapshot} filter={applied} />}</SourceBody>
    </Panel>
  );
}

function ContainerTable({ snapshot, filter }: { readonly snapshot: ContainersSnapshot; readonly filter: string }) {
  const words = useWords();
  const { now } = useWindowState();
  const [order, setOrder] = useState<SortOrder<Column>>({ column: 'level', descending: true });
  const selectedId = useUi((ui) => (ui.selected?.kind === 'container' ? ui.selected.id : null));
  const byId = useMemo(() => new Map(snapshot.containers.map((one) => [one.id, one])), [snapshot]);
  const wanted = useMemo(() => {
    const needle = filter.trim().toLowerCase();
    return snapshot.containers
      .filter((one) => needle === '' || `${one.name} ${one.image} ${one.composeProject ?? ''} ${one.state}`.toLowerCase().includes(needle))
      .sort((a, b) => compareBy(a, b, order))
      .map((one) => one.id);
  }, [snapshot, filter, order]);
  const { ids, hold } = useHeldOrder(wanted, `${order.column} ${order.descending} ${filter}`, now());
  return (
    <div className={styles.table} role="table" aria-label={words.t('containers.table')} aria-rowcount={ids.length + 1}>
      <div role="rowgroup">
        <div role="row" tabIndex={-1} className={joinClasses(row.head, styles.columns)}>
          {columns.map((column) => (
            <SortHeader
              key={column}
              column={column}
              label={words.t(labels[column])}
              order={order}
              onSort={(clicked) => setOrder(nextOrder(order, clicked, descendingFirst.has(clicked)))}
            />
          ))}
        </div>
      </div>
      {ids.length === 0 ? (
        <p className={styles.empty}>{words.t(snapshot.containers.length === 0 ? 'containers.none' : 'filter.nothing')}</p>
      ) : (
        <div className={styles.rows} role="presentation" {...hold}>
          <VirtualRows
            keys={ids}
            renderRow={(index, place) => {
              const container = byId.get(ids[index] ?? '');
              if (!container) return null;
              const { name, project } = containerNames(container);
              const memory = bytesQuantity(container.memoryUsedBytes);
              return (
                <ContainerLine
                  key={container.id}
                  id={container.id}
                  place={place}
                  rowIndex={index + 2}
                  name={name}
                  fullName={container.name}
                  project={project}
                  level={container.level}
                  stateText={containerNote(words, container) || words.t(`container.state.${container.state}`)}
                  cpuPercent={percentFigure(container.cpuBusyRatio, true)}
                  cpuRatio={container.cpuBusyRatio}
                  cpuLevel={container.cpuLevel}
                  memoryFigure={memory.figure}
                  memoryUnit={memory.unit}
                  memoryLimit={container.memoryLimited ? formatBytes(container.memoryLimitBytes) : null}
                  memoryRatio={container.memoryUsedRatio}
                  memoryLevel={container.memoryLevel}
                  network={networkText(container)}
                  restartCount={container.restartCount}
                  image={container.image}
                  ports={container.ports.map(portText).join(', ')}
                  selected={container.id === selectedId}
                />
              );
            }}
          />
        </div>
      )}
    </div>
  );
}

function networkText({ networkReceivedBytes, networkSentBytes }: Container): string {
  if (networkReceivedBytes === null && networkSentBytes === null) return unknownText;
  return `↓ ${formatBytes(networkReceivedBytes)} ↑ ${formatBytes(networkSentBytes)}`;
}

function compareBy(a: Container, b: Container, { column, descending }: SortOrder<Column>): number {
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
