import type { TrafficFilter } from '../../../src-shared/contract';
import type { RememberedTraffic } from '../aggregate/remembered-traffic';
import type { RowFilter } from '../aggregate/select-rows';

/** Whether it wants everything. */
export function wantsAll({ fromMs, toMs, endpoint, status, client }: TrafficFilter): boolean {
  return fromMs === null && toMs === null && endpoint === null && status === null && client === null;
}

/** Only times are narrowed. */
export function wantsTimeOnly({ endpoint, status, client }: TrafficFilter): boolean {
  return endpoint === null && status === null && client === null;
}

/** The filter in the words of the columns. `mask`: as the report writes paths. Null: it wants what was never there. */
export function rowFilterOf(
  filter: TrafficFilter,
  { aggregate, columns }: RememberedTraffic,
  mask: (path: string) => string,
): RowFilter | null {
  const { fromMs, toMs, endpoint, status, client } = filter;
  const keys = columns.clients;
  if (client !== null && !keys.find(client)) return null;
  return {
    fromSecond: fromMs === null ? null : Math.ceil(fromMs / 1000),
    toSecond: toMs === null ? null : Math.ceil(toMs / 1000),
    endpoints: endpoint === null ? null : idsOf(endpoint, aggregate.endpoints, mask),
    status: status === null ? null : typeof status === 'number' ? [status, status] : classOf(status),
    client: client === null ? null : { key: keys.key, isNamed: keys.isNamed },
  };
}

function classOf(status: string): readonly [number, number] {
  const first = Number(status[0]) * 100;
  return [first, first + 99];
}

function idsOf(
  wanted: { method: string; path: string },
  table: RememberedTraffic['aggregate']['endpoints'],
  mask: (path: string) => string,
): Uint8Array {
  const ids = new Uint8Array(table.idCount);
  const found = table.all().filter(({ method, path }) => method === wanted.method && (path === wanted.path || mask(path) === wanted.path));
  const endpoints = new Set(found.map(({ id }) => id));
  for (let id = 0; id < ids.length; id++) if (endpoints.has(table.resolve(id))) ids[id] = 1;
  return ids;
}
