import { memo } from 'react';
import { unknownText } from '../../../src-shared/format';
import type { MessageKey } from '../../../src-shared/messages/translate';
import type { Service } from '../../../src-shared/snapshots';
import type { LevelMark } from '../../components/level-shape';
import row from '../../components/row.module.css';
import { useWords, type Words } from '../../words/use-words';
import { serviceId, serviceMark } from './service-words';
import { type UnitFrame, UnitLine, UnitTable } from './unit-table';
import styles from './unit-table.module.css';

const columns: readonly { readonly label: MessageKey }[] = [
  { label: 'column.starts' },
  { label: 'column.listens' },
  { label: 'column.connections' },
];

/** Sockets: where each listens, what it starts, how many connections. */
export function SocketTable({ units, empty }: { readonly units: readonly Service[]; readonly empty: string }) {
  const words = useWords();
  return (
    <UnitTable
      label={words.t('services.sockets')}
      columns={columns}
      grid={styles.sockets}
      units={units}
      empty={empty}
      renderLine={(socket, frame) => (
        <SocketLine
          key={serviceId(socket)}
          {...frame}
          id={serviceId(socket)}
          level={serviceMark(socket)}
          unit={socket.unit}
          watched={socket.watched}
          starts={socket.socket?.unit ?? unknownText}
          listens={socket.socket?.listens.join(', ') ?? ''}
          connections={connectionsText(words, socket)}
        />
      )}
    />
  );
}

function connectionsText(words: Words, { socket }: Pick<Service, 'socket'>): string {
  if (!socket || (socket.openCount === null && socket.acceptedCount === null)) return unknownText;
  return words.t('services.connections', { open: socket.openCount ?? unknownText, accepted: socket.acceptedCount ?? unknownText });
}

interface SocketLineProps extends UnitFrame {
  readonly id: string;
  readonly level: LevelMark;
  readonly unit: string;
  readonly watched: boolean;
  readonly starts: string;
  readonly listens: string;
  readonly connections: string;
}

const SocketLine = memo(function SocketLine(props: SocketLineProps) {
  return (
    <UnitLine {...props} grid={styles.sockets}>
      <div role="cell" className={row.cell} title={props.starts}>
        {props.starts}
      </div>
      <div role="cell" className={row.cell} title={props.listens}>
        <code>{props.listens}</code>
      </div>
      <div role="cell" className={row.quiet} title={props.connections}>
        {props.connections}
      </div>
    </UnitLine>
  );
});
