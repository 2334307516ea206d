import { type CSSProperties, memo } from 'react';
import type { TrafficRequest } from '../../../../src-shared/traffic/report';
import { Figure } from '../../../components/figure';
import { joinClasses } from '../../../components/join-classes';
import { LevelShape } from '../../../components/level-shape';
import { Middle } from '../../../components/middle';
import { Panel } from '../../../components/panel';
import row from '../../../components/row.module.css';
import { walkRows } from '../../../components/row-walk';
import { VirtualRows } from '../../../components/virtual-rows';
import { formatClock, formatDay } from '../../../words/time';
import { useWords } from '../../../words/use-words';
import { logText, timeQuantity } from '../figure-text';
import type { MaybeReport } from './maybe-report';
import type { Narrow } from './narrow';
import styles from './request-panel.module.css';
import layout from './traffic-figures.module.css';

interface RequestPanelProps {
  readonly kind: 'slowest' | 'recent';
  readonly report: MaybeReport;
  readonly narrow: Narrow;
}

/** Single requests: those that took longest, or the newest. A click on the client narrows everything to it. */
export function RequestPanel({ kind, report, narrow }: RequestPanelProps) {
  const { t } = useWords();
  const requests = report?.[kind] ?? none;
  const absent = kind === 'slowest' && report !== null && report.meanMs === null;
  const keys = requests.map((one, index) => `${index} ${one.atMs} ${one.path}`);
  return (
    <Panel title={t(`traffic.${kind}`)} className={layout.requests}>
      {absent || (report !== null && requests.length === 0) ? (
        <p className={styles.quiet}>{t(absent ? 'traffic.noTimes' : 'traffic.noRequests')}</p>
      ) : (
        <div
          className={styles.table}
          role="table"
          aria-label={t(`traffic.${kind}`)}
          aria-rowcount={requests.length + 1}
          onKeyDown={walkRows}
        >
          <div role="rowgroup">
            <div role="row" className={joinClasses(row.head, styles.columns)} tabIndex={-1}>
              {(['time', 'status', 'request', 'took', 'client'] as const).map((column) => (
                <div key={column} role="columnheader" className={joinClasses(column === 'took' && row.number)} tabIndex={-1}>
                  {t(`traffic.column.${column}`)}
                </div>
              ))}
            </div>
          </div>
          <VirtualRows
            keys={keys}
            renderRow={(index, place) => {
              const request = requests[index];
              return request === undefined ? null : (
                <RequestRow key={keys[index]} request={request} place={place} rowIndex={index + 2} onClient={narrow.client} />
              );
            }}
          />
        </div>
      )}
    </Panel>
  );
}

interface RequestRowProps {
  readonly request: TrafficRequest;
  readonly place: CSSProperties;
  readonly rowIndex: number;
  readonly onClient: (client: string) => void;
}

const RequestRow = memo(function RequestRow({ request, place, rowIndex, onClient }: RequestRowProps) {
  const { t, language } = useWords();
  const { atMs, status, timeMs } = request;
  const client = logText(request.client);
  return (
    <div role="row" aria-rowindex={rowIndex} className={joinClasses(row.row, styles.columns)} style={place} tabIndex={-1}>
      <div role="cell" className={row.quiet} title={atMs === null ? t('traffic.noTime') : formatDay(language, atMs)}>
        {atMs === null ? '–' : formatClock(language, atMs)}
      </div>
      <div role="cell" className={styles.status}>
        {status >= 400 && <LevelShape level={status >= 500 ? 'critical' : 'warning'} size={8} />}
        {status}
      </div>
      <div role="cell" className={styles.path}>
        <Middle text={logText(`${request.method} ${request.path}`)} tailLength={12} />
      </div>
      <div role="cell" className={row.number}>
        <Figure {...timeQuantity(timeMs)} />
      </div>
      <div role="cell" className={row.quiet}>
        <button
          type="button"
          className={styles.client}
          data-opens="true"
          aria-label={t('traffic.narrowTo', { name: client })}
          title={client}
          onClick={() => onClient(request.client)}
        >
          {client}
        </button>
      </div>
    </div>
  );
});

const none: readonly never[] = [];
