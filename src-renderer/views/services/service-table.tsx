import { memo } from 'react';
import { bytesQuantity, percentFigure, unknownText } from '../../../src-shared/format';
import type { MessageKey } from '../../../src-shared/messages/translate';
import type { Service } from '../../../src-shared/snapshots';
import { Figure } from '../../components/figure';
import type { LevelMark } from '../../components/level-shape';
import row from '../../components/row.module.css';
import { useWords } from '../../words/use-words';
import { serviceId, serviceMark, serviceState } from './service-words';
import { type UnitFrame, UnitLine, UnitTable } from './unit-table';
import styles from './unit-table.module.css';

const columns: readonly { readonly label: MessageKey; readonly number?: boolean }[] = [
  { label: 'column.state' },
  { label: 'column.pid', number: true },
  { label: 'column.cpu', number: true },
  { label: 'column.memory', number: true },
  { label: 'detail.description' },
];

export function ServiceTable({ units, empty }: { readonly units: readonly Service[]; readonly empty: string }) {
  const words = useWords();
  return (
    <UnitTable
      label={words.t('services.table')}
      columns={columns}
      grid={styles.services}
      units={units}
      empty={empty}
      renderLine={(service, frame) => {
        const memory = bytesQuantity(service.memoryBytes);
        const reasons = service.reasons.map(words.reason).join(' · ');
        return (
          <ServiceLine
            key={serviceId(service)}
            {...frame}
            id={serviceId(service)}
            level={serviceMark(service)}
            unit={service.unit}
            watched={service.watched}
            stateText={serviceState(words, service)}
            mainPid={service.mainPid}
            cpuPercent={percentFigure(service.cpuCores, true)}
            memoryFigure={memory.figure}
            memoryUnit={memory.unit}
            description={reasons === '' ? service.description : reasons}
          />
        );
      }}
    />
  );
}

interface ServiceLineProps extends UnitFrame {
  readonly id: string;
  readonly level: LevelMark;
  readonly unit: string;
  readonly watched: boolean;
  readonly stateText: string;
  readonly mainPid: number | null;
  readonly cpuPercent: string;
  readonly memoryFigure: string;
  readonly memoryUnit: string;
  readonly description: string;
}

const ServiceLine = memo(function ServiceLine(props: ServiceLineProps) {
  const { t } = useWords();
  const unread = t('unknown.notWatched');
  return (
    <UnitLine {...props} grid={styles.services}>
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
    </UnitLine>
  );
});
