import { type PointerEvent, useMemo } from 'react';
import { bytesQuantity, formatPercent, percentFigure, unknownText } from '../../../src-shared/format';
import type { Container, ContainersSnapshot } from '../../../src-shared/snapshots';
import type { RatioRow } from '../../charts/live-bars';
import { RatioColumns } from '../../charts/ratio-columns';
import { Button } from '../../components/button';
import { Panel } from '../../components/panel';
import { SourceBody } from '../../components/source-body';
import { useElementSize } from '../../components/use-element-size';
import { useHeldOrder } from '../../components/use-held-order';
import { useRowHeight } from '../../components/use-row-height';
import { VirtualRows } from '../../components/virtual-rows';
import { useReadings, useUi, useWindowState } from '../../state/context';
import { goTo } from '../../state/ui-store';
import { useWords } from '../../words/use-words';
import { containerNames, containerNote, runSummary, worstFirst } from '../containers/container-words';
import { ContainerRow, type FigureTip } from './container-row';
import styles from './containers-panel.module.css';
import overview from './overview.module.css';

/** So many rows get their bars from recharts; plain bars of the same look below (performance goal P9). */
const chartedCount = 12;

/** Containers, worst first, with CPU and memory side by side. */
export function ContainersPanel() {
  const words = useWords();
  const { ui } = useWindowState();
  const summary = useReadings(({ containers: { lastOk } }) => (lastOk ? runSummary(words, lastOk.data.containers) : ''));
  return (
    <Panel
      title={words.t('region.containers')}
      className={overview.containers}
      aside={
        <>
          <div className={styles.captions}>
            <span className={styles.captionCpu}>{words.t('column.cpu')}</span>
            <span className={styles.captionMemory}>{words.t('column.memory')}</span>
          </div>
          <span>{summary}</span>
          <Button kind="link" className={styles.all} onClick={() => goTo(ui, { section: 'containers' })}>
            {words.t('containers.all')}
          </Button>
        </>
      }
    >
      <SourceBody source="containers">{(snapshot) => <ContainerRows snapshot={snapshot} />}</SourceBody>
    </Panel>
  );
}

function ContainerRows({ snapshot }: { readonly snapshot: ContainersSnapshot }) {
  const words = useWords();
  const { now } = useWindowState();
  const rowHeight = useRowHeight();
  const selectedId = useUi((ui) => (ui.selected?.kind === 'container' ? ui.selected.id : null));
  const byId = useMemo(() => new Map(snapshot.containers.map((one) => [one.id, one])), [snapshot]);
  const sorted = useMemo(() => [...snapshot.containers].sort(worstFirst), [snapshot]);
  const { ids, hold } = useHeldOrder(
    sorted.map((one) => one.id),
    sorted.map((one) => one.level).join(''),
    now(),
  );
  if (ids.length === 0) return <p className={styles.empty}>{words.t('containers.none')}</p>;
  // A tooltip is looked at by pointing: written then, it costs nothing in every reading.
  const writeTip = ({ target }: PointerEvent) => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;
    const container = byId.get(cell?.closest<HTMLElement>('[data-container]')?.dataset.container ?? '');
    if (cell && container) cell.title = tips[cell.dataset.tip as FigureTip](words.t, container);
  };
  const charted = ids.slice(0, chartedCount).flatMap((id) => byId.get(id) ?? []);
  return (
    <div
      className={styles.body}
      role="table"
      aria-label={words.t('containers.table')}
      aria-rowcount={ids.length}
      onPointerOver={writeTip}
      {...hold}
    >
      <VirtualRows
        keys={ids}
        renderRow={(index, place) => {
          const container = byId.get(ids[index] ?? '');
          if (!container) return null;
          const plain = index >= chartedCount;
          const memory = bytesQuantity(container.memoryUsedBytes);
          const { name, project } = containerNames(container);
          return (
            <ContainerRow
              key={container.id}
              id={container.id}
              place={place}
              name={name}
              fullName={container.name}
              project={project}
              level={container.level}
              running={container.state === 'running' || container.state === 'paused'}
              note={containerNote(words, container)}
              image={container.image}
              endedAtMs={container.state === 'running' ? null : container.finishedAtMs}
              cpuPercent={percentFigure(container.cpuBusyRatio)}
              cpuRatio={plain ? container.cpuBusyRatio : null}
              cpuLevel={container.cpuLevel}
              memoryFigure={memory.figure}
              memoryUnit={memory.unit}
              memoryRatio={plain ? container.memoryUsedRatio : null}
              memoryLevel={container.memoryLevel}
              selected={selectedId === container.id}
            />
          );
        }}
        overlay={<BarOverlay rows={charted.map(toRatioRow)} rowHeight={rowHeight} />}
      />
    </div>
  );
}

/** Finds the place of the two bar columns by taking part in the rows' grid. */
function BarOverlay({ rows, rowHeight }: { readonly rows: readonly RatioRow[]; readonly rowHeight: number }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const first = useElementSize<HTMLDivElement>();
  return (
    <div className={styles.overlay} role="presentation">
      <div ref={first.ref} className={styles.overlayFirst} />
      <div ref={ref} className={styles.overlayBoth}>
        {first.width > 0 && width > 0 && (
          <RatioColumns rows={rows} rowHeight={rowHeight} columnWidth={first.width} columnStep={width - first.width} />
        )}
      </div>
    </div>
  );
}

function toRatioRow(container: Container): RatioRow {
  const running = container.state === 'running' || container.state === 'paused';
  return {
    key: container.id,
    first: running ? container.cpuBusyRatio : null,
    firstLevel: container.cpuLevel,
    second: running ? container.memoryUsedRatio : null,
    secondLevel: container.memoryLevel,
  };
}

type Translate = ReturnType<typeof useWords>['t'];

const tips = { cpu: cpuTitle, memory: memoryTitle } as const;

function cpuTitle(t: Translate, { cpuCores, cpuAvailableCores }: Container): string {
  if (cpuCores === null) return t('unknown.noFigure');
  return t('containers.cpuOf', {
    cores: cpuCores.toFixed(2),
    available: cpuAvailableCores === null ? unknownText : String(cpuAvailableCores),
  });
}

function memoryTitle(t: Translate, { memoryUsedRatio, memoryLimitBytes, memoryLimited }: Container): string {
  if (memoryUsedRatio === null || memoryLimitBytes === null) return t('unknown.noFigure');
  const limit = bytesQuantity(memoryLimitBytes);
  return t(memoryLimited ? 'containers.memoryOfLimit' : 'containers.memoryOfHost', {
    percent: formatPercent(memoryUsedRatio),
    limit: `${limit.figure} ${limit.unit}`,
  });
}
