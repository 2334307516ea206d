import { useMemo, useState } from 'react';
import type { LocalPort } from '../../../src-shared/contract';
import type { MessageKey } from '../../../src-shared/messages/translate';
import { joinClasses } from '../../components/join-classes';
import row from '../../components/row.module.css';
import { walkRows } from '../../components/row-walk';
import { compareValues, nextOrder } from '../../components/sort';
import { SortHeader, type SortOrder } from '../../components/sort-header';
import { useHeldOrder } from '../../components/use-held-order';
import { useSameList } from '../../components/use-same-list';
import { VirtualRows } from '../../components/virtual-rows';
import { useUi, useWindowState } from '../../state/context';
import { useWords } from '../../words/use-words';
import { PortRow } from './port-row';
import { portKey, projectText } from './port-words';
import styles from './ports.module.css';

const columns = ['port', 'reach', 'speaks', 'holder', 'page', 'project', 'since'] as const;
type Column = (typeof columns)[number];

const reaches = ['loopback', 'network', 'all'] as const;

/** What a column sorts by; null comes last. */
const sortValues: Readonly<Record<Column, (port: LocalPort) => string | number | null>> = {
  port: (port) => port.port,
  reach: (port) => reaches.indexOf(port.reach),
  speaks: (port) => port.speaks?.name.toLowerCase() ?? null,
  holder: (port) => (port.container?.name ?? port.process?.name)?.toLowerCase() ?? null,
  page: (port) => port.page?.title?.toLowerCase() ?? port.url,
  project: (port) => projectText(port.project).toLowerCase() || null,
  since: (port) => port.startedAtMs,
};
const descendingFirst: ReadonlySet<Column> = new Set(['reach', 'since']);

interface PortTableProps {
  readonly ports: readonly LocalPort[];
  /** What stands there when there is none. */
  readonly empty: string;
  /** Changes when the rows are others by the person's wish. */
  readonly wish: string;
}

/** Ports as rows: sortable, only the rows on screen drawn. */
export function PortTable({ ports, empty, wish }: PortTableProps) {
  const { t } = useWords();
  const { now } = useWindowState();
  const [order, setOrder] = useState<SortOrder<Column>>({ column: 'port', descending: false });
  const asked = useUi((ui) => ui.askedPort);
  const selectedId = useUi((ui) => ui.selected?.id ?? null);
  const byKey = useMemo(() => new Map(ports.map((port) => [portKey(port), port])), [ports]);
  const wanted = useMemo(() => {
    const value = sortValues[order.column];
    return [...byKey]
      .sort(([, a], [, b]) => compareValues(value(a), value(b), order.descending) || a.port - b.port || (a.protocol < b.protocol ? -1 : 1))
      .map(([key]) => key);
  }, [byKey, order]);
  const held = useHeldOrder(wanted, `${order.column} ${order.descending} ${wish}`, now(), 'in-place');
  const keys = useSameList(held.ids);
  return (
    <div className={styles.table} role="table" aria-label={t('port.title')} aria-rowcount={keys.length + 1} onKeyDown={walkRows}>
      <div role="rowgroup">
        <div role="row" tabIndex={-1} className={joinClasses(row.head, styles.columns)}>
          {columns.map((column) => (
            <SortHeader
              key={column}
              column={column}
              label={t(`port.column.${column}` satisfies MessageKey)}
              numeric={column === 'since'}
              order={order}
              onSort={(clicked) => setOrder(nextOrder(order, clicked, descendingFirst.has(clicked)))}
            />
          ))}
        </div>
      </div>
      {keys.length === 0 ? (
        <p className={styles.empty}>{empty}</p>
      ) : (
        <div className={styles.rows} role="presentation" {...held.hold}>
          <VirtualRows
            keys={keys}
            renderRow={(index, place) => {
              const port = byKey.get(keys[index] ?? '');
              if (port === undefined) return null;
              const isSelected =
                port.port === asked || (selectedId !== null && [port.process?.id, port.container?.id].includes(selectedId));
              return <PortRow key={portKey(port)} port={port} place={place} rowIndex={index + 2} selected={isSelected} />;
            }}
          />
        </div>
      )}
    </div>
  );
}
