import { useMemo, useState } from 'react';
import { bytesQuantity } from '../../../src-shared/format';
import type { MessageKey } from '../../../src-shared/messages/translate';
import type { PodsSnapshot } from '../../../src-shared/snapshots';
import { joinClasses } from '../../components/join-classes';
import row from '../../components/row.module.css';
import { walkRows } from '../../components/row-walk';
import { shownPercent } from '../../components/shaded-figure';
import { nextOrder } from '../../components/sort';
import { SortHeader, type SortOrder } from '../../components/sort-header';
import { useHeldOrder } from '../../components/use-held-order';
import { VirtualRows } from '../../components/virtual-rows';
import { useUi, useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import { PodLine } from './pod-line';
import {
  comparePods,
  cpuLimitText,
  isPod,
  matchesPod,
  memoryLimitText,
  milliCores,
  type PodColumn,
  podColumns,
  podNumbers,
  podReasons,
  podsDescendingFirst,
  readyCounts,
} from './pod-words';
import styles from './pods-view.module.css';

const labels: Readonly<Record<PodColumn, MessageKey>> = {
  name: 'column.name',
  namespace: 'column.namespace',
  status: 'column.status',
  ready: 'column.ready',
  restarts: 'column.restarts',
  age: 'column.age',
  cpu: 'column.cpu',
  memory: 'column.memory',
  owner: 'column.owner',
  node: 'column.node',
  why: 'column.reasons',
};

/** Pods as sortable rows; 1,000 of them cost as much as those on screen. CPU and memory only where the cluster tells them. */
export function PodTable({ snapshot, filter }: { readonly snapshot: PodsSnapshot; readonly filter: string }) {
  const words = useWords();
  const { now } = useWindowState();
  const [order, setOrder] = useState<SortOrder<PodColumn>>({ column: 'status', descending: true });
  const selectedId = useUi((ui) => (ui.selected?.kind === 'pod' ? ui.selected.id : null));
  const byId = useMemo(() => new Map(snapshot.pods.map((one) => [one.uid, one])), [snapshot]);
  const wanted = useMemo(
    () =>
      snapshot.pods
        .filter((pod) => matchesPod(words, pod, filter))
        .sort((a, b) => comparePods(a, b, order))
        .map((pod) => pod.uid),
    [snapshot, words, filter, order],
  );
  const urgent = useMemo(() => snapshot.pods.map((pod) => pod.level).join(), [snapshot]);
  const { ids, hold } = useHeldOrder(wanted, `${order.column} ${order.descending} ${filter} ${urgent}`, now());
  const metrics = snapshot.metricsUnavailable === null;
  const columns = podColumns.filter((column) => metrics || (column !== 'cpu' && column !== 'memory'));
  return (
    <div className={styles.table} role="table" aria-label={words.t('pods.table')} aria-rowcount={ids.length + 1} onKeyDown={walkRows}>
      <div role="rowgroup">
        <div role="row" tabIndex={-1} className={joinClasses(row.head, styles.columns)} data-metrics={metrics}>
          {columns.map((column) => (
            <SortHeader
              key={column}
              column={column}
              label={words.t(labels[column])}
              order={order}
              numeric={podNumbers.has(column)}
              onSort={(clicked) => setOrder(nextOrder(order, clicked, podsDescendingFirst.has(clicked)))}
            />
          ))}
        </div>
      </div>
      {ids.length === 0 ? (
        <p className={styles.empty}>{words.t(snapshot.pods.length === 0 ? 'pods.none' : 'filter.nothing')}</p>
      ) : (
        <div className={styles.rows} role="presentation" {...hold}>
          <VirtualRows
            keys={ids}
            renderRow={(index, place) => {
              const pod = byId.get(ids[index] ?? '');
              if (!pod) return null;
              const memory = bytesQuantity(pod.memoryBytes);
              const { ready, all } = readyCounts(pod);
              return (
                <PodLine
                  key={pod.uid}
                  id={pod.uid}
                  place={place}
                  rowIndex={index + 2}
                  name={pod.name}
                  namespace={pod.namespace}
                  level={pod.level}
                  status={pod.status}
                  ready={`${ready}/${all}`}
                  restartCount={pod.restartCount}
                  createdAtMs={pod.createdAtMs}
                  metrics={metrics}
                  cpu={milliCores(pod.cpuCores)}
                  cpuPercent={shownPercent(pod.cpuRatio)}
                  cpuTitle={cpuLimitText(words, pod)}
                  memoryFigure={memory.figure}
                  memoryUnit={memory.unit}
                  memoryPercent={shownPercent(pod.memoryRatio)}
                  memoryTitle={memoryLimitText(words, pod)}
                  owner={pod.owner === null ? '' : `${pod.owner.kind}/${pod.owner.name}`}
                  node={pod.node}
                  why={podReasons(words, pod)}
                  selected={selectedId !== null && isPod(pod, selectedId)}
                />
              );
            }}
          />
        </div>
      )}
    </div>
  );
}
