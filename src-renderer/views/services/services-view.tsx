import { type CSSProperties, memo, useDeferredValue, useMemo, useState } from 'react';
import { bytesQuantity, percentFigure, unknownText } from '../../../src-shared/format';
import type { Service, ServicesSnapshot } from '../../../src-shared/snapshots';
import { Figure } from '../../components/figure';
import { FilterField } from '../../components/filter-field';
import { joinClasses } from '../../components/join-classes';
import { type LevelMark, LevelShape } from '../../components/level-shape';
import { Middle } from '../../components/middle';
import { Panel } from '../../components/panel';
import row from '../../components/row.module.css';
import { SourceBody } from '../../components/source-body';
import { VirtualRows } from '../../components/virtual-rows';
import { useReadings, useUi, useWindowState } from '../../state/context';
import { toggleSelected } from '../../state/ui-store';
import { useWords, type Words } from '../../words/use-words';
import { ServiceDots } from './service-dots';
import { serviceId, serviceMark, serviceState, serviceSummary, troubleFirst } from './service-words';
import styles from './services-view.module.css';

/** All services: the dots for the glance, rows for the reading. */
export function ServicesView() {
  const words = useWords();
  const [filter, setFilter] = useState('');
  const applied = useDeferredValue(filter);
  const summary = useReadings(({ services: { lastOk } }) => (lastOk ? serviceSummary(words, lastOk.data.services) : ''));
  return (
    <Panel
      title={words.t('region.services')}
      summary={summary}
      className={styles.view}
      aside={<FilterField label={words.t('filter.services')} value={filter} onChange={setFilter} />}
    >
      <SourceBody source="services">{(snapshot) => <ServiceTable snapshot={snapshot} filter={applied} />}</SourceBody>
    </Panel>
  );
}

function ServiceTable({ snapshot, filter }: { readonly snapshot: ServicesSnapshot; readonly filter: string }) {
  const words = useWords();
  const selectedId = useUi((ui) => (ui.selected?.kind === 'service' ? ui.selected.id : null));
  const shown = useMemo(() => {
    const needle = filter.trim().toLowerCase();
    return snapshot.services
      .filter((one) => needle === '' || `${one.unit} ${one.description} ${one.state}`.toLowerCase().includes(needle))
      .sort(troubleFirst);
  }, [snapshot, filter]);
  return (
    <div className={styles.body}>
      <div className={styles.dots}>
        <ServiceDots services={snapshot.services} method={snapshot.method} />
        {snapshot.unreadScopes.map(({ scope, detail }) => (
          <p key={scope} className={styles.unread}>
            {words.t('services.unread', { scope: words.t(`service.scope.${scope}`) })} {detail}
          </p>
        ))}
      </div>
      <div className={styles.table} role="table" aria-label={words.t('services.table')} aria-rowcount={shown.length + 1}>
        <div role="rowgroup">
          <div role="row" tabIndex={-1} className={joinClasses(row.head, styles.columns)}>
            <div role="columnheader" tabIndex={-1} />
            <div role="columnheader" tabIndex={-1}>
              {words.t('column.name')}
            </div>
            <div role="columnheader" tabIndex={-1}>
              {words.t('column.state')}
            </div>
            <div role="columnheader" tabIndex={-1} className={row.number}>
              PID
            </div>
            <div role="columnheader" tabIndex={-1} className={row.number}>
              {words.t('column.cpu')}
            </div>
            <div role="columnheader" tabIndex={-1} className={row.number}>
              {words.t('column.memory')}
            </div>
            <div role="columnheader" tabIndex={-1}>
              {words.t('detail.description')}
            </div>
          </div>
        </div>
        {shown.length === 0 ? (
          <p className={styles.empty}>{words.t(snapshot.services.length === 0 ? 'services.none' : 'filter.nothing')}</p>
        ) : (
          <VirtualRows
            keys={shown.map(serviceId)}
            renderRow={(index, place) => {
              const service = shown[index];
              return service ? toLine(words, service, place, index, selectedId) : null;
            }}
          />
        )}
      </div>
    </div>
  );
}

function toLine(words: Words, service: Service, place: CSSProperties, index: number, selectedId: string | null) {
  const id = serviceId(service);
  const memory = bytesQuantity(service.memoryBytes);
  const reasons = service.reasons.map(words.reason).join(' · ');
  return (
    <ServiceLine
      key={id}
      id={id}
      place={place}
      rowIndex={index + 2}
      level={serviceMark(service)}
      unit={service.unit}
      watched={service.watched}
      stateText={serviceState(words, service)}
      mainPid={service.mainPid}
      cpuPercent={percentFigure(service.cpuCores, true)}
      memoryFigure={memory.figure}
      memoryUnit={memory.unit}
      description={reasons === '' ? service.description : reasons}
      selected={id === selectedId}
    />
  );
}

interface ServiceLineProps {
  readonly id: string;
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly level: LevelMark;
  readonly unit: string;
  readonly watched: boolean;
  readonly stateText: string;
  readonly mainPid: number | null;
  readonly cpuPercent: string;
  readonly memoryFigure: string;
  readonly memoryUnit: string;
  readonly description: string;
  readonly selected: boolean;
}

const ServiceLine = memo(function ServiceLine(props: ServiceLineProps) {
  const { t } = useWords();
  const { ui } = useWindowState();
  const unread = t('unknown.notWatched');
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      className={joinClasses(row.row, styles.columns)}
      style={props.place}
      data-level={props.level}
      data-selected={props.selected}
    >
      <div role="cell">
        <LevelShape level={props.level} />
      </div>
      <div role="cell" className={row.cell}>
        <button type="button" className={row.open} title={props.unit} onClick={() => toggleSelected(ui, { kind: 'service', id: props.id })}>
          <Middle text={props.unit} strong={props.watched} tailLength={12} />
        </button>
      </div>
      <div role="cell" className={row.cell}>
        {props.stateText}
      </div>
      <div role="cell" className={row.number}>
        {props.mainPid ?? ''}
      </div>
      <div role="cell" className={row.number} title={props.cpuPercent === unknownText ? unread : undefined}>
        <Figure figure={props.cpuPercent} unit={props.cpuPercent === unknownText ? '' : '%'} />
      </div>
      <div role="cell" className={row.number} title={props.memoryUnit === '' ? unread : undefined}>
        <Figure figure={props.memoryFigure} unit={props.memoryUnit} />
      </div>
      <div role="cell" className={row.quiet} title={props.description}>
        {props.description}
      </div>
    </div>
  );
});
