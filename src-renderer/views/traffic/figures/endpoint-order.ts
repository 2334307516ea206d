import type { TrafficEndpoint } from '../../../../src-shared/traffic/report';
import { compareValues } from '../../../components/sort';
import type { SortOrder } from '../../../components/sort-header';

export const endpointColumns = ['requests', 'meanMs', 'p50Ms', 'p90Ms', 'p99Ms', 'errors', 'bytes'] as const;
export type EndpointColumn = 'path' | (typeof endpointColumns)[number];

export function endpointKey({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

export function orderEndpoints(
  endpoints: readonly TrafficEndpoint[],
  text: string,
  { column, descending }: SortOrder<EndpointColumn>,
): readonly TrafficEndpoint[] {
  const needle = text.trim().toLowerCase();
  const wanted = needle === '' ? endpoints : endpoints.filter((one) => endpointKey(one).toLowerCase().includes(needle));
  return [...wanted].sort(
    (a, b) => compareValues(endpointValue(a, column), endpointValue(b, column), descending) || b.requests - a.requests,
  );
}

function endpointValue(endpoint: TrafficEndpoint, column: EndpointColumn): string | number | null {
  if (column === 'path') return `${endpoint.path} ${endpoint.method}`;
  return column === 'errors' ? endpoint.errorRatio : endpoint[column];
}

/** The columns that the log has figures for. */
export function columnsOf(endpoints: readonly TrafficEndpoint[]): readonly (typeof endpointColumns)[number][] {
  const has = (column: 'meanMs' | 'bytes') => endpoints.some((one) => one[column] !== null);
  const times = has('meanMs');
  return endpointColumns.filter((column) => (column.endsWith('Ms') ? times : column !== 'bytes' || has('bytes')));
}
