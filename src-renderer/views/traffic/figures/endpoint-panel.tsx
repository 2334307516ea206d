import { useDeferredValue, useMemo, useState } from 'react';
import type { TrafficFilter } from '../../../../src-shared/contract';
import { FilterField } from '../../../components/filter-field';
import { joinClasses } from '../../../components/join-classes';
import { Panel } from '../../../components/panel';
import row from '../../../components/row.module.css';
import { walkRows } from '../../../components/row-walk';
import { nextOrder } from '../../../components/sort';
import { SortHeader, type SortOrder } from '../../../components/sort-header';
import { useHeldOrder } from '../../../components/use-held-order';
import { VirtualRows } from '../../../components/virtual-rows';
import { useNow } from '../../../state/context';
import { useWords } from '../../../words/use-words';
import { countText } from '../figure-text';
import { columnsOf, type EndpointColumn, endpointKey, orderEndpoints } from './endpoint-order';
import { EndpointRow } from './endpoint-row';
import styles from './endpoint-table.module.css';
import type { MaybeReport } from './maybe-report';
import type { Narrow } from './narrow';
import layout from './traffic-figures.module.css';

interface EndpointPanelProps {
  readonly report: MaybeReport;
  readonly filter: TrafficFilter;
  readonly narrow: Narrow;
}

/** Each route with its figures; a click narrows everything to it. */
export function EndpointPanel({ report, filter, narrow }: EndpointPanelProps) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const applied = useDeferredValue(text);
  const endpoints = report?.endpoints ?? none;
  const left = (report?.endpointsLeftOut ?? 0) > 0 || (report?.otherRequests ?? 0) > 0;
  return (
    <Panel
      title={t('traffic.endpoints')}
      summary={report === null ? '' : summaryOf(t, endpoints)}
      className={layout.endpoints}
      aside={<FilterField label={t('traffic.endpointFilter')} value={text} onChange={setText} />}
    >
      {endpoints.length > 0 && <EndpointTable endpoints={endpoints} text={applied} filter={filter} narrow={narrow} />}
      {report !== null && endpoints.length === 0 && <p className={styles.quiet}>{t('traffic.noRequests')}</p>}
      {left && (
        <footer className={styles.foot}>
          {(report?.endpointsLeftOut ?? 0) > 0 && (
            <span>{t('traffic.endpointsLeftOut', { count: countText(report?.endpointsLeftOut ?? 0) })}</span>
          )}
          {(report?.otherRequests ?? 0) > 0 && <span>{t('traffic.otherRequests', { count: countText(report?.otherRequests ?? 0) })}</span>}
        </footer>
      )}
    </Panel>
  );
}

function summaryOf(t: ReturnType<typeof useWords>['t'], endpoints: NonNullable<MaybeReport>['endpoints']): string {
  const count = t('traffic.endpointsCount', { count: endpoints.length });
  return endpoints.some(({ meanMs }) => meanMs !== null) || endpoints.length === 0 ? count : `${count} · ${t('traffic.noTimes')}`;
}

interface EndpointTableProps {
  readonly endpoints: NonNullable<MaybeReport>['endpoints'];
  readonly text: string;
  readonly filter: TrafficFilter;
  readonly narrow: Narrow;
}

function EndpointTable({ endpoints, text, filter, narrow }: EndpointTableProps) {
  const { t } = useWords();
  const nowMs = useNow();
  const [order, setOrder] = useState<SortOrder<EndpointColumn>>({ column: 'requests', descending: true });
  const columns = useMemo(() => columnsOf(endpoints), [endpoints]);
  const byKey = useMemo(() => new Map(endpoints.map((one) => [endpointKey(one), one])), [endpoints]);
  const wanted = useMemo(() => orderEndpoints(endpoints, text, order).map(endpointKey), [endpoints, text, order]);
  const { ids, hold } = useHeldOrder(wanted, `${order.column} ${order.descending} ${text} ${wanted.length}`, nowMs);
  const most = useMemo(
    () => ({
      requests: Math.max(1, ...endpoints.map(({ requests }) => requests)),
      meanMs: Math.max(1, ...endpoints.map(({ meanMs }) => meanMs ?? 0)),
      p50Ms: Math.max(1, ...endpoints.map(({ p50Ms }) => p50Ms ?? 0)),
      p90Ms: Math.max(1, ...endpoints.map(({ p90Ms }) => p90Ms ?? 0)),
      p99Ms: Math.max(1, ...endpoints.map(({ p99Ms }) => p99Ms ?? 0)),
      bytes: Math.max(1, ...endpoints.map(({ bytes }) => bytes ?? 0)),
    }),
    [endpoints],
  );
  const head = (column: EndpointColumn) => (
    <SortHeader
      key={column}
      column={column}
      label={t(`traffic.column.${column}`)}
      order={order}
      numeric={column !== 'path'}
      onSort={(next) => setOrder((before) => nextOrder(before, next, next !== 'path'))}
    />
  );
  if (ids.length === 0) return <p className={styles.quiet}>{t('filter.nothing')}</p>;
  return (
    <div className={styles.table} role="table" aria-label={t('traffic.endpoints')} aria-rowcount={ids.length + 1} onKeyDown={walkRows}>
      <div role="rowgroup">
        <div role="row" className={joinClasses(row.head, styles.columns)} tabIndex={-1}>
          {head('path')}
          {columns.map(head)}
        </div>
      </div>
      <div className={styles.rows} role="presentation" {...hold}>
        <VirtualRows
          keys={ids}
          renderRow={(index, place) => {
            const endpoint = byKey.get(ids[index] ?? '');
            if (endpoint === undefined) return null;
            const { method, path } = endpoint;
            return (
              <EndpointRow
                key={endpointKey(endpoint)}
                endpoint={endpoint}
                columns={columns}
                most={most}
                place={place}
                rowIndex={index + 2}
                selected={filter.endpoint?.method === method && filter.endpoint.path === path}
                onOpen={narrow.endpoint}
              />
            );
          }}
        />
      </div>
    </div>
  );
}

const none: readonly never[] = [];
