import type { TrafficFilter, TrafficReach } from '../../../src-shared/contract';
import { LineRedactor } from '../../../src-shared/redact/redactor';
import type { DetectedFormat } from '../../../src-shared/traffic/log-format';
import type { TrafficFigures } from '../../../src-shared/traffic/report';
import { judgeClients } from '../../rules/traffic/judge-visitors';
import { countClients } from '../aggregate/client-counts';
import { countRows, type RowFigures } from '../aggregate/count-rows';
import type { RememberedTraffic } from '../aggregate/remembered-traffic';
import { type RowFilter, type Selection, selectRows } from '../aggregate/select-rows';
import { rowFilterOf } from './row-filter';
import { RowRequests } from './row-requests';
import { byStatus, endpointOf, hourOf, leastRefused, listedBots, listedClients, minuteOf, rounded, totalsOf } from './traffic-figures';

const listedRecent = 100;
const listedSlowest = 50;

export interface FilteredFigures {
  readonly figures: TrafficFigures;
  readonly stretches: Pick<RowFigures, 'widthSeconds' | 'stretches'>;
  /** Null: all that the filter wants is in them. */
  readonly reach: TrafficReach | null;
}

const nothing: Selection = { parts: [], count: 0, firstSecond: Number.POSITIVE_INFINITY, lastSecond: 0 };

/** Figures of the remembered requests that the filter wants. What requests are not remembered with (agents, referrers) is left out. */
export function filteredFigures(
  traffic: RememberedTraffic,
  filter: TrafficFilter,
  format: DetectedFormat,
  hash: (secret: string) => string,
): FilteredFigures {
  const { aggregate, columns } = traffic;
  const redactor = new LineRedactor({ hash });
  const mask = (text: string) => redactor.redact(text).text;
  const wanted = rowFilterOf(filter, traffic, mask);
  const selection = wanted === null ? nothing : selectRows(columns, wanted);
  const rows = countRows(selection, aggregate.endpoints);
  const single = new RowRequests(columns, aggregate.endpoints);
  const singles = { slowest: single.slowest(selection, listedSlowest), recent: single.recent(selection, listedRecent) };
  const clients = countClients(selection, listedClients, leastRefused)
    .map((one) => ({ ...one, name: columns.clients.textOf(one.key, one.isNamed) }))
    .filter(({ name }) => name !== '');
  const all = rows.other === null ? rows.endpoints : [...rows.endpoints, rows.other];
  const requests = selection.count;
  const endpoints = rows.endpoints.toSorted((a, b) => b.requests - a.requests || (a.path < b.path ? -1 : 1));
  const figures: TrafficFigures = {
    format,
    requests,
    malformed: aggregate.malformedCount,
    malformedExamples: aggregate.malformedExamples.map((bytes) => mask(bytes.toString('utf8'))),
    outsideRange: aggregate.requests - requests,
    ...totalsOf(all, requests, aggregate.hasBytes),
    firstAtMs: Number.isFinite(selection.firstSecond) ? selection.firstSecond * 1000 : null,
    lastAtMs: Number.isFinite(selection.firstSecond) ? selection.lastSecond * 1000 : null,
    byStatus: byStatus(rows.status),
    byHour: rows.hours.map(hourOf),
    byMinute: rows.minutes.all().map(minuteOf),
    beyondMinutes: rows.minutes.beyond.requests,
    endpoints: endpoints.map((one) => endpointOf(one, aggregate.hasBytes, mask)),
    otherRequests: rows.other?.requests ?? 0,
    slowest: singles.slowest.map((one) => ({ ...one, path: mask(one.path), timeMs: rounded(one.timeMs) })),
    recent: singles.recent.map((one) => ({ ...one, path: mask(one.path), timeMs: rounded(one.timeMs) })),
    clients: clients.slice(0, listedClients).map(({ name, requests: count, bytes, clientErrors, serverErrors }) => ({
      client: name,
      requests: count,
      errorCount: 0,
      bytes,
      clientErrors,
      serverErrors,
    })),
    agents: [],
    referrers: [],
    bots: judgeClients(clients).slice(0, listedBots),
  };
  return { figures, stretches: rows, reach: reachOf(traffic, wanted) };
}

/** Whether requests that are not remembered any more might be wanted too. */
function reachOf({ columns }: RememberedTraffic, wanted: RowFilter | null): TrafficReach | null {
  if (columns.droppedCount === 0 || (wanted?.fromSecond != null && wanted.fromSecond > columns.droppedLastSecond)) return null;
  const first = columns.chunks.reduce((least, { firstSecond }) => Math.min(least, firstSecond), Number.POSITIVE_INFINITY);
  return { requests: columns.count, fromAtMs: Number.isFinite(first) ? first * 1000 : 0 };
}
