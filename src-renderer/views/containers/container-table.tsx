import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { bytesQuantity, formatBytes, percentFigure, unknownText } from '../../../src-shared/format';
import type { Container, ContainersSnapshot } from '../../../src-shared/snapshots';
import { joinClasses } from '../../components/join-classes';
import row from '../../components/row.module.css';
import { nextOrder } from '../../components/sort';
import { SortHeader, type SortOrder } from '../../components/sort-header';
import { useHeldOrder } from '../../components/use-held-order';
import { useSameList } from '../../components/use-same-list';
import { VirtualRows } from '../../components/virtual-rows';
import { useUi, useWindowState } from '../../state/context';
import { useWords, type Words } from '../../words/use-words';
import { portText } from '../detail/container-ports';
import { groupContainers, groupKey, type ListEntry, listEntries } from './container-groups';
import { ContainerLine } from './container-line';
import { type Column, columnLabels, columns, compareContainers, compareGroups, descendingFirst } from './container-order';
import { containerNames, containerNote, probeText, runSummary, scaledCpu, staleText } from './container-words';
import styles from './containers-view.module.css';
import { GroupLine } from './group-line';

/** Every container under its project or pod, in rows that hold only what is on screen. */
export function ContainerTable({ snapshot, filter }: { readonly snapshot: ContainersSnapshot; readonly filter: string }) {
  const words = useWords();
  const { now, ui } = useWindowState();
  const [order, setOrder] = useState<SortOrder<Column>>({ column: 'level', descending: true });
  const selectedId = useUi((state) => (state.selected?.kind === 'container' ? state.selected.id : null));
  const folds = useUi((state) => state.folds);
  const scale = useUi((state) => state.cpuScale);
  const wantsGroups = useUi((state) => state.containersGrouped);
  const [currentKey, setCurrentKey] = useState<string | null>(null);
  const table = useRef<HTMLDivElement>(null);

  const sorted = useMemo(
    () => snapshot.containers.filter((one) => matches(one, filter)).sort((a, b) => compareContainers(a, b, order)),
    [snapshot, filter, order],
  );
  const byId = useMemo(() => new Map(sorted.map((one) => [one.id, one])), [sorted]);
  const groups = useMemo(() => [...groupContainers(sorted)].sort((a, b) => compareGroups(a, b, order)), [sorted, order]);
  const byKey = useMemo(() => new Map(groups.map((one) => [one.key, one])), [groups]);
  // A new level moves its row at once; other figures every few seconds.
  const levels = order.column === 'level' ? sorted.map((one) => one.level).join('') : '';
  const urgent = `${order.column} ${order.descending} ${filter} ${levels}`;
  const held = useHeldOrder(
    sorted.map((one) => one.id),
    urgent,
    now(),
  );
  const heldGroups = useHeldOrder(
    groups.map((one) => one.key),
    urgent,
    now(),
  );
  // One heading over everything would say nothing.
  const grouped = wantsGroups && !(groups.length === 1 && groups[0]?.kind === 'none');
  const entries: readonly ListEntry[] = grouped
    ? listEntries(
        heldGroups.ids,
        held.ids,
        new Map(sorted.map((one) => [one.id, groupKey(one)])),
        (key) => filter !== '' || (folds[foldId(key)] ?? true),
      )
    : held.ids.map((id) => ({ kind: 'container' as const, id }));
  const keys = useSameList(entries.map(entryKey));
  const currentIndex = Math.max(0, currentKey === null ? 0 : keys.indexOf(currentKey));

  const toggle = useCallback(
    (key: string) => {
      const { folds: before } = ui.getState();
      ui.setState({ folds: { ...before, [foldId(key)]: !(before[foldId(key)] ?? true) } });
    },
    [ui],
  );

  /** Rows just out of sight are there (overscan), and taking the focus brings them in. */
  function move(index: number): void {
    const key = keys[index];
    if (key === undefined) return;
    setCurrentKey(key);
    table.current?.querySelector<HTMLElement>(`[data-row="${index + 2}"]`)?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const entry = entries[currentIndex];
    const onRow = event.target instanceof HTMLElement && event.target.dataset.row !== undefined;
    if (event.key === 'ArrowDown') move(onRow ? currentIndex + 1 : currentIndex);
    else if (event.key === 'ArrowUp') move(currentIndex - 1);
    else if (entry?.kind === 'group' && onRow && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      if ((folds[foldId(entry.key)] ?? true) !== (event.key === 'ArrowRight')) toggle(entry.key);
    } else return;
    event.preventDefault();
  }

  const hold = {
    onPointerEnter: () => {
      held.hold.onPointerEnter();
      heldGroups.hold.onPointerEnter();
    },
    onPointerLeave: () => {
      held.hold.onPointerLeave();
      heldGroups.hold.onPointerLeave();
    },
  };

  return (
    <div
      ref={table}
      className={styles.table}
      role="table"
      aria-label={words.t('containers.table')}
      aria-rowcount={entries.length + 1}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const index = Number((event.target as HTMLElement).dataset.row ?? Number.NaN) - 2;
        const key = keys[index];
        if (key !== undefined && key !== currentKey) setCurrentKey(key);
      }}
    >
      <div role="rowgroup">
        <div role="row" tabIndex={-1} className={joinClasses(row.head, styles.columns)}>
          {columns.map((column) => (
            <SortHeader
              key={column}
              column={column}
              label={words.t(columnLabels[column])}
              order={order}
              numeric={column === 'restarts'}
              onSort={(clicked) => setOrder(nextOrder(order, clicked, descendingFirst.has(clicked)))}
            />
          ))}
        </div>
      </div>
      {entries.length === 0 ? (
        <p className={styles.empty}>{words.t(snapshot.containers.length === 0 ? 'containers.none' : 'filter.nothing')}</p>
      ) : (
        <div className={styles.rows} role="presentation" {...hold}>
          <VirtualRows
            keys={keys}
            renderRow={(index, place) => {
              const entry = entries[index];
              const rowIndex = index + 2;
              const current = index === currentIndex;
              if (entry?.kind === 'group') {
                const group = byKey.get(entry.key);
                if (!group) return null;
                const cpu = scaledCpu(group, scale);
                const memory = bytesQuantity(group.memoryUsedBytes);
                return (
                  <GroupLine
                    key={entry.key}
                    groupKey={entry.key}
                    place={place}
                    rowIndex={rowIndex}
                    kind={group.kind}
                    name={group.name}
                    summary={runSummary(words, group.containers)}
                    level={group.level}
                    cpuPercent={cpu === null ? null : percentFigure(cpu, true)}
                    memoryFigure={group.memoryUsedBytes === null ? null : memory.figure}
                    memoryUnit={memory.unit}
                    open={filter !== '' || (folds[foldId(entry.key)] ?? true)}
                    current={current}
                    onToggle={toggle}
                  />
                );
              }
              const container = byId.get(entry?.id ?? '');
              if (!container) return null;
              return (
                <ContainerLine
                  key={container.id}
                  {...lineValues(words, container, scale)}
                  place={place}
                  rowIndex={rowIndex}
                  grouped={grouped}
                  project={grouped ? null : containerNames(container).project}
                  selected={container.id === selectedId}
                  current={current}
                />
              );
            }}
          />
        </div>
      )}
    </div>
  );
}

function foldId(key: string): string {
  return `containers.${key}`;
}

function entryKey(entry: ListEntry): string {
  return entry.kind === 'group' ? `group ${entry.key}` : entry.id;
}

function matches(container: Container, filter: string): boolean {
  const needle = filter.trim().toLowerCase();
  if (needle === '') return true;
  const { name, image, composeProject, pod, state, id } = container;
  return `${name} ${image} ${composeProject ?? ''} ${pod === null ? '' : `${pod.namespace}/${pod.name}`} ${state} ${id}`
    .toLowerCase()
    .includes(needle);
}

function lineValues(words: Words, container: Container, scale: 'core' | 'host') {
  const memory = bytesQuantity(container.memoryUsedBytes);
  const note = containerNote(words, container);
  const probe = probeText(words, container);
  const alive = container.state === 'running' || container.state === 'paused';
  const stateText = note || words.t(`container.state.${container.state}`);
  return {
    id: container.id,
    name: containerNames(container).name,
    fullName: container.name,
    level: container.level,
    alive,
    stateText,
    stateTitle: probe === null ? stateText : `${stateText}\n${probe}`,
    endedAtMs: alive ? null : container.finishedAtMs,
    stale: alive && container.newerThings.length > 0 ? staleText(words, container) : null,
    cpuPercent: percentFigure(scaledCpu(container, scale), true),
    cpuRatio: container.cpuBusyRatio,
    cpuLevel: container.cpuLevel,
    memoryFigure: memory.figure,
    memoryUnit: memory.unit,
    memoryLimit: container.memoryLimited ? formatBytes(container.memoryLimitBytes) : null,
    memoryRatio: container.memoryUsedRatio,
    memoryLevel: container.memoryLevel,
    network: networkText(container),
    restartCount: container.restartCount,
    image: container.image,
    ports: container.ports.map(portText).join(', '),
  };
}

function networkText({ networkReceivedBytes, networkSentBytes }: Container): string {
  if (networkReceivedBytes === null && networkSentBytes === null) return unknownText;
  return `↓ ${formatBytes(networkReceivedBytes)} ↑ ${formatBytes(networkSentBytes)}`;
}
